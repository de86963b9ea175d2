import type Database from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Fold } from '../../src/casework/ports.ts'
import { toSnapshot } from '../record/case-row.ts'
import { eventReader } from './read-case.ts'
import { delivery, referral } from './schema.ts'

/**
 * Whether every case, and every delivery, stands where its events leave it: state and what the
 * chart remembers. One case after the other, however many there are.
 * @param fold compares a history with what is stored beside it, and says what differs
 */
export function wrongCases(sqlite: Database.Database, fold: Fold): string[] {
  const orm = drizzle(sqlite)
  const id = sql.placeholder('id')
  const events = eventReader({ sqlite, orm })
  const cases = orm.select().from(referral).where(eq(referral.id, id)).prepare()
  const deliveries = orm.select().from(delivery).where(eq(delivery.referral, id)).prepare()
  const differences = (of: string): string[] => {
    const row = cases.get({ id: of })
    if (!row) return []
    const theirs = deliveries.all({ id: of }).map((one) => [one.id, toSnapshot(one)] as const)
    const stored = { referral: toSnapshot(row), deliveries: Object.fromEntries(theirs) }
    return fold(events(of), stored).map(({ message }) => `case ${of}: ${message}`)
  }
  const ids = sqlite.prepare('SELECT id FROM referral').pluck()
  return [...(ids.iterate() as Iterable<string>)].flatMap(differences)
}
