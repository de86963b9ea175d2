import type Database from 'better-sqlite3'
import type { RowOfLog } from '../record/log.ts'
import type { RecordReader, StoredRow } from '../record/reader.ts'
import { columnName, type Key, type TableName, tables } from '../record/tables.ts'

/** Hands out what a database holds, as another program would read it. */
export function recordReader(database: Database.Database): RecordReader {
  const byKey = new Map<TableName, Database.Statement>()
  const rowOf = (table: TableName): Database.Statement => {
    const where = tables[table].key.map((column) => `"${columnName(column)}" = ?`).join(' AND ')
    const known = byKey.get(table) ?? database.prepare(`SELECT * FROM ${table} WHERE ${where}`)
    byKey.set(table, known)
    return known
  }
  const ofChild = database.prepare(
    `SELECT l.* FROM access_case c JOIN access_log l ON l.partnership = c.partnership AND l.seq = c.seq
     WHERE c.child = ? AND l.covers IS NOT NULL`,
  )
  const indexed = database.prepare(
    'SELECT 1 FROM access_case WHERE referral = ? AND partnership = ? AND seq = ? AND child = ?',
  )
  const all = <T>(sql: string) => database.prepare(sql).iterate() as Iterable<T>
  return {
    acts: () => all<RowOfLog>('SELECT * FROM access_log ORDER BY partnership, seq'),
    children: () => database.prepare('SELECT id FROM child').pluck().iterate() as Iterable<string>,
    writingActsOf: async (child) => ofChild.all(child) as RowOfLog[],
    row: async (table, key: Key) => rowOf(table).get(...key) as StoredRow | undefined,
    rows: (table) => all<StoredRow>(`SELECT * FROM ${table}`),
    count: async (table) =>
      database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number,
    indexed: async (referral, child, partnership, seq) =>
      indexed.get(referral, partnership, seq, child) !== undefined,
    eventNumbers: () =>
      all(
        `SELECT e.partnership, e.seq, a.seq AS actSeq, e.place FROM case_event e
         LEFT JOIN access_log a ON a.id = e.act AND a.partnership = e.partnership
         ORDER BY e.partnership, e.seq`,
      ),
  }
}
