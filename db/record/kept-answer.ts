import type { IdempotentAnswer, KeptAnswer, Keys } from '../../src/casework/ports.ts'
import { answerPlace } from './rows-of-change.ts'
import { childSubject } from './seal.ts'
import { openFor } from './sealed.ts'
import type { RowOf } from './tables.ts'

type Sealed = Pick<IdempotentAnswer, 'request' | 'headers' | 'body'>

/**
 * The answer that is kept for a key. The key stays used after an erasure, so that nothing is done
 * twice; its answer is gone.
 */
export async function keptAnswerOf(
  row: RowOf<'idempotency_key'> | undefined,
  isErased: (child: string) => boolean,
  keys: Keys,
): Promise<KeptAnswer | undefined> {
  if (!row) return undefined
  const { owner, key, status, at, referral, child, sealed } = row
  // Another process may have erased the child whose key is still at hand here.
  if (isErased(child)) return { case: referral, answer: null }
  const atHand = await keys.find([childSubject(child)])
  const kept = openFor<Sealed>(atHand, answerPlace(owner, key, child), sealed)
  return { case: referral, answer: kept ? { owner, key, status, at, ...kept } : null }
}
