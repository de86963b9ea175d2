import type Database from 'better-sqlite3'

/** The names of all tables that are ours. */
export const tablesOf = (database: Database.Database): string[] =>
  database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '__drizzle_migrations' ORDER BY name",
    )
    .pluck()
    .all() as string[]

/** Every row of every table. */
export const dumpOf = (database: Database.Database): Record<string, unknown[]> =>
  Object.fromEntries(
    tablesOf(database).map((table) => [table, database.prepare(`SELECT * FROM ${table}`).all()]),
  )
