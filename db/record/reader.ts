import type { RowOfLog } from './log.ts'
import type { Key, TableName } from './tables.ts'

/** One thing that is not as it was written. Ids and numbers, nothing of anybody. */
export type Mismatch = { table: string; row: string; says: string }

/** A row as the database gives it, by the names of its columns there. */
export type StoredRow = Readonly<Record<string, unknown>>

/** How a store hands out what it holds, all of it as it was at one moment. */
export type RecordReader = {
  /** Every act, by partnership and number. */
  acts(): Iterable<RowOfLog> | AsyncIterable<RowOfLog>
  children(): Iterable<string> | AsyncIterable<string>
  /** The acts that name a child and wrote something, in no order. */
  writingActsOf(child: string): Promise<readonly RowOfLog[]>
  row(table: TableName, key: Key): Promise<StoredRow | undefined>
  rows(table: TableName): Iterable<StoredRow> | AsyncIterable<StoredRow>
  count(table: TableName | 'access_case'): Promise<number>
  /** Whether the index of the log says that an act was about a case and its child. */
  indexed(referral: string, child: string, partnership: string, seq: number): Promise<boolean>
  /** Every event by partnership and number, with the number of its act. */
  eventNumbers(): Iterable<EventNumber> | AsyncIterable<EventNumber>
}
export type EventNumber = { partnership: string; seq: number; actSeq: number | null; place: number }
