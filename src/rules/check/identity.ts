import { endOfPeriod } from '../../domain/plain-date.ts'
import { didYouMean, type Problem } from '../../domain/problem.ts'
import { firstDay, type Rule } from '../schema.ts'
import { type Check, eachRule, fileOf } from './context.ts'

/** The file's place says its id; dates are whole; what is replaced exists and may be replaced. */
export const checkIdentity = eachRule((rule, yaml, { policy }) => {
  const problems: Problem[] = []
  const folder = rule.layer === 'national' ? 'rules/national/' : `rules/partnerships/${rule.layer}/`
  const fitting = [`${folder}${rule.id}.yaml`, `${folder}${rule.id}.${rule.in_force.from}.yaml`]
  if (!fitting.includes(rule.file))
    problems.push(
      yaml.problem(
        ['id'],
        `The id "${rule.id}" does not fit the place of the file.`,
        `Move the file to ${fitting[0]}${rule.in_force.from === 'not-stated' ? '' : ` (or …/${fitting[1]?.split('/').at(-1)} for a successor)`}, or mend the id.`,
      ),
    )
  if (rule.layer !== 'national' && !policy.partnerships[rule.layer])
    problems.push(
      yaml.problem(
        [],
        `The folder "${rule.layer}" has no partnership.yaml.`,
        'Add one, or move the rule.',
      ),
    )
  const { from, applied_from, until } = rule.in_force
  if (from === 'not-stated' && !applied_from)
    problems.push(
      yaml.problem(
        ['in_force'],
        'The date is not stated, so say from when we apply the rule.',
        'Add applied_from: YYYY-MM-DD, and a doubt that asks for the true date.',
      ),
    )
  if (from !== 'not-stated' && applied_from)
    problems.push(
      yaml.problem(
        ['in_force', 'applied_from'],
        'applied_from stands only beside from: not-stated.',
      ),
    )
  if (from === 'not-stated' && !rule.doubts)
    problems.push(
      yaml.problem(
        ['in_force'],
        'A date that nobody has read is an open question: add it to doubts, with an owner.',
        'doubts: [ { question: From which date does this apply?, owner: policy lead } ]',
      ),
    )
  if (until && until < firstDay(rule.in_force))
    problems.push(yaml.problem(['in_force', 'until'], 'The rule ends before it begins.'))
  if (rule.replaces) problems.push(...replacementProblems(rule, policy.rules, yaml.problem))
  return problems
})

function replacementProblems(
  rule: Rule,
  rules: readonly Rule[],
  problem: ReturnType<typeof fileOf>['problem'],
): Problem[] {
  if (rule.layer === 'national')
    return [
      problem(
        ['replaces'],
        'Only a partnership replaces a rule; a national rule is succeeded.',
        'Close the old rule with until, and add its successor.',
      ),
    ]
  const national = rules.filter(({ layer }) => layer === 'national')
  const target = rule.replaces?.id ?? ''
  const replaced = national.filter(({ id }) => id === target)
  if (replaced.length === 0)
    return [
      problem(
        ['replaces', 'id'],
        `There is no national rule "${target}".${didYouMean(
          target,
          national.map(({ id }) => id),
        )}`,
      ),
    ]
  if (replaced.some(({ authority }) => authority === 'statute'))
    return [
      problem(
        ['replaces', 'id'],
        `"${target}" is a statute rule. A partnership cannot replace the law.`,
        'Add a local rule beside it.',
      ),
    ]
  return []
}

/** Rules of one id in one layer follow each other: no overlap, and a gap only when it is declared. */
export const checkSuccession: Check = (read) => {
  const versions = new Map<string, Rule[]>()
  for (const rule of read.policy.rules) {
    const key = `${rule.layer} ${rule.id}`
    versions.set(key, [...(versions.get(key) ?? []), rule])
  }
  const problems: Problem[] = []
  for (const sameId of versions.values()) {
    const ordered = sameId.sort((a, b) =>
      firstDay(a.in_force) < firstDay(b.in_force)
        ? -1
        : firstDay(a.in_force) > firstDay(b.in_force)
          ? 1
          : a.file < b.file
            ? -1
            : 1,
    )
    for (const [i, later] of ordered.entries()) {
      const earlier = ordered[i - 1]
      if (earlier) problems.push(...successionProblems(earlier, later, read))
    }
  }
  return problems
}

function successionProblems(earlier: Rule, later: Rule, read: Parameters<Check>[0]): Problem[] {
  const yaml = fileOf(read, later.file)
  const { bankHolidays } = read.policy
  if (firstDay(earlier.in_force) === firstDay(later.in_force))
    return [
      yaml.problem(
        ['id'],
        `${earlier.file} has the same id and first day.`,
        'One rule, one file: delete one, or give it another id.',
      ),
    ]
  const until = earlier.in_force.until
  if (!until || until >= firstDay(later.in_force))
    return [
      yaml.problem(
        ['in_force'],
        `This rule begins on ${firstDay(later.in_force)} while ${earlier.file} is still in force.`,
        'Close the earlier one with until: the day before.',
      ),
    ]
  const next = endOfPeriod(until, { n: 1, unit: 'day' }, bankHolidays)
  if (next !== firstDay(later.in_force) && !later.in_force.after_gap)
    return [
      yaml.problem(
        ['in_force'],
        `Between ${until} (${earlier.file}) and ${firstDay(later.in_force)} no rule of this id is in force.`,
        'Close the gap, or say why it is there: in_force: { …, after_gap: … }',
      ),
    ]
  return []
}
