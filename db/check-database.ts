import type Database from 'better-sqlite3'
import type { DatabaseCheck, Fold } from '../src/casework/ports.ts'
import { wrongCases } from './check-cases.ts'
import { wrongTriggers } from './check-triggers.ts'
import { pending } from './migrate.ts'
import { verifyChains } from './verify-chains.ts'

/**
 * Looks at everything that can be told of a database without its keys. Changes nothing.
 * @param migrations the folder of committed migrations
 * @param fold compares a history with what is stored beside it
 */
export function checkDatabase(
  database: Database.Database,
  migrations: string,
  fold: Fold,
): readonly DatabaseCheck[] {
  const pages = check('pages', () =>
    (database.pragma('integrity_check') as { integrity_check: string }[])
      .map((row) => row.integrity_check)
      .filter((says) => says !== 'ok'),
  )
  // A damaged file can make any later question fail: say so once.
  if (!pages.ok) return [pages]
  return [
    pages,
    check('migrations', () => notDone(pending(database, migrations))),
    check('references', () =>
      (database.pragma('foreign_key_check') as Broken[]).map(
        ({ table, rowid, parent }) => `${table}, row ${rowid}: names a ${parent} that is not there`,
      ),
    ),
    check('strict-tables', () => looseTables(database)),
    check('append-only', () => wrongTriggers(database, migrations)),
    check('settings', () => settingsOf(database)),
    check('chains', () =>
      verifyChains(database).mismatches.map(
        ({ table, partnership, seq, id, says }) =>
          `${table}${id ? ` ${id}` : ''}, ${partnership} ${seq}: ${says}`,
      ),
    ),
    check('cases', () => wrongCases(database, fold)),
  ]
}
type Broken = { table: string; rowid: number; parent: string }

/** What cannot be asked, because the file is not as it should be, is not well either. */
function check(what: DatabaseCheck['what'], look: () => string[]): DatabaseCheck {
  try {
    const found = look()
    return { what, ok: found.length === 0, found }
  } catch (error) {
    return { what, ok: false, found: [`could not be looked at: ${(error as Error).message}`] }
  }
}

const notDone = (count: number): string[] =>
  count === 0 ? [] : [`${count} migrations are still to be done: run "waymark db migrate"`]

const looseTables = (database: Database.Database): string[] =>
  (
    database
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%' AND name <> '__drizzle_migrations'",
      )
      .pluck()
      .all() as string[]
  ).map((table) => `${table} is not a strict table`)

/** The other settings belong to a connection, and are asserted whenever one is opened. */
function settingsOf(database: Database.Database): string[] {
  const mode = database.pragma('journal_mode', { simple: true })
  return mode === 'wal' ? [] : [`the journal mode is ${mode}, not wal`]
}
