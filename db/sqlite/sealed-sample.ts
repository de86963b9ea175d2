import type Database from 'better-sqlite3'
import { entryTables } from '../record/entry-kind.ts'
import { identityPlace } from '../record/identity.ts'
import { minutesAt, nameAt } from '../record/rows-of-clinic.ts'
import type { Place } from '../record/seal.ts'

/** Something that was sealed with a subject's key, to try the key on. */
export type Sample = { place: Place; sealed: Buffer }

type Row = { id: string; sealed: Buffer }

/** Finds something that was sealed for a subject; undefined where nothing was yet. */
export function sampleFinder(database: Database.Database): (subject: string) => Sample | undefined {
  const ask = (sql: string) => database.prepare(sql)
  const identity = ask(
    'SELECT id, identity AS sealed FROM child WHERE id = ? AND identity NOT NULL',
  )
  const ofChild = entryTables
    .filter((table) => !table.startsWith('victim_'))
    .map((table) => ({
      table,
      find: ask(
        `SELECT e.id, e.sealed FROM ${table} e JOIN referral r ON r.id = e.referral WHERE r.child = ? LIMIT 1`,
      ),
    }))
  const ofVictim = (['victim_entry', 'victim_answer'] as const).map((table) => ({
    table,
    find: ask(`SELECT id, sealed FROM ${table} WHERE 'victim:' || referral || ':' || victim = ?`),
  }))
  const minutes = ask('SELECT id, minutes AS sealed FROM clinic WHERE id = ? AND minutes NOT NULL')
  const name = ask(
    'SELECT place AS id, name AS sealed FROM attendance WHERE clinic = ? AND name NOT NULL',
  )
  const entry = (from: typeof ofChild, id: string, subject: string): Sample | undefined => {
    for (const { table, find } of from) {
      const row = find.get(id) as Row | undefined
      if (row) return { place: { table, row: row.id, subject }, sealed: row.sealed }
    }
    return undefined
  }
  const at = (row: unknown, place: (row: Row) => Place): Sample | undefined =>
    row === undefined ? undefined : { place: place(row as Row), sealed: (row as Row).sealed }
  return (subject) => {
    const id = subject.slice(subject.indexOf(':') + 1)
    if (subject.startsWith('victim:')) return entry(ofVictim, subject, subject)
    if (subject.startsWith('child:'))
      return at(identity.get(id), () => identityPlace(id)) ?? entry(ofChild, id, subject)
    const seat = name.get(id)
    return at(minutes.get(id), () => minutesAt(id)) ?? at(seat, (row) => nameAt(id, Number(row.id)))
  }
}
