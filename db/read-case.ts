import { asc, eq, sql } from 'drizzle-orm'
import type { Access, CaseStore, EventRow } from '../src/casework/ports.ts'
import { caseSubject } from './access.ts'
import { type ReferralRow, toCase } from './case-row.ts'
import type { Parts } from './commit.ts'
import { kinds } from './entries.ts'
import { entryReader } from './read-entries.ts'
import { fileReader } from './read-file.ts'
import { caseEvent } from './schema.ts'
import type { Connection } from './statements.ts'
import type { WriteGuard } from './write-guard.ts'

type Reading = Pick<CaseStore, 'whereIs' | 'open' | 'read' | 'history' | 'recommendations'>

/** Reads one case. The reading is logged in the transaction that reads; without its row, no data. */
export function caseReader(connection: Connection, parts: Parts, guard: WriteGuard): Reading {
  const { find, access, keys } = parts
  const file = fileReader(connection, parts)
  const events = connection.orm
    .select()
    .from(caseEvent)
    .where(eq(caseEvent.referral, sql.placeholder('id')))
    .orderBy(asc(caseEvent.version), asc(caseEvent.place))
    .prepare()
  const made = entryReader(connection, keys, kinds.recommendation)
  const logged = <T>(id: string, by: Access, read: (row: ReferralRow) => T) =>
    guard.write(() => {
      const row = find.case(id)
      if (!row) return undefined
      access.log(caseSubject(row), by)
      return read(row)
    })
  return {
    whereIs: async (id) => {
      const row = find.case(id)
      return row && toCase(row)
    },
    open: async (id, wanted) => {
      const row = find.case(id)
      return row && file(row, wanted)
    },
    read: async (id, wanted, by) => logged(id, by, (row) => file(row, wanted)),
    history: async (id, by) => (await logged(id, by, () => events.all({ id }).map(toEvent))) ?? [],
    recommendations: async (id, by) => (await logged(id, by, (row) => made.all(row))) ?? [],
  }
}

/** An event as it was recorded. */
export function toEvent(row: (typeof caseEvent)['$inferSelect']): EventRow {
  const { seq, id, chart, delivery, type, at, body } = row
  return {
    seq,
    id,
    chart: chart as EventRow['chart'],
    delivery,
    event: JSON.parse(body),
    type: type as EventRow['type'],
    at,
  }
}
