import type {
  answer,
  checklist,
  decision,
  departure,
  note,
  protectedAnswer,
  recommendation,
  victimAnswer,
  victimEntry,
} from './schema.ts'

type Columns = Readonly<Record<string, string | number | null>>
type Common = 'id' | 'by' | 'at'

/** One kind of entry. `restore` gives back what `columns` took. */
export type Kind<Entry> = {
  table: EntryTable
  /** The victim with whose key it is sealed; null where it is the child's. */
  victim(one: Entry): number | null
  columns(one: Entry): Columns
  content(one: Entry): Partial<Omit<Entry, Common>>
  restore(row: never): Partial<Omit<Entry, Common>>
}

export type EntryTable =
  | typeof answer
  | typeof protectedAnswer
  | typeof victimAnswer
  | typeof victimEntry
  | typeof note
  | typeof recommendation
  | typeof decision
  | typeof departure
  | typeof checklist
