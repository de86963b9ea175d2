import { chmodSync, existsSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type {
  DatabaseCheck,
  DatabaseCopies,
  DatabaseTools,
  Fold,
  GivenUp,
} from '../../src/casework/ports.ts'
import { fine, type Problem, type Result, refuse } from '../../src/domain/problem.ts'
import { CannotOpen } from './cannot-open.ts'
import { checkDatabase, type Looking } from './check-database.ts'
import { type Asked, giveUpKey } from './give-up-key.ts'
import { openKeyFile } from './key-file.ts'
import { bringUpToDate } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { inUse, restore, stillInUse } from './restore.ts'
import { makeFolder, sync } from './sync.ts'

/** The record that is meant: its database, and the keys that go with it. */
export type Target = { database: string; keys: string }

/**
 * What the commands under `waymark db` do, for the composition root to hand to them.
 * @param migrations the folder of committed migrations
 * @param fold compares a history with what is stored beside it: the charts are not known here
 * @param now the instant, UTC: of what a command writes into the log
 */
export function databaseTools(
  { database: file, keys }: Target,
  migrations: string,
  fold: Fold,
  now: () => string,
): DatabaseTools {
  const check = (of: string, keyFile?: string) => checkFile(of, { migrations, fold }, keyFile)
  return {
    migrate: async () => {
      makeFolder(dirname(file))
      return using(file, openDatabase, async (database) => ({
        done: bringUpToDate(database, migrations),
      }))
    },
    check: async (options) => {
      if (!existsSync(file)) return refuse(absent(file))
      if (options.keys && !existsSync(keys)) return refuse(keysAbsent(keys))
      return check(file, options.keys ? keys : undefined)
    },
    giveUpKey: async (subject, { forGood }) =>
      giveUp({ database: file, keys }, { subject, forGood, at: now() }),
    copies: copiesOf(file, check),
  }
}

type Check = (file: string) => Promise<Result<readonly DatabaseCheck[]>>
const copiesOf = (file: string, check: Check): DatabaseCopies => ({
  backup: async (to) => {
    if (!existsSync(file)) return refuse(absent(file))
    return existsSync(to) ? refuse(taken(to)) : backup(file, to)
  },
  restore: async (from, { force }) =>
    existsSync(from) ? restore({ from, file, force, check }) : refuse(absent(from)),
})

const checkFile = (file: string, looking: Omit<Looking, 'keys'>, keyFile?: string) =>
  using(file, openToRead, async (database) => {
    if (keyFile === undefined) return checkDatabase(database, looking)
    const keys = openKeyFile(keyFile)
    return checkDatabase(database, { ...looking, keys }).finally(() => keys.close())
  })

async function giveUp({ database: file, keys }: Target, asked: Asked): Promise<Result<GivenUp>> {
  if (!existsSync(file)) return refuse(absent(file))
  if (!existsSync(keys)) return refuse(allLost(keys))
  // A service that runs would show the case as empty until it starts again.
  if (inUse(file)) return refuse(stillInUse(file))
  const came = await using(file, openDatabase, (database) => giveUpKey(database, keys, asked))
  return came.ok ? came.value : came
}

const openToRead = (file: string) => new Database(file, { readonly: true, fileMustExist: true })

/** Opens, works, closes; what SQLite has against the file is a problem, not a crash. */
async function using<T>(
  file: string,
  open: (file: string) => Database.Database,
  work: (database: Database.Database) => Promise<T>,
): Promise<Result<T>> {
  try {
    const database = open(file)
    try {
      return fine(await work(database))
    } finally {
      database.close()
    }
  } catch (error) {
    return refuse(unusable(file, error))
  }
}

/** SQLite's own copying of a database in use: one moment of it, while others go on writing. */
async function backup(file: string, to: string): Promise<Result<{ bytes: number }>> {
  try {
    const database = openToRead(file)
    try {
      await database.backup(to, { progress: () => allPages })
    } finally {
      database.close()
    }
    chmodSync(to, 0o600)
    sync(dirname(to))
    return fine({ bytes: statSync(to).size })
  } catch (error) {
    rmSync(to, { force: true })
    return refuse(unusable(file, error))
  }
}
/** In one step: a copy made in several would begin anew whenever somebody writes. */
const allPages = 0x7fffffff

const absent = (file: string): Problem => ({
  message: `There is no file "${file}".`,
  mend: 'Name the database with --database, or set WAYMARK_DATABASE.',
})
const keysAbsent = (file: string): Problem => ({
  message: `There is no key file "${file}".`,
  mend: 'Name it in WAYMARK_KEYS, or restore the backup of the key file that belongs to the database.',
})
const allLost = (file: string): Problem => ({
  message: `There is no key file "${file}".`,
  mend: 'Restore the backup of the key file that belongs to this database. With the file all keys are lost, not one.',
})
const taken = (file: string): Problem => ({
  message: `The file "${file}" exists already, and a backup never overwrites one.`,
  mend: 'Name another file, or move that one away.',
})
const unusable = (file: string, error: unknown): Problem => ({
  message: `The file "${file}" cannot be used: ${(error as Error).message.replace(/\.$/, '')}.`,
  mend:
    error instanceof CannotOpen
      ? error.mend
      : 'Check that it is a database of Waymark, that it may be read and written, and that there is room.',
})
