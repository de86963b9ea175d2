import { endOfPeriod } from '../../domain/plain-date.ts'
import type { Problem } from '../../domain/problem.ts'
import { firstDay, type Rule } from '../schema.ts'
import { type Check, fileOf } from './context.ts'
import { hasWholeDates, placesOf } from './identity.ts'

/** Rules of one id in one layer follow each other: no overlap, and a gap only when it is declared. */
export const checkSuccession: Check = (read) => {
  const versions = new Map<string, Rule[]>()
  // A rule with a wrong id or wrong dates has its own problem; compared with others, it makes more.
  for (const rule of read.policy.rules) {
    if (!placesOf(rule).includes(rule.file) || !hasWholeDates(rule.in_force)) continue
    const key = `${rule.layer} ${rule.id}`
    versions.set(key, [...(versions.get(key) ?? []), rule])
  }
  return [...versions.values()].flatMap((sameId) => {
    const ordered = [...sameId].sort((a, b) => (order(a) < order(b) ? -1 : 1))
    return ordered.flatMap((later, i) => {
      const earlier = ordered[i - 1]
      return earlier ? successionProblems(earlier, later, read) : []
    })
  })
}

const order = (rule: Rule) => `${firstDay(rule.in_force)} ${rule.file}`

function successionProblems(earlier: Rule, later: Rule, read: Parameters<Check>[0]): Problem[] {
  const yaml = fileOf(read, later.file)
  const first = firstDay(later.in_force)
  const dayAfter = (day: string, n: number) =>
    endOfPeriod(day, { n, unit: 'day' }, read.policy.bankHolidays)
  if (firstDay(earlier.in_force) === first)
    return [
      yaml.problem(
        ['id'],
        `${earlier.file} has the same id and first day.`,
        'One rule, one file: delete one, or give it another id.',
      ),
    ]
  const until = earlier.in_force.until
  if (!until || until >= first)
    return [
      yaml.problem(
        ['in_force'],
        `This rule begins on ${first} while ${earlier.file} is still in force.`,
        `Close the earlier one the day before: until: ${dayAfter(first, -1)}.`,
      ),
    ]
  if (dayAfter(until, 1) !== first && !later.in_force.after_gap)
    return [
      yaml.problem(
        ['in_force'],
        `Between ${until} (${earlier.file}) and ${first} no rule of this id is in force.`,
        'Close the gap, or say why it is there: in_force: { …, after_gap: … }',
      ),
    ]
  return []
}
