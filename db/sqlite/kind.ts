import type Database from 'better-sqlite3'
import { actOf, ofService } from '../record/log.ts'
import { byTheService } from '../record/service-acts.ts'
import { CannotOpen } from './cannot-open.ts'
import type { Runner } from './run-rows.ts'

/**
 * Whether a database is a demonstration or a record stands in its header, where SQLite keeps the
 * number of the program that a file belongs to: so a copy and a backup keep it.
 */
export const marks = { record: 0x574d4b52, demonstration: 0x574d4b44 } as const // WMKR, WMKD
export type DatabaseKind = keyof typeof marks

/** The database is not of the kind that it was opened as. */
export class WrongKind extends CannotOpen {
  override name = 'WrongKind'
}

const markOf = (database: Database.Database): number =>
  database.pragma('application_id', { simple: true }) as number

/**
 * Of which kind a database is; undefined where nothing was ever kept in it. One that holds something
 * and does not say is a record: what is not known to be made up is about somebody.
 * @throws {WrongKind} where the file belongs to another program
 */
export function kindOf(database: Database.Database): DatabaseKind | undefined {
  const mark = markOf(database)
  if (mark === marks.record) return 'record'
  if (mark === marks.demonstration) return 'demonstration'
  if (mark !== 0)
    throw new WrongKind(
      'It belongs to another program.',
      'Name a database of Waymark, or a file that does not exist yet, in WAYMARK_DATABASE.',
    )
  return holdsAnything(database) ? 'record' : undefined
}

function holdsAnything(database: Database.Database): boolean {
  const table = (name: string) =>
    database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined
  return ['child', 'clinic', 'rule_set'].some(
    (name) => table(name) && database.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() !== undefined,
  )
}

/**
 * Refuses a database of another kind, and changes nothing.
 * @throws {WrongKind} with what to do
 */
export function refuseOtherKind(database: Database.Database, wanted: DatabaseKind): void {
  const kind = kindOf(database)
  if (kind === undefined || kind === wanted) return
  throw wanted === 'demonstration'
    ? new WrongKind(
        'It holds real cases, and a demonstration lets everybody in.',
        'Set WAYMARK_DEMO=0 to open the record, or name another file in WAYMARK_DATABASE for a demonstration.',
      )
    : new WrongKind(
        'It holds the made-up cases of a demonstration.',
        'Name another file in WAYMARK_DATABASE for the record, or set WAYMARK_DEMO=1 to see the demonstration.',
      )
}

/** Of which kind a database is to be, and the instant at which that is said. */
export type Mark = { kind: DatabaseKind; at: string }

/**
 * Writes into a new database of which kind it is, for ever, and into its log that it was said. Two
 * services that start at once agree.
 * @throws {WrongKind} where another came first, with the other kind
 */
export function markAs(database: Database.Database, { kind, at }: Mark, rows: Runner): void {
  if (markOf(database) === marks[kind]) return
  database
    .transaction(() => {
      refuseOtherKind(database, kind)
      if (markOf(database) === marks[kind]) return
      database.pragma(`application_id = ${marks[kind]}`)
      rows.log([actOf(ofService(), { ...byTheService(marking, at), purpose: kind })])
    })
    .immediate()
}

/** How the act is called that says of which kind a database is, with the kind as its purpose. */
export const marking = 'database.mark'
