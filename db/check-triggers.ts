import Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { lastMigration } from './migrate.ts'

/**
 * Whether what is only added to is still guarded by just the triggers that the migrations make,
 * letter for letter: one that was put in the place of another guards nothing.
 * @param folder the folder of committed migrations; those that the database has had count
 */
export function wrongTriggers(database: Database.Database, folder: string): string[] {
  const wanted = triggersMade(folder, lastMigration(database))
  const found = triggersOf(database)
  const missing = [...wanted.keys()].filter((name) => !found.has(name))
  return [
    ...missing.map((name) => `the trigger ${name} is not there`),
    ...[...found].flatMap(([name, text]) => {
      const right = wanted.get(name)
      if (right === undefined) return [`the trigger ${name} is none of Waymark's`]
      return right === text ? [] : [`the trigger ${name} was replaced by another`]
    }),
  ]
}

const triggersOf = (database: Database.Database): Map<string, string> =>
  new Map(
    database
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
      .raw()
      .all() as [string, string][],
  )

/** The triggers that the migrations make, up to one of them; all where none is named. */
function triggersMade(folder: string, last: number | undefined): Map<string, string> {
  const empty = new Database(':memory:')
  for (const { sql, folderMillis } of readMigrationFiles({ migrationsFolder: folder }))
    if (last === undefined || folderMillis <= last) for (const one of sql) empty.exec(one)
  const made = triggersOf(empty)
  empty.close()
  return made
}
