import type Database from 'better-sqlite3'
import type { KeyState, Keys } from '../../src/casework/ports.ts'
import { openFor } from '../record/sealed.ts'
import { type Sample, sampleFinder } from './sealed-sample.ts'
import { keyStates } from './subjects.ts'

/** Whether every child, victim and clinic has the key that they should have, and it opens what is theirs. */
export async function wrongKeys(database: Database.Database, keys: Keys): Promise<string[]> {
  const found: string[] = []
  const destroyed = await keys.destroyed()
  const sample = sampleFinder(database)
  for await (const { subject, erased, state } of keyStates(database, keys)) {
    const theirs = !erased && state === 'held' ? sample(subject) : undefined
    const says =
      differs(subject, state, erased, destroyed.get(subject)) ??
      (theirs && !(await opens(keys, theirs)) ? 'its key does not open what is theirs' : undefined)
    if (says) found.push(`${subject}: ${says}`)
  }
  return found
}

async function opens(keys: Keys, { place, sealed }: Sample): Promise<boolean> {
  try {
    openFor(await keys.find([place.subject]), place, sealed)
    return true
  } catch {
    return false
  }
}

/** A victim's or a clinic's key may have been given up (`key.give-up` in the log): that is in order. */
function differs(
  subject: string,
  state: KeyState,
  erased: boolean,
  at: string | undefined,
): string | undefined {
  if (erased && state === 'held') return 'was erased, and its key is still there'
  if (!erased && state === 'destroyed' && subject.startsWith('child:'))
    return `its key was destroyed at ${at}; it is erased when the service starts`
  if (!erased && state === 'missing')
    return 'has no key: restore the newest backup of the key file (docs/lost-key.md)'
  return undefined
}
