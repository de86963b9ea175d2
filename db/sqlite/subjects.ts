import type Database from 'better-sqlite3'
import type { KeyState, Keys } from '../../src/casework/ports.ts'
import { childSubject, clinicSubject, victimSubject } from '../record/seal.ts'

/** Somebody, or a clinic, that something is sealed for, and whether they were erased. */
type Subject = { subject: string; erased: boolean }
type Row = { place: number; id: string; number: number; erased: number }

/** Where they stand, and what their keys are called. */
const sources: readonly (readonly [sql: string, subjectOf: (row: Row) => string])[] = [
  [
    'SELECT rowid AS place, id, erased_at IS NOT NULL AS erased FROM child',
    ({ id }) => childSubject(id),
  ],
  [
    `SELECT rowid AS place, referral AS id, number,
       (SELECT c.erased_at FROM referral r JOIN child c ON c.id = r.child WHERE r.id = victim.referral)
         IS NOT NULL AS erased
     FROM victim`,
    ({ id, number }) => victimSubject(id, number),
  ],
  ['SELECT rowid AS place, id, 0 AS erased FROM clinic', ({ id }) => clinicSubject(id)],
]

/** How many are read at once: all of a large record would not fit, and others write meanwhile. */
const most = 1_000

function* pagesOf(database: Database.Database): Iterable<Subject[]> {
  for (const [sql, subjectOf] of sources) {
    const page = database.prepare(`${sql} WHERE rowid > ? ORDER BY rowid LIMIT ${most}`)
    const after = (place: number) => page.all(place) as Row[]
    for (let rows = after(0); rows.length > 0; rows = after(rows.at(-1)?.place ?? 0))
      yield rows.map((row) => ({ subject: subjectOf(row), erased: row.erased === 1 }))
  }
}

/**
 * Everybody whose key there must be, or must have been: children, their victims, and clinics, each
 * in the order in which they came, with how their key stands. The one place that lists them.
 */
export async function* keyStates(
  database: Database.Database,
  keys: Keys,
): AsyncIterable<Subject & { state: KeyState }> {
  for (const page of pagesOf(database)) {
    const states = await keys.states(page.map(({ subject }) => subject))
    for (const one of page) yield { ...one, state: states.get(one.subject) ?? 'missing' }
  }
}

/** Who was not erased, and whose key is in the key file neither as held nor as destroyed. */
export async function missingKeys(database: Database.Database, keys: Keys): Promise<string[]> {
  const missing: string[] = []
  for await (const { subject, erased, state } of keyStates(database, keys))
    if (!erased && state === 'missing') missing.push(subject)
  return missing
}
