import { asc, desc, eq, sql } from 'drizzle-orm'
import type { FilePart } from '../../src/casework/ports.ts'
import type { ReferralRow } from '../record/case-row.ts'
import { type EntryTable, entryTables } from '../record/entry-kind.ts'
import { type PartTable, type RawFile, wantedOf } from '../record/file.ts'
import type { CaseFinder } from './find-case.ts'
import { tableOf } from './run-rows.ts'
import { clock, condition, delivery, task, victim } from './schema.ts'
import type { Connection } from './statements.ts'

type Rows = readonly Record<string, unknown>[]
type RowReader = (referral: string, latestOnly: boolean) => Rows

/** Reads the rows of a case, as far as parts are asked for: what is not named is not read. */
export function rowReader(connection: Connection, find: CaseFinder) {
  const readers: Record<PartTable, RowReader> = {
    ...standingReaders(connection),
    ...entryReaders(connection),
  }
  return (row: ReferralRow, parts: readonly FilePart[]): RawFile => {
    const { identity, tables, all } = wantedOf(parts)
    const latestOnly = (table: PartTable) => table === 'recommendation' && !all
    const rows = tables.map((table) => [table, readers[table](row.id, latestOnly(table))])
    return {
      row,
      child: identity ? find.child(row.child) : undefined,
      rows: Object.fromEntries(rows) as RawFile['rows'],
      all,
    }
  }
}

const id = sql.placeholder('id')

function standingReaders({ orm }: Connection) {
  const rows = {
    delivery: orm.select().from(delivery).where(eq(delivery.referral, id)).orderBy(delivery.id),
    condition: orm.select().from(condition).where(eq(condition.referral, id)).orderBy(condition.id),
    task: orm.select().from(task).where(eq(task.referral, id)).orderBy(task.id),
    clock: orm.select().from(clock).where(eq(clock.referral, id)).orderBy(clock.id),
    victim: orm.select().from(victim).where(eq(victim.referral, id)).orderBy(victim.number),
  }
  const reader = (query: { prepare(): { all(values: { id: string }): Rows } }): RowReader => {
    const prepared = query.prepare()
    return (referral) => prepared.all({ id: referral })
  }
  return {
    delivery: reader(rows.delivery),
    condition: reader(rows.condition),
    task: reader(rows.task),
    clock: reader(rows.clock),
    victim: reader(rows.victim),
  }
}

/** Entries in the order in which they were written. */
const entryReaders = (connection: Connection) =>
  Object.fromEntries(entryTables.map((name) => [name, entryReader(connection, name)])) as Record<
    EntryTable,
    RowReader
  >

function entryReader({ orm }: Connection, name: EntryTable): RowReader {
  const table = tableOf[name]
  const select = () => orm.select().from(table).where(eq(table.referral, id))
  const all = select().orderBy(asc(table.version), asc(table.place)).prepare()
  const latest = select().orderBy(desc(table.version), desc(table.place)).limit(1).prepare()
  return (referral, latestOnly) => (latestOnly ? latest : all).all({ id: referral })
}
