import type { ReferralContext } from '../../../machines/referral/context.ts'
import { type Deps, done, type Outcome, unusable } from '../casework.ts'
import type { Access, CaseFile, CaseRow, DecisionEntry } from '../ports.ts'
import { quorum } from '../quorum.ts'
import { notNow } from './change.ts'

/** Where a decision may stand of which nothing has been given yet. */
const beforeTheGiving = ['decided', 'offering', 'onHold']

/**
 * Whether somebody may be kept out of a case for a conflict of interest. Not whoever had a hand in a
 * decision that stands and is not given yet, nor whoever made the quorum of it: it would be given
 * although they should have had no part in it. It comes back first, to be decided without them.
 */
export async function mayWithdraw(
  deps: Deps,
  access: Access,
  row: CaseRow,
  person: string,
): Promise<Outcome<null>> {
  const { id, barred, erasedAt, snapshot } = row
  const { decision } = snapshot.context as Pick<ReferralContext, 'decision'>
  const stands = decision && beforeTheGiving.includes(snapshot.value)
  if (!stands || erasedAt || barred.includes(person)) return done(null)
  const set = deps.ruleSet(row.partnership)
  if (!set.ok) return unusable(...set.problems)
  const rule = set.value.policy.partnerships[row.partnership]?.panel.quorum.value
  const file = await deps.store.read(id, ['decisions', 'answers'], access)
  const made = file?.decisions.find((one) => one.id === decision.id)
  const signed = await whoSigned(deps, access, id, decision.id)
  const had =
    !rule ||
    !file ||
    !made || // Who decided is not known: nothing goes on as if it were.
    [made.by.person, ...signed].includes(person) ||
    isMissed(rule, made, { ...file, row }, person)
  return had ? notNow('clinic.conflicts', sentence(snapshot.value)) : done(null)
}

const signatures = ['decision.confirmed', 'decision.countersigned', 'decision.ratified']

/** Who confirmed, countersigned or ratified a decision. */
async function whoSigned(
  { store }: Deps,
  access: Access,
  id: string,
  decisionId: string,
): Promise<string[]> {
  const events = await store.history(id, access)
  return events
    .map(({ event }) => event)
    .filter((one) => signatures.includes(one.type))
    .filter((one) => 'decisionId' in one && one.decisionId === decisionId)
    .map(({ by }) => by.person)
}

/** Whether the clinic that decided lacks more of its quorum without somebody who sat in it. */
function isMissed(
  rule: Parameters<typeof quorum>[0],
  { attendance }: DecisionEntry,
  { row, answers }: Pick<CaseFile, 'row' | 'answers'>,
  person: string,
): boolean {
  const sat = attendance.filter((one) => !row.barred.includes(one.person))
  const others = sat.filter((one) => one.person !== person)
  const lacks = (those: typeof sat) => quorum(rule, those, answers).missing.length
  return lacks(others) > lacks(sat)
}

const sentence = (state: string): string =>
  `Somebody on this list decided, confirmed, countersigned or ratified the decision that stands in one of these cases, or the clinic that decided it had no quorum without them. ${
    state === 'onHold' ? 'Lift the hold, and record' : 'Record'
  } "decision.returned" in that case first; then say who has the conflict, and decide it again without them.`
