import type { Refusal } from '../domain/refusal.ts'
import { absent, accessFor, type Deps, done, type Outcome, type Request } from './casework.ts'
import { reach } from './reach.ts'

const stillOpen: Refusal = {
  kind: 'refusal',
  asked: 'case.erase',
  why: 'A case is erased only once it is closed: people are still working with what would be lost.',
  allowed: [],
  blockedBy: [{ what: 'condition', id: 'case-is-closed', says: 'The case must be closed.' }],
}

/**
 * Erases what is kept of the child of a closed case: destroys the keys that it and its victims’
 * parts are sealed with, and clears what can be searched. What stays is ids, codes and ciphertext,
 * so that the chain of the record still verifies. Erasing again changes nothing.
 */
export async function eraseChild(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<{ id: string; erasedAt: string }>> {
  const reached = await reach(deps, request.caller, id, 'case.erase')
  if (!reached.ok) return reached
  const { row, actor } = reached.value
  if (row.erasedAt) return done({ id, erasedAt: row.erasedAt })
  if (row.snapshot.value !== 'closed') return { ok: false, why: 'refused', refusal: stillOpen }
  await deps.store.erase(row.child, accessFor(deps, request, actor, 'case.erase'))
  const erasedAt = (await deps.store.whereIs(id))?.erasedAt
  return erasedAt ? done({ id, erasedAt }) : absent
}
