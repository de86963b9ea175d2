import type { Change } from '../src/casework/ports.ts'
import { type Covered, canonical } from './chain.ts'
import { kinds } from './entries.ts'
import type { EntryTable, Kind } from './entry-kind.ts'
import type { KeyRing } from './key-ring.ts'
import { childSubject, victimSubject } from './seal.ts'
import { sealFor } from './sealed.ts'
import { type Connection, digester, inserter, nameOf } from './statements.ts'

/** Where the entries of one act stand. */
export type Act = {
  referral: string
  child: string
  version: number
  partnership: string
  access: number
}

/** One entry as a row, with its line in the list that the chains cover. */
export type EntryRow = { table: string; row: EntryTable['$inferInsert']; covered: Covered }

/** The rows of everything in a change that is never changed again, sealed. */
export function entryRows(keys: KeyRing, act: Act, change: Change): EntryRow[] {
  const answers = (kept: string) => change.answers?.filter((one) => one.kept === kept)
  const rows = <E extends { id: string; by: object; at: string }>(
    kind: Kind<E>,
    entries: readonly E[] = [],
  ) => entries.map((one, place) => entryRow(keys, act, kind, one, place))
  return [
    ...rows(kinds.answer, answers('ordinary')),
    ...rows(kinds.protected_answer, answers('protected')),
    ...rows(kinds.victim_answer, answers('victim')),
    ...rows(kinds.note, change.notes),
    ...rows(kinds.recommendation, change.recommendations),
    ...rows(kinds.decision, change.decisions),
    ...rows(kinds.departure, change.departures),
    ...rows(kinds.checklist, change.checklists),
    ...rows(kinds.victim_entry, change.victimEntries),
  ]
}

function entryRow<E extends { id: string; by: object; at: string }>(
  keys: KeyRing,
  { child, ...act }: Act,
  kind: Kind<E>,
  one: E,
  place: number,
): EntryRow {
  const { id, by, at } = one
  const table = nameOf(kind.table)
  const victim = kind.victim(one)
  if (victim !== null && !('victim' in kind.table))
    throw new Error(`What is about a victim is not kept in the table ${table}.`)
  const subject = victim === null ? childSubject(child) : victimSubject(act.referral, victim)
  const sealed = sealFor(keys, { table, row: id, subject }, kind.content(one))
  const row = { id, ...act, place, actor: canonical(by), at, sealed, ...kind.columns(one) }
  const digest = digester(kind.table)(row)
  return { table, row: row as EntryTable['$inferInsert'], covered: [table, id, digest] }
}

/** Prepares the inserts of every kind of entry. */
export function entryWriter(connection: Connection): (rows: readonly EntryRow[]) => void {
  const inserts = Object.fromEntries(
    Object.values(kinds).map(({ table }) => [nameOf(table), inserter(connection, table)]),
  )
  return (rows) => {
    for (const { table, row } of rows) inserts[table]?.(row as never)
  }
}
