import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { Keys } from '../../src/casework/ports.ts'
import { childSubject, victimSubject } from '../record/seal.ts'
import { openKeyFile } from './key-file.ts'
import { keyStates } from './subjects.ts'

/**
 * Opens the keys of a database, but never new ones where it holds what was sealed with others.
 * @throws where the key file is not there, or is not that of this database
 */
export async function openKeysOf(
  database: Database.Database,
  name: string,
  file: string,
): Promise<Keys> {
  const last = database
    .prepare('SELECT id FROM child WHERE erased_at IS NULL ORDER BY rowid DESC LIMIT 1')
    .pluck()
    .get() as string | undefined
  if (last !== undefined && file !== ':memory:' && !existsSync(file))
    throw refused(name, `its key file "${file}" is not there`)
  const keys = openKeyFile(file)
  const newest = last === undefined ? undefined : childSubject(last)
  if (newest === undefined || (await keys.states([newest])).get(newest) !== 'missing') {
    await destroyAgain(database, keys)
    return keys
  }
  const others = await knowsAnybody(database, keys)
  await keys.close()
  if (others) throw oneLost(name, file, newest)
  throw refused(name, `the key file "${file}" does not hold their keys`)
}

async function knowsAnybody(database: Database.Database, keys: Keys): Promise<boolean> {
  for await (const { erased, state } of keyStates(database, keys))
    if (!erased && state !== 'missing') return true
  return false
}

/** A backup of the key file may bring back keys that were destroyed since it was made. */
async function destroyAgain(database: Database.Database, keys: Keys): Promise<void> {
  const erased = database
    .prepare('SELECT id, erased_at FROM child WHERE erased_at IS NOT NULL')
    .all() as { id: string; erased_at: string }[]
  const victims = database.prepare(
    'SELECT v.referral, v.number FROM victim v JOIN referral r ON r.id = v.referral WHERE r.child = ?',
  )
  for (const { id, erased_at } of erased) {
    const of = victims.all(id) as { referral: string; number: number }[]
    const subjects = [
      childSubject(id),
      ...of.map(({ referral, number }) => victimSubject(referral, number)),
    ]
    const states = await keys.states(subjects)
    const back = subjects.filter((one) => states.get(one) === 'held')
    if (back.length > 0) await keys.destroy(back, erased_at)
  }
}

/** It is the file that belongs to the database, and lacks the end of it: a backup, or a disk that lied. */
const oneLost = (name: string, file: string, subject: string) =>
  new Error(
    `The key file "${file}" lacks the key of ${subject}, the newest child in the database "${name}", though it holds others of it. Restore the newest backup of the key file. Where none holds that key, docs/lost-key.md says how to go on without it.`,
  )

const refused = (name: string, why: string) =>
  new Error(
    `The database "${name}" holds sealed records, and ${why}. Restore the backup of the key file that belongs to it; without it nothing of them can be read.`,
  )
