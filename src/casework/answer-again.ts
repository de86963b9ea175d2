import { absent, accessFor, type Deps, done, type Outcome, type Request } from './casework.ts'
import type { IdempotentAnswer, KeptAnswer } from './ports.ts'
import { reach } from './reach.ts'

/**
 * The answer that is kept for a request which came before, for whoever may still have it: the case
 * is in their scope, they have no conflict of interest in it, it was not erased, and their role may
 * read it and do this. Handing it out is a reading, and is logged as one.
 * @param action what the request does
 * @returns the answer, or why it is not given
 */
export async function answerAgain(
  deps: Deps,
  request: Request,
  kept: KeptAnswer,
  action: 'referral.open' | 'case.read',
): Promise<Outcome<IdempotentAnswer>> {
  const reached = await reach(deps, request.caller, kept.case, 'case.read')
  if (!reached.ok) return reached
  const still = await reach(deps, request.caller, kept.case, action)
  if (!still.ok) return still
  if (!kept.answer) return absent
  const access = accessFor(deps, request, reached.value.actor, 'case.answer-again')
  return (await deps.store.read(kept.case, [], access)) ? done(kept.answer) : absent
}
