import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type Database from 'better-sqlite3'
import {
  KeyMissing,
  type KeyState,
  type Keys,
  StoreBusy,
  SubjectErased,
} from '../../src/casework/ports.ts'
import { openKeyDatabase } from './open-key-file.ts'
import { together } from './together.ts'
import { patiently, servicePatience } from './wait-for-others.ts'

/** Keys held in memory at once. */
const most = 10_000

/**
 * The keys in a file of their own, beside the database or elsewhere. Makes it where there is none,
 * readable by its owner alone.
 * @param file a path, or `:memory:`
 * @throws when others can read the file, or it is no key file
 */
export function openKeyFile(file: string): Keys {
  const database = openKeyDatabase(file)
  const look = lookUp(database)
  const makers = makersOf(database, look)
  const making = together((groups: readonly Asked[]) => waiting(() => makers.make(groups)))
  const found = (subject: string): readonly [string, KeyObject | undefined] => {
    const key = look.key(subject)
    if (!key && !look.isGone(subject)) throw missing()
    return [subject, key]
  }
  return {
    find: (subjects) => waiting(() => new Map(subjects.map(found))),
    states: (subjects) => waiting(() => look.states(subjects)),
    make: async (subjects, at) => {
      const lacking = await waiting(() => subjects.some((subject) => !look.key(subject)))
      if (lacking) await making.add({ subjects, at })
    },
    destroy: (subjects, at) => waiting(() => makers.destroy(subjects, at)),
    destroyed: () => waiting(look.destroyed),
    close: async () => {
      await making.idle()
      database.close()
    },
  }
}

type Asked = { subjects: readonly string[]; at: string }
type LookUp = ReturnType<typeof lookUp>

/** Finds keys, and keeps those at hand that were found. */
function lookUp(database: Database.Database) {
  const select = database.prepare('SELECT key FROM subject_key WHERE subject = ?').pluck()
  const there = database.prepare('SELECT 1 FROM subject_key WHERE subject = ?').pluck()
  const gone = database.prepare('SELECT 1 FROM destroyed_subject WHERE subject = ?').pluck()
  const allGone = database.prepare('SELECT subject, destroyed_at FROM destroyed_subject').raw()
  const held = new Map<string, KeyObject>()
  const stateOf = (subject: string): KeyState => {
    if (there.get(subject) !== undefined) return 'held'
    return gone.get(subject) === undefined ? 'missing' : 'destroyed'
  }
  return {
    held,
    key: (subject: string): KeyObject | undefined => {
      const known = held.get(subject)
      if (known) return known
      const bytes = select.get(subject) as Buffer | undefined
      return bytes && hold(held, subject, createSecretKey(bytes))
    },
    isGone: (subject: string): boolean => gone.get(subject) !== undefined,
    // In one transaction: the file is locked once, not for each.
    states: database.transaction(
      (subjects: readonly string[]) => new Map(subjects.map((one) => [one, stateOf(one)])),
    ),
    destroyed: () => new Map(allGone.all() as [string, string][]),
  }
}

/** Makes and destroys keys. What is asked for at the same time shares one wait for the disk. */
function makersOf(database: Database.Database, look: LookUp) {
  const insert = database.prepare('INSERT INTO subject_key VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const remove = database.prepare('DELETE FROM subject_key WHERE subject = ?')
  const mark = database.prepare(
    'INSERT INTO destroyed_subject VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const makeAll = database.transaction((groups: readonly Asked[]) =>
    groups.map(({ subjects, at }) => {
      if (subjects.some((subject) => look.isGone(subject))) return { error: erased() }
      for (const subject of subjects) insert.run(subject, randomBytes(32), at)
      return { value: undefined }
    }),
  )
  const destroyAll = database.transaction((subjects: readonly string[], at: string) => {
    for (const subject of subjects) {
      remove.run(subject)
      mark.run(subject, at)
    }
  })
  return {
    make: (groups: readonly Asked[]) => makeAll.immediate(groups),
    destroy: (subjects: readonly string[], at: string) => {
      destroyAll.immediate(subjects, at)
      for (const subject of subjects) look.held.delete(subject)
    },
  }
}

/** Somebody else writes to the key file: a matter of trying again, not a bug. */
const waiting = <T>(ask: () => T): Promise<T> =>
  patiently(() => {
    try {
      return ask()
    } catch (error) {
      if (!(error as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw error
      throw new StoreBusy('Somebody else uses the key file. Try again.', { cause: error })
    }
  }, servicePatience)

/** Keeps a key at hand; the one that was taken up first makes room. */
function hold(held: Map<string, KeyObject>, subject: string, key: KeyObject): KeyObject {
  if (held.size >= most) for (const first of [...held.keys()].slice(0, 1)) held.delete(first)
  held.set(subject, key)
  return key
}

const erased = () => new SubjectErased('The key was destroyed: this person’s record was erased.')
const missing = () =>
  new KeyMissing(
    'A key is not in the key file, and it was not destroyed. Restore the backup of the key file that belongs to this database.',
  )
