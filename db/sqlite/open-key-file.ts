import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { take } from './open-database.ts'
import { sync } from './sync.ts'

/**
 * What the key file must be set to. EXTRA, not FULL: with a rollback journal FULL does not sync the
 * folder after the journal was removed, and a journal that comes back after a loss of power takes a
 * stored child's key away, or brings a destroyed one back.
 */
const settings = { busy_timeout: 5_000, secure_delete: 1, synchronous: 3 } as const

const tables = `
  CREATE TABLE IF NOT EXISTS subject_key (
    subject TEXT PRIMARY KEY NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 32),
    made_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS destroyed_subject (
    subject TEXT PRIMARY KEY NOT NULL,
    destroyed_at TEXT NOT NULL
  ) STRICT;`

/**
 * Opens a key file, and makes one where there is none.
 * @throws where others than its owner can read it, or it is no key file
 */
export function openKeyDatabase(file: string): Database.Database {
  if (file !== ':memory:') ownersAlone(file)
  const database = new Database(file)
  try {
    take(database, settings)
    // No write-ahead log: a destroyed key must not stay in a second file.
    if (file !== ':memory:') take(database, { journal_mode: 'delete' })
    database.exec(tables)
    // From now on nothing may block: what finds the file busy is tried again instead.
    database.pragma('busy_timeout = 0')
    return database
  } catch (error) {
    database.close()
    throw new Error(`The key file "${file}" cannot be used: ${(error as Error).message}.`)
  }
}

/** Makes the file, on the disk, for its owner alone, or refuses one that others can read. */
function ownersAlone(file: string): void {
  if (!existsSync(file)) {
    closeSync(openSync(file, 'wx', 0o600))
    sync(dirname(file))
  }
  if ((statSync(file).mode & 0o077) !== 0)
    throw new Error(
      `The key file "${file}" can be read by others than its owner. Run: chmod 600 "${file}"`,
    )
}
