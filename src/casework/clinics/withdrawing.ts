import type { ReferralContext } from '../../../machines/referral/context.ts'
import { type Deps, done, type Outcome } from '../casework.ts'
import type { Access, CaseRow } from '../ports.ts'
import { notNow } from './change.ts'

/** Where a decision may stand of which nothing has been given yet. */
const beforeTheGiving = ['decided', 'offering', 'onHold']

/**
 * Whether somebody may be kept out of a case for a conflict of interest. Not whoever recorded or
 * confirmed a decision that stands and is not given yet: it would be given although they should
 * have had no part in it. It comes back first, to be decided without them.
 */
export async function mayWithdraw(
  { store }: Deps,
  access: Access,
  { id, barred, erasedAt, snapshot }: CaseRow,
  person: string,
): Promise<Outcome<null>> {
  const { decision } = snapshot.context as Pick<ReferralContext, 'decision'>
  const stands = decision && beforeTheGiving.includes(snapshot.value)
  if (!stands || erasedAt || barred.includes(person)) return done(null)
  const file = await store.read(id, ['decisions'], access)
  const made = file?.decisions.find((one) => one.id === decision.id)
  const decided = [made?.by.person, decision.chair, decision.police].includes(person)
  return decided ? notNow('clinic.conflicts', sentence(snapshot.value)) : done(null)
}

const sentence = (state: string): string =>
  `Somebody on this list recorded or confirmed the decision that stands in one of these cases. ${
    state === 'onHold' ? 'Lift the hold, and record' : 'Record'
  } "decision.returned" in that case first; then say who has the conflict, and decide it again without them.`
