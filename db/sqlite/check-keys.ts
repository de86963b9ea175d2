import type Database from 'better-sqlite3'
import type { KeyState, Keys } from '../../src/casework/ports.ts'
import { childSubject, clinicSubject, victimSubject } from '../record/seal.ts'

type Subject = { subject: string; erased: boolean }

/** Whether every child, victim and clinic has the key that they should have, and no other. */
export async function wrongKeys(database: Database.Database, keys: Keys): Promise<string[]> {
  const found: string[] = []
  const destroyed = await keys.destroyed()
  for (const { subject, erased } of subjectsOf(database)) {
    const state = (await keys.states([subject])).get(subject) ?? 'missing'
    const says = differs(state, erased, destroyed.get(subject))
    if (says) found.push(`${subject}: ${says}`)
  }
  return found
}

function differs(state: KeyState, erased: boolean, at: string | undefined): string | undefined {
  if (erased && state === 'held') return 'was erased, and its key is still there'
  if (!erased && state === 'destroyed')
    return `its key was destroyed at ${at}; it is erased when the service starts`
  if (!erased && state === 'missing')
    return 'has no key: restore the newest backup of the key file (docs/lost-key.md)'
  return undefined
}

function* subjectsOf(database: Database.Database): Iterable<Subject> {
  const rows = (sql: string) => database.prepare(sql).iterate() as Iterable<Row>
  for (const { id, erased } of rows('SELECT id, erased_at IS NOT NULL AS erased FROM child'))
    yield { subject: childSubject(id), erased: erased === 1 }
  for (const { id, number, erased } of rows(
    `SELECT v.referral AS id, v.number, c.erased_at IS NOT NULL AS erased FROM victim v
     JOIN referral r ON r.id = v.referral JOIN child c ON c.id = r.child`,
  ))
    yield { subject: victimSubject(id, number), erased: erased === 1 }
  for (const { id } of rows('SELECT id FROM clinic'))
    yield { subject: clinicSubject(id), erased: false }
}
type Row = { id: string; number: number; erased: number }
