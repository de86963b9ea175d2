import { asc, desc, eq, sql } from 'drizzle-orm'
import type { Actor } from '../src/domain/roles.ts'
import type { EntryTable, Kind } from './entry-kind.ts'
import type { KeyRing } from './key-ring.ts'
import { childSubject, victimSubject } from './seal.ts'
import { openFor } from './sealed.ts'
import { type Connection, nameOf } from './statements.ts'

type Common = { id: string; by: Actor; at: string }
type Row = EntryTable['$inferSelect'] & { victim?: number | null }

/** Reads the entries of one kind; what was erased is left out. */
export type EntryReader<E> = {
  /** In the order in which they were written. */
  all(of: OfCase): E[]
  latest(of: OfCase): E | null
}
type OfCase = { id: string; child: string; erasedAt: string | null }

export function entryReader<E extends Common>(
  { orm }: Connection,
  keys: KeyRing,
  kind: Kind<E>,
): EntryReader<E> {
  const { table } = kind
  const select = () =>
    orm
      .select()
      .from(table as EntryTable)
      .where(eq(table.referral, sql.placeholder('id')))
  const all = select().orderBy(asc(table.version), asc(table.place)).prepare()
  const latest = select().orderBy(desc(table.version), desc(table.place)).limit(1).prepare()
  const open = (row: Row, { child, erasedAt }: OfCase): E[] => {
    if (erasedAt !== null) return []
    const victim = row.victim ?? null
    const subject = victim === null ? childSubject(child) : victimSubject(row.referral, victim)
    const place = { table: nameOf(table), row: row.id, subject }
    const content = openFor<Partial<E>>(keys, place, row.sealed)
    if (content === undefined) return []
    const { id, actor, at } = row
    return [{ id, by: JSON.parse(actor), at, ...kind.restore(row as never), ...content } as E]
  }
  return {
    all: (of) => all.all({ id: of.id }).flatMap((row) => open(row, of)),
    latest: (of) => latest.all({ id: of.id }).flatMap((row) => open(row, of))[0] ?? null,
  }
}
