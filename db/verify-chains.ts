import type Database from 'better-sqlite3'
import { type Covered, digestOfEntries, digestOfRow, genesis, type StoredRow } from './chain.ts'
import { kinds } from './entries.ts'

/** The tables whose rows are chained, and those whose rows the chains cover. */
export const chainTables = ['access_log', 'case_event', 'rule_set', 'rule_set_event'] as const
export const entryTables = Object.keys(kinds)

/** One thing that is not as it was written. */
export type Mismatch = {
  table: string
  partnership: string
  /** The number in the chain; for an entry, that of the access row which names its act. */
  seq: number
  /** The id of an entry. */
  id?: string
  says: string
}

export type Verification = { rows: Record<string, number>; mismatches: Mismatch[] }

/**
 * Recomputes every chain, and what it covers, from the rows as they lie in the database. Needs no
 * keys. What it cannot see: that the end of a chain was cut off (db/chain.ts).
 */
export function verifyChains(database: Database.Database): Verification {
  // One transaction, so that all of it is seen as it was at one moment.
  return database.transaction(() => verify(database)).deferred()
}

function verify(database: Database.Database): Verification {
  const rows: Record<string, number> = {}
  const mismatches: Mismatch[] = []
  for (const table of chainTables) rows[table] = walk(database, table, mismatches)
  const covered = checkCovers(database, mismatches)
  for (const table of entryTables) {
    const count = `SELECT count(*) FROM ${table}`
    rows[table] = database.prepare(count).pluck().get() as number
    if (rows[table] !== covered.get(table)) mismatches.push(...uncovered(database, table))
  }
  checkEvents(database, mismatches)
  return { rows, mismatches }
}

/** Walks one chain of every partnership. What is wrong with one row does not blame the next. */
function walk(database: Database.Database, table: string, mismatches: Mismatch[]): number {
  let count = 0
  let before = { partnership: '', seq: 0, hash: genesis }
  const all = database.prepare(`SELECT * FROM ${table} ORDER BY partnership, seq`)
  for (const row of all.iterate() as Iterable<StoredRow>) {
    const { partnership, seq, prev, hash } = row as typeof before & { prev: string }
    if (partnership !== before.partnership) before = { partnership, seq: 0, hash: genesis }
    const report = (says: string) => mismatches.push({ table, partnership, seq, says })
    if (seq !== before.seq + 1) report(`${seq - before.seq - 1} rows before it are missing`)
    else if (prev !== before.hash) report('does not follow the row before it')
    if (digestOfRow(table, row) !== hash) report('was changed')
    before = { partnership, seq, hash }
    count += 1
  }
  return count
}

/** Compares what each act covers with what lies in the tables; counts what it found there. */
function checkCovers(database: Database.Database, mismatches: Mismatch[]): Map<string, number> {
  const found = new Map(entryTables.map((table) => [table, 0]))
  const ofAct = entryTables.map(
    (table) =>
      [
        table,
        database.prepare(
          `SELECT * FROM ${table} WHERE referral = ? AND partnership = ? AND access = ?`,
        ),
      ] as const,
  )
  const acts = database.prepare(
    'SELECT partnership, seq, referral, covers FROM access_log WHERE covers IS NOT NULL',
  )
  for (const { partnership, seq, referral, covers } of acts.iterate() as Iterable<Act>) {
    const entries = ofAct.flatMap(([table, statement]) =>
      (statement.all(referral, partnership, seq) as StoredRow[]).map((row): Covered => {
        found.set(table, (found.get(table) ?? 0) + 1)
        return [table, String(row.id), digestOfRow(table, row)]
      }),
    )
    if (digestOfEntries(entries) !== covers)
      mismatches.push({ table: 'access_log', partnership, seq, says: differs(entries) })
  }
  return found
}
type Act = { partnership: string; seq: number; referral: string; covers: string }

const differs = (entries: readonly Covered[]): string =>
  `what was written with it is not what lies in the record (${entries.length} entries: ${entries.map(([table, id]) => `${table} ${id}`).join(', ')})`

/** Entries that no act covers. */
function uncovered(database: Database.Database, table: string): Mismatch[] {
  const rows = database
    .prepare(
      `SELECT e.id, e.partnership, e.access AS seq FROM ${table} e
       LEFT JOIN access_log a ON a.partnership = e.partnership AND a.seq = e.access
         AND a.referral = e.referral AND a.covers IS NOT NULL
       WHERE a.seq IS NULL`,
    )
    .all() as { id: string; partnership: string; seq: number }[]
  return rows.map((row) => ({ table, ...row, says: 'nobody is known to have written it' }))
}

/** An event and the access row of its act cover the same. */
function checkEvents(database: Database.Database, mismatches: Mismatch[]): void {
  const rows = database
    .prepare(
      `SELECT e.partnership, e.seq FROM case_event e
       LEFT JOIN access_log a ON a.partnership = e.partnership AND a.seq = e.access
         AND a.referral = e.referral AND a.covers IS e.covers
       WHERE a.seq IS NULL`,
    )
    .all() as { partnership: string; seq: number }[]
  for (const row of rows)
    mismatches.push({ table: 'case_event', ...row, says: 'does not fit the access log' })
}
