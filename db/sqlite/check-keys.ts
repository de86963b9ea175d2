import type Database from 'better-sqlite3'
import type { KeyState, Keys } from '../../src/casework/ports.ts'
import { keyStates } from './subjects.ts'

/** Whether every child, victim and clinic has the key that they should have, and no other. */
export async function wrongKeys(database: Database.Database, keys: Keys): Promise<string[]> {
  const found: string[] = []
  const destroyed = await keys.destroyed()
  for await (const { subject, erased, state } of keyStates(database, keys)) {
    const says = differs(state, erased, destroyed.get(subject))
    if (says) found.push(`${subject}: ${says}`)
  }
  return found
}

function differs(state: KeyState, erased: boolean, at: string | undefined): string | undefined {
  if (erased && state === 'held') return 'was erased, and its key is still there'
  if (!erased && state === 'destroyed')
    return `its key was destroyed at ${at}; it is erased when the service starts`
  if (!erased && state === 'missing')
    return 'has no key: restore the newest backup of the key file (docs/lost-key.md)'
  return undefined
}
