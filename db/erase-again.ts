import type { Actor } from '../src/domain/roles.ts'
import type { eraser } from './erase.ts'
import type { KeyRing } from './key-ring.ts'
import { childSubject } from './seal.ts'
import type { Connection } from './statements.ts'

/** It is the program that does it; who erased the child stands in the newer database. */
export const program: Actor = { person: 'sweeper-1', role: 'sweeper', agency: 'partnership' }

/**
 * Erases again, in a database that was restored from before, everybody whose key was destroyed
 * since: what is sealed is gone already, but the reference, the tasks and the due dates stand there
 * in clear. Logged, as of the instant when the key was destroyed.
 * @returns how many children it were
 */
export function eraseAgain(
  { sqlite }: Connection,
  keys: KeyRing,
  erase: ReturnType<typeof eraser>,
): number {
  const children = sqlite.prepare('SELECT id FROM child WHERE erased_at IS NULL').pluck()
  const destroyed = keys.destroyed()
  if (destroyed.size === 0) return 0
  const back = (children.all() as string[]).flatMap((child) => {
    const at = destroyed.get(childSubject(child))
    return at === undefined ? [] : [{ child, at }]
  })
  if (back.length === 0) return 0
  sqlite
    .transaction(() => {
      for (const { child, at } of back)
        erase(child, { actor: program, at, action: 'case.erase-again', requestId: 'restored' })
    })
    .immediate()
  return back.length
}
