import type Database from 'better-sqlite3'
import { asc, eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Fold, Snapshot } from '../src/casework/ports.ts'
import { toSnapshot } from './case-row.ts'
import { toEvent } from './read-case.ts'
import { caseEvent, delivery, referral } from './schema.ts'

/**
 * Whether every case, and every delivery, stands where its events leave it: state and what the
 * chart remembers.
 * @param fold compares a history with what is stored beside it, and says what differs
 */
export function wrongCases(sqlite: Database.Database, fold: Fold): string[] {
  const orm = drizzle(sqlite)
  const events = orm
    .select()
    .from(caseEvent)
    .where(eq(caseEvent.referral, sql.placeholder('id')))
    .orderBy(asc(caseEvent.version), asc(caseEvent.place))
    .prepare()
  const deliveries = orm
    .select()
    .from(delivery)
    .where(eq(delivery.referral, sql.placeholder('id')))
    .prepare()
  const look = (): string[] => {
    const found: string[] = []
    for (const row of orm.select().from(referral).all()) {
      const { id } = row
      const theirs = deliveries
        .all({ id })
        .map((one): [string, Snapshot] => [one.id, toSnapshot(one)])
      const stored = { referral: toSnapshot(row), deliveries: Object.fromEntries(theirs) }
      for (const { message } of fold(events.all({ id }).map(toEvent), stored))
        found.push(`case ${id}: ${message}`)
    }
    return found
  }
  // One transaction, so that all of it is seen as it was at one moment.
  return sqlite.transaction(look).deferred()
}
