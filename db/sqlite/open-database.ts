import Database from 'better-sqlite3'

/** What every connection must be set to, whatever SQLite was built to do by itself. */
export const settings = {
  synchronous: 2,
  foreign_keys: 1,
  busy_timeout: 5_000,
  wal_autocheckpoint: 1_000,
  // What was cleared is overwritten, not left in the free space of the file.
  secure_delete: 1,
  // Without this, INSERT OR REPLACE removes rows past the triggers that forbid it.
  recursive_triggers: 1,
} as const

/**
 * Opens (and where needed creates) a SQLite database whose writes are durable before they are
 * acknowledged: write-ahead log with `synchronous=FULL`.
 * @param file a path, or `:memory:`
 * @throws when the file cannot be opened, or SQLite does not take a setting
 */
export function openDatabase(file: string): Database.Database {
  const database = new Database(file)
  const mode = database.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal' && file !== ':memory:')
    throw new Error(`SQLite keeps no write-ahead log for ${file}; it keeps: ${mode}`)
  take(database, settings)
  return database
}

/**
 * Sets a connection, and looks whether it is set.
 * @throws when SQLite does not take a setting
 */
export function take(
  database: Database.Database,
  wanted: Readonly<Record<string, number | string>>,
): void {
  for (const [name, value] of Object.entries(wanted)) {
    database.pragma(`${name} = ${value}`)
    const taken = database.pragma(name, { simple: true })
    if (taken !== value) throw new Error(`SQLite did not take the setting ${name} = ${value}`)
  }
}
