import Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { lastMigration } from './migrate.ts'

/**
 * Whether the tables, their indexes and the triggers that guard what is only added to are just those
 * that the migrations make, letter for letter: a trigger that was put in the place of another guards
 * nothing, and without a unique index a reference is taken twice.
 * @param folder the folder of committed migrations; those that the database has had count
 */
export function wrongSchema(database: Database.Database, folder: string): string[] {
  const wanted = schemaMade(folder, lastMigration(database))
  const found = schemaOf(database)
  const missing = [...wanted.keys()].filter((name) => !found.has(name))
  return [
    ...missing.map((name) => `the ${name} is not there`),
    ...[...found].flatMap(([name, text]) => {
      const right = wanted.get(name)
      if (right === undefined) return [`the ${name} is none of Waymark's`]
      return right === text ? [] : [`the ${name} was replaced by another`]
    }),
  ]
}

/** Each table, index and trigger by what it is and its name, with the text that made it. */
const schemaOf = (database: Database.Database): Map<string, string | null> =>
  new Map(
    database
      .prepare(
        `SELECT type || ' ' || name, sql FROM sqlite_schema
         WHERE name NOT IN ('sqlite_sequence', '__drizzle_migrations', 'sqlite_autoindex___drizzle_migrations_1')
           AND name NOT LIKE 'sqlite_stat%' ORDER BY type, name`,
      )
      .raw()
      .all() as [string, string | null][],
  )

/** What the migrations make, up to one of them; all where none is named. */
function schemaMade(folder: string, last: number | undefined): Map<string, string | null> {
  const empty = new Database(':memory:')
  for (const { sql, folderMillis } of readMigrationFiles({ migrationsFolder: folder }))
    if (last === undefined || folderMillis <= last) for (const one of sql) empty.exec(one)
  const made = schemaOf(empty)
  empty.close()
  return made
}
