import type { CaseStore, Keys } from '../../src/casework/ports.ts'
import type { Actor } from '../../src/domain/roles.ts'
import { childSubject } from '../record/seal.ts'
import type { Connection } from './statements.ts'

/** It is the program that does it; who erased the child stands in the newer database. */
export const program: Actor = { person: 'sweeper-1', role: 'sweeper', agency: 'partnership' }

/**
 * Erases again, in a database that was restored from before, everybody whose key was destroyed
 * since: what is sealed is gone already, but the reference, the tasks and the due dates stand there
 * in clear. Logged, as of the instant when the key was destroyed.
 */
export async function eraseAgain(
  { sqlite }: Connection,
  keys: Keys,
  erase: CaseStore['erase'],
): Promise<void> {
  const destroyed = await keys.destroyed()
  if (destroyed.size === 0) return
  const children = sqlite.prepare('SELECT id FROM child WHERE erased_at IS NULL').pluck()
  for (const child of children.all() as string[]) {
    const at = destroyed.get(childSubject(child))
    if (at !== undefined)
      await erase(child, { actor: program, at, action: 'case.erase-again', requestId: 'restored' })
  }
}
