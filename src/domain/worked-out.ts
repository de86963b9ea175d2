import { derivations, type Known, type WorkedOutContext } from './derivations.ts'
import type { Answer, Facts } from './fact.ts'
import { isPlainDate, type Period } from './plain-date.ts'
import type { Problem } from './problem.ts'

/** Which facts each worked-out fact is worked out from; `rules/facts.yaml` must say the same. */
export const workedOutFrom: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  derivations.map(({ fact, from }) => [fact, from]),
)

/**
 * Adds the facts that follow. A worked-out fact may be given while its inputs are unknown; where
 * both are there and disagree, the referral is refused and both are shown.
 */
export function workOut(
  given: Facts,
  context: WorkedOutContext,
): { facts: Facts; problems: Problem[] } {
  const facts: Record<string, Answer> = { ...given }
  const problems = impossible(given, context.asAt)
  const known: Known = {
    text: (id) => (typeof facts[id] === 'string' ? facts[id] : undefined),
    number: (id) => (typeof facts[id] === 'number' ? facts[id] : undefined),
    period: (id) =>
      typeof facts[id] === 'object' && !Array.isArray(facts[id])
        ? (facts[id] as Period)
        : undefined,
  }
  for (const { fact, from, work } of derivations) {
    const worked = work(known, context)
    if (worked === undefined) continue
    const stated = facts[fact]
    if (stated === undefined) facts[fact] = worked
    else if (!agree(fact, stated, worked))
      problems.push({
        message: `"${fact}" was given as ${JSON.stringify(stated)}, but ${JSON.stringify(worked)} follows from ${from.join(' and ')}.`,
        mend: 'Correct the one that is wrong, or leave the worked-out fact out.',
        pointer: fact,
      })
  }
  return { facts, problems }
}

/** Care statuses may be more than the one main status; everything else is the same or it is not. */
function agree(fact: string, stated: Answer, worked: Answer): boolean {
  if (fact === 'child.care_statuses' && Array.isArray(stated) && Array.isArray(worked))
    return worked.length === 0 ? stated.length === 0 : worked.every((one) => stated.includes(one))
  return JSON.stringify(stated) === JSON.stringify(worked)
}

/** What cannot all be true. */
function impossible(facts: Facts, asAt: string): Problem[] {
  const born = facts['child.date_of_birth']
  const on = facts['offence.date']
  const problems: Problem[] = []
  const isDate = (date: Answer | undefined): date is string =>
    typeof date === 'string' && isPlainDate(date)
  if (isDate(born) && born > asAt)
    problems.push({
      message: `The child's date of birth (${born}) is later than the date whose rules were asked for (${asAt}).`,
      mend: 'Correct the date of birth, or ask as at a later day.',
      pointer: 'child.date_of_birth',
    })
  if (isDate(born) && isDate(on) && on < born)
    problems.push({
      message: `The offence (${on}) is said to be before the child was born (${born}).`,
      pointer: 'offence.date',
    })
  if (isDate(on) && on > asAt)
    problems.push({
      message: `The offence (${on}) is later than the date whose rules were asked for (${asAt}).`,
      mend: 'Correct the offence date, or ask as at a later day.',
      pointer: 'offence.date',
    })
  if (facts['offence.admission'] === 'not-asked' && facts['child.admits_offence'] !== undefined)
    problems.push({
      message: 'The child has not been asked about this offence, so no admission can be given.',
      mend: 'Correct offence.admission, or leave child.admits_offence out.',
      pointer: 'child.admits_offence',
    })
  if (facts['offence.section_45_view'] === 'made-out' && nothingPointsToExploitation(facts))
    problems.push({
      message:
        'The defence for victims of exploitation is said to be made out, but everything else says that there is no sign of exploitation and no defence.',
      mend: 'Correct offence.section_45_view, or the signs, the referral or the defence raised.',
      pointer: 'offence.section_45_view',
    })
  return problems
}

const nothingPointsToExploitation = (facts: Facts): boolean =>
  facts['child.exploitation_indicators'] === 'no' &&
  ['none', 'not-eligible'].includes(String(facts['child.nrm_status'])) &&
  facts['offence.defence_raised'] === 'none'
