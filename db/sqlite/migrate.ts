import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { CannotOpen } from './cannot-open.ts'

/**
 * Brings the tables up to date. Two services that start at once may both try: the second finds
 * everything done, which is what it wanted.
 * @param folder the folder of committed migrations
 * @returns how many migrations were still to be done
 */
export function bringUpToDate(database: Database.Database, folder: string): number {
  const before = pending(database, folder)
  if (strangeMigrations(database, folder) > 0) throw new OtherFormat()
  try {
    migrate(drizzle(database), { migrationsFolder: folder })
  } catch (error) {
    if (pending(database, folder) > 0) throw error
  }
  return before
}

/** How many migrations of the folder the database has not had. */
export function pending(database: Database.Database, folder: string): number {
  const last = lastMigration(database) ?? 0
  return readMigrationFiles({ migrationsFolder: folder }).filter(
    ({ folderMillis }) => folderMillis > last,
  ).length
}

/** The last migration that the database has had, by its instant; undefined where it had none. */
export function lastMigration(database: Database.Database): number | undefined {
  const known = database
    .prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'")
    .get()
  const last = known
    ? database.prepare('SELECT max(created_at) FROM __drizzle_migrations').pluck().get()
    : undefined
  return last === undefined || last === null ? undefined : Number(last)
}

/** The database was made by another version of Waymark, whose tables these are not. */
export class OtherFormat extends CannotOpen {
  override name = 'OtherFormat'
  constructor() {
    super(
      'It was made by another version of Waymark, in another format.',
      'Name another file in WAYMARK_DATABASE, or move this one and its key file away. Before the first release the format of the record may change, and nothing is carried over.',
    )
  }
}

/** How many migrations a database has had that the folder does not hold, letter for letter, or twice. */
export function strangeMigrations(database: Database.Database, folder: string): number {
  if (lastMigration(database) === undefined) return 0
  const known = new Set(
    readMigrationFiles({ migrationsFolder: folder }).map(
      ({ hash, folderMillis }) => `${hash} ${folderMillis}`,
    ),
  )
  const had = database.prepare('SELECT hash, created_at FROM __drizzle_migrations').all() as {
    hash: string
    created_at: number
  }[]
  return had.filter(({ hash, created_at: at }) => !known.delete(`${hash} ${at}`)).length
}
