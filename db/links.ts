import { desc, eq, sql } from 'drizzle-orm'
import { genesis } from './chain.ts'
import type { accessLog, caseEvent, ruleSet, ruleSetEvent } from './schema.ts'
import { type Connection, digester, getter, inserter } from './statements.ts'

type ChainTable = typeof accessLog | typeof caseEvent | typeof ruleSet | typeof ruleSetEvent
type LinkColumns = 'seq' | 'prev' | 'hash'

/** A place at the end of a partnership's chain. Holds while nobody else writes. */
export type Link = { partnership: string; seq: number; prev: string }

/** Appends rows to the chains of one table. */
export function chainOf<T extends ChainTable>(connection: Connection, table: T) {
  const insert = inserter(connection, table)
  const digest = digester(table)
  const last = getter<{ seq: number; hash: string }>(
    connection,
    connection.orm
      .select({ seq: table.seq, hash: table.hash })
      .from(table as ChainTable)
      .where(eq(table.partnership, sql.placeholder('partnership')))
      .orderBy(desc(table.seq))
      .limit(sql.placeholder('limit')),
  )
  const next = (partnership: string): Link => {
    const end = last(partnership, 1)
    return { partnership, seq: (end?.seq ?? 0) + 1, prev: end?.hash ?? genesis }
  }
  const append = (row: Omit<T['$inferInsert'], LinkColumns>, link = next(row.partnership)) => {
    const linked = { ...row, ...link }
    const hash = digest(linked)
    insert({ ...linked, hash } as T['$inferInsert'])
    return link
  }
  return { next, append }
}
