import type { Change, KeysAtHand } from '../../src/casework/ports.ts'
import type { Actor } from '../../src/domain/roles.ts'
import { canonical } from './canonical.ts'
import { kinds } from './entries.ts'
import type { EntryTable, Kind } from './entry-kind.ts'
import { childSubject, victimSubject } from './seal.ts'
import { openFor, sealFor } from './sealed.ts'
import type { Put, RowOf } from './tables.ts'

/** Where what one act writes stands. */
export type Place = { referral: string; child: string; version: number; act: string }

type Common = { id: string; by: Actor; at: string }

/** The rows of everything in a change that is never changed again, sealed. */
export function entryRows(keys: KeysAtHand, place: Place, change: Change): Put[] {
  const answers = (kept: string) => change.answers?.filter((one) => one.kept === kept)
  const rows = <E extends Common, T extends EntryTable>(
    kind: Kind<E, T>,
    entries: readonly E[] = [],
  ) => entries.map((one, i) => entryRow(keys, place, kind, one, i))
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

function entryRow<E extends Common, T extends EntryTable>(
  keys: KeysAtHand,
  { child, ...where }: Place,
  kind: Kind<E, T>,
  one: E,
  place: number,
): Put {
  const { id, by, at } = one
  const { table } = kind
  const victim = kind.victim(one)
  if (victim !== null && !table.startsWith('victim_'))
    throw new Error(`What is about a victim is not kept in the table ${table}.`)
  const subject = subjectOf(where.referral, child, victim)
  const sealed = sealFor(keys, { table, row: id, subject }, kind.content(one))
  const row = { id, ...where, place, actor: canonical(by), at, sealed, ...kind.columns(one) }
  return { table, row } as Put
}

const subjectOf = (referral: string, child: string, victim: number | null): string =>
  victim === null ? childSubject(child) : victimSubject(referral, victim)

type AnyEntry = RowOf<EntryTable> & { victim?: number | null }

/** Whose key opens an entry. */
export const subjectOfEntry = (row: AnyEntry, child: string): string =>
  subjectOf(row.referral, child, row.victim ?? null)

/** The entries of one kind, opened; what was erased is left out. */
export function entriesOf<E extends Common, T extends EntryTable>(
  keys: KeysAtHand,
  { child, erasedAt }: { child: string; erasedAt: string | null },
  kind: Kind<E, T>,
  rows: readonly RowOf<T>[] = [],
): E[] {
  if (erasedAt !== null) return []
  return rows.flatMap((row): E[] => {
    const { id, actor, at, sealed } = row as AnyEntry
    const place = { table: kind.table, row: id, subject: subjectOfEntry(row as AnyEntry, child) }
    const content = openFor<Partial<E>>(keys, place, sealed)
    if (content === undefined) return []
    return [{ id, by: JSON.parse(actor), at, ...kind.restore(row), ...content } as E]
  })
}
