import type { RowOf } from './tables.ts'

type Columns = Readonly<Record<string, string | number | null>>
type Common = 'id' | 'by' | 'at'

/** The tables of what is written once, sealed, and never changed. */
export const entryTables = [
  'answer',
  'protected_answer',
  'victim_answer',
  'note',
  'recommendation',
  'decision',
  'departure',
  'checklist',
  'victim_entry',
] as const
export type EntryTable = (typeof entryTables)[number]

/** One kind of entry. `restore` gives back what `columns` took. */
export type Kind<Entry, T extends EntryTable = EntryTable> = {
  table: T
  /** The victim with whose key it is sealed; null where it is the child's. */
  victim(one: Entry): number | null
  columns(one: Entry): Columns
  content(one: Entry): Partial<Omit<Entry, Common>>
  restore(row: RowOf<T>): Partial<Omit<Entry, Common>>
}
