import type Database from 'better-sqlite3'
import type { DatabaseCheck, Fold, Keys } from '../../src/casework/ports.ts'
import { serviceChain } from '../record/chain.ts'
import { verifyRecord } from '../record/verify.ts'
import { wrongCases } from './check-cases.ts'
import { wrongKeys } from './check-keys.ts'
import { wrongSchema } from './check-schema.ts'
import { type DatabaseKind, kindOf, marking, marks } from './kind.ts'
import { pending, strangeMigrations } from './migrate.ts'
import { recordReader } from './record-reader.ts'

/** What is looked at, and beside the database what it is held against. */
export type Looking = {
  /** The folder of committed migrations. */
  migrations: string
  /** Compares a history with what is stored beside it. */
  fold: Fold
  /** Where the keys are looked at too. */
  keys?: Keys
}

/** What this store looks at, each with what is said where all is well. */
const titles = {
  pages: 'The file is whole',
  migrations: 'Its tables are up to date',
  references: 'What rows name is there',
  schema: 'Tables, indexes and the guards of what is only added to are as they were made',
  settings: 'It is set to be durable',
  kind: 'It says of itself what its log says: a record, or a demonstration',
  record:
    'Every row is as it was last written (whether the end was cut off, or an old backup put in its place, cannot be seen here)',
  cases: 'Every case stands where its history leaves it',
  keys: 'Every child, victim and clinic has its key',
} as const

/** Looks at everything that can be told of a database, as it is at one moment. Changes nothing. */
export async function checkDatabase(
  database: Database.Database,
  { migrations, fold, keys }: Looking,
): Promise<readonly DatabaseCheck[]> {
  const pages = await check('pages', () =>
    (database.pragma('integrity_check') as { integrity_check: string }[])
      .map((row) => row.integrity_check)
      .filter((says) => says !== 'ok'),
  )
  // A damaged file can make any later question fail: say so once.
  if (!pages.ok) return [pages]
  database.exec('BEGIN')
  try {
    return [
      pages,
      await check('migrations', () => migrationsOf(database, migrations)),
      await check('references', () => brokenReferences(database)),
      await check('schema', () => wrongSchema(database, migrations)),
      await check('settings', () => settingsOf(database)),
      await check('kind', () => wrongKind(database)),
      await check('record', () => wrongRows(database)),
      await check('cases', () => wrongCases(database, fold)),
      ...(keys ? [await check('keys', () => wrongKeys(database, keys))] : []),
    ]
  } finally {
    database.exec('COMMIT')
  }
}

/** What cannot be asked, because the file is not as it should be, is not well either. */
async function check(
  what: keyof typeof titles,
  look: () => string[] | Promise<string[]>,
): Promise<DatabaseCheck> {
  const title = titles[what]
  try {
    const found = await look()
    return { what, title, ok: found.length === 0, found }
  } catch (error) {
    return {
      what,
      title,
      ok: false,
      found: [`could not be looked at: ${(error as Error).message}`],
    }
  }
}

function migrationsOf(database: Database.Database, folder: string): string[] {
  const todo = pending(database, folder)
  const strange = strangeMigrations(database, folder)
  return [
    ...(todo > 0 ? [`${todo} migrations are still to be done: run "waymark db migrate"`] : []),
    ...(strange > 0 ? [`it has had ${strange} migrations that are none of Waymark's`] : []),
  ]
}

const brokenReferences = (database: Database.Database): string[] =>
  (database.pragma('foreign_key_check') as Broken[]).map(
    ({ table, rowid, parent }) => `${table}, row ${rowid}: names a ${parent} that is not there`,
  )
type Broken = { table: string; rowid: number; parent: string }

/** The other settings belong to a connection, and are asserted whenever one is opened. */
function settingsOf(database: Database.Database): string[] {
  const mode = database.pragma('journal_mode', { simple: true })
  return mode === 'wal' ? [] : [`the journal mode is ${mode}, not wal`]
}

/** The mark lies in the header of the file, which no act covers: the log says what it should be. */
function wrongKind(database: Database.Database): string[] {
  const said = database
    .prepare('SELECT purpose FROM access_log WHERE partnership = ? AND action = ?')
    .pluck()
    .all(serviceChain, marking) as string[]
  const mark = database.pragma('application_id', { simple: true })
  const wanted = said.map((kind) => marks[kind as DatabaseKind])
  if (wanted.length === 0 ? mark === 0 : wanted.length === 1 && wanted[0] === mark) return []
  return [`it is marked as a ${kindOf(database)}; its log says: ${said.join(', ') || 'nothing'}`]
}

const wrongRows = async (database: Database.Database): Promise<string[]> =>
  (await verifyRecord(recordReader(database))).map(
    ({ table, row, says }) => `${table} ${row}: ${says}`,
  )
