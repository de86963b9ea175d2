import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { KeyMissing, StoreBusy, SubjectErased } from '../src/casework/ports.ts'
import { take } from './open-database.ts'
import { sync } from './sync.ts'

/**
 * The keys, in a file of their own: it is backed up apart from the database, so that a backup of
 * the database alone shows nothing of a child, and destroying a key erases what it sealed in every
 * copy of the database.
 */
export type KeyRing = {
  /**
   * The subject's key, or undefined where it was destroyed.
   * @throws {KeyMissing} where there is none and none was destroyed
   */
  find(subject: string): KeyObject | undefined
  /** The subject's key. @throws {SubjectErased} where it was destroyed, {KeyMissing} as above */
  need(subject: string): KeyObject
  /** Whether the subject has a key here; whether it has or had one. */
  holds(subject: string): boolean
  knows(subject: string): boolean
  /** Those of them who neither have nor had one: their keys are lost. Asked in one go. */
  lacks(subjects: readonly string[]): string[]
  /** Every subject whose key was destroyed, and when. */
  destroyed(): ReadonlyMap<string, string>
  /**
   * Makes the keys that are not there yet, in one go. They are on the disk when this returns.
   * @param at the instant, UTC
   * @throws {SubjectErased} where one was destroyed
   */
  make(subjects: readonly string[], at: string): void
  destroy(subjects: readonly string[], at: string): void
  close(): void
}

/** Keys held in memory at once. */
const most = 10_000

/**
 * Opens the key file, and makes it where there is none, readable by its owner alone.
 * @param file a path, or `:memory:`
 * @throws when others can read the file, or it is no key file
 */
export function openKeyRing(file: string): KeyRing {
  const database = openFile(file)
  const select = database.prepare('SELECT key FROM subject_key WHERE subject = ?').pluck()
  const gone = database.prepare('SELECT 1 FROM destroyed_subject WHERE subject = ?').pluck()
  const insert = database.prepare('INSERT INTO subject_key VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const remove = database.prepare('DELETE FROM subject_key WHERE subject = ?')
  const mark = database.prepare(
    'INSERT INTO destroyed_subject VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const everybody = database
    .prepare('SELECT subject FROM subject_key UNION ALL SELECT subject FROM destroyed_subject')
    .pluck()
  const allGone = database.prepare('SELECT subject, destroyed_at FROM destroyed_subject').raw()
  const held = new Map<string, KeyObject>()

  const look = (subject: string): KeyObject | undefined => {
    const known = held.get(subject)
    if (known) return known
    const bytes = unlessBusy(() => select.get(subject)) as Buffer | undefined
    return bytes && hold(held, subject, createSecretKey(bytes))
  }
  const isGone = (subject: string): boolean => unlessBusy(() => gone.get(subject)) !== undefined
  const find = (subject: string): KeyObject | undefined => {
    const key = look(subject)
    if (key || isGone(subject)) return key
    throw missing()
  }
  const need = (subject: string): KeyObject => {
    const key = find(subject)
    if (key) return key
    throw erased()
  }
  const make = database.transaction((subjects: readonly string[], at: string) => {
    for (const subject of subjects) {
      if (isGone(subject)) throw erased()
      insert.run(subject, randomBytes(32), at)
    }
  })
  const destroy = database.transaction((subjects: readonly string[], at: string) => {
    for (const subject of subjects) {
      remove.run(subject)
      mark.run(subject, at)
    }
  })
  return {
    find,
    need,
    holds: (subject) => look(subject) !== undefined,
    knows: (subject) => look(subject) !== undefined || isGone(subject),
    lacks: (subjects) => {
      const known = new Set(unlessBusy(() => everybody.all()))
      return subjects.filter((subject) => !known.has(subject))
    },
    destroyed: () => new Map(allGone.all() as [string, string][]),
    make: (subjects, at) => {
      const wanted = subjects.filter((subject) => look(subject) === undefined)
      if (wanted.length > 0) make.immediate(wanted, at)
    },
    destroy: (subjects, at) => {
      destroy.immediate(subjects, at)
      for (const subject of subjects) held.delete(subject)
    },
    close: () => database.close(),
  }
}

/** Somebody else writes to the key file: a matter of trying again, not a bug. */
function unlessBusy<T>(ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw error
    throw new StoreBusy('Somebody else uses the key file. Try again.', { cause: error })
  }
}

/** Keeps a key at hand; the one that was taken up first makes room. */
function hold(held: Map<string, KeyObject>, subject: string, key: KeyObject): KeyObject {
  if (held.size >= most) for (const first of [...held.keys()].slice(0, 1)) held.delete(first)
  held.set(subject, key)
  return key
}

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
 * What the key file is set to. EXTRA, because a journal ends by being unlinked: with FULL, that is
 * not on the disk when a write returns, and after a power cut the journal could come back and take
 * the newest keys away again, or bring destroyed ones back.
 */
const settings = { busy_timeout: 5_000, secure_delete: 1, synchronous: 3 } as const

function openFile(file: string): Database.Database {
  if (file !== ':memory:') ownersAlone(file)
  const database = new Database(file)
  try {
    take(database, settings)
    // No write-ahead log: a destroyed key must not stay in a second file.
    if (file !== ':memory:') take(database, { journal_mode: 'delete' })
    database.exec(tables)
    // From now on nobody may be kept waiting: the write of the record is tried again instead.
    database.pragma('busy_timeout = 100')
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

const erased = () => new SubjectErased('The key was destroyed: this person’s record was erased.')
const missing = () =>
  new KeyMissing(
    'A key is not in the key file, and it was not destroyed. Restore the backup of the key file that belongs to this database.',
  )
