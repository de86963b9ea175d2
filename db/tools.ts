import { chmodSync, existsSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { DatabaseTools, Fold } from '../src/casework/ports.ts'
import { fine, type Problem, type Result, refuse } from '../src/domain/problem.ts'
import { checkDatabase } from './check-database.ts'
import { giveUpKey } from './give-up-key.ts'
import { bringUpToDate } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { inUse, restore, stillInUse } from './restore.ts'
import { makeFolder, sync } from './sync.ts'

type Own = { keysOf(database: string): string; now(): string }

/**
 * What the commands under `waymark db` do, for the composition root to hand to them.
 * @param migrations the folder of committed migrations
 * @param fold compares a history with what is stored beside it: the charts are not known here
 * @param own which key file goes with a database, and the clock
 */
export const databaseTools = (
  migrations: string,
  fold: Fold,
  { keysOf, now }: Own,
): DatabaseTools => ({
  migrate: (file) => {
    makeFolder(dirname(file))
    return using(file, openDatabase, (database) => ({ done: bringUpToDate(database, migrations) }))
  },
  backup: async (file, to) => {
    if (!existsSync(file)) return refuse(absent(file))
    if (existsSync(to)) return refuse(taken(to))
    return backup(file, to)
  },
  restore: (from, file, { force }) =>
    existsSync(from)
      ? restore({ from, file, force, check: (copy) => checkFile(copy, migrations, fold) })
      : refuse(absent(from)),
  check: (file) => (existsSync(file) ? checkFile(file, migrations, fold) : refuse(absent(file))),
  giveUpKey: (file, subject, { forGood }) => {
    if (!existsSync(file)) return refuse(absent(file))
    // A service that runs would show the case as empty until it starts again.
    if (inUse(file)) return refuse(stillInUse(file))
    const asked = { keys: keysOf(file), subject, forGood, at: now() }
    const result = using(file, openDatabase, (database) => giveUpKey(database, asked))
    return result.ok ? result.value : result
  },
})

const checkFile = (file: string, migrations: string, fold: Fold) =>
  using(file, openToRead, (database) => checkDatabase(database, migrations, fold))

const openToRead = (file: string) => new Database(file, { readonly: true, fileMustExist: true })

/** Opens, works, closes; what SQLite has against the file is a problem, not a crash. */
function using<T>(
  file: string,
  open: (file: string) => Database.Database,
  work: (database: Database.Database) => T,
): Result<T> {
  try {
    const database = open(file)
    try {
      return fine(work(database))
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
const taken = (file: string): Problem => ({
  message: `The file "${file}" exists already, and a backup never overwrites one.`,
  mend: 'Name another file, or move that one away.',
})
const unusable = (file: string, error: unknown): Problem => ({
  message: `The file "${file}" cannot be used: ${(error as Error).message}.`,
  mend: 'Check that it is a database of Waymark, that it may be read and written, and that there is room.',
})
