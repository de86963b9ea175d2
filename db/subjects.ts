import type Database from 'better-sqlite3'
import { childSubject, clinicSubject, victimSubject } from './seal.ts'

/**
 * Everybody who must have a key, in the order in which they came: children who were not erased,
 * their victims, and clinics.
 */
export function subjectsOf(database: Database.Database): string[] {
  const ask = <T>(sql: string) => database.prepare(sql).raw().all() as T[]
  return [
    ...ask<[string]>('SELECT id FROM child WHERE erased_at IS NULL ORDER BY rowid').map(([id]) =>
      childSubject(id),
    ),
    ...ask<[string, number]>(
      'SELECT v.referral, v.number FROM victim v JOIN referral r ON r.id = v.referral JOIN child c ON c.id = r.child WHERE c.erased_at IS NULL ORDER BY v.rowid',
    ).map(([referral, number]) => victimSubject(referral, number)),
    ...ask<[string]>('SELECT id FROM clinic ORDER BY rowid').map(([id]) => clinicSubject(id)),
  ]
}
