import { randomUUID } from 'node:crypto'
import type { Access } from '../../src/casework/ports.ts'
import { bodyOf, canonical, digester } from './canonical.ts'
import { serviceChain } from './chain.ts'
import {
  type Cell,
  type Key,
  type Put,
  type RowOfColumns,
  type TableName,
  tables,
} from './tables.ts'

/** The columns of the access log: the chain itself. */
export const logColumns = {
  partnership: 'text',
  seq: 'integer',
  prev: 'text',
  hash: 'text',
  id: 'text',
  at: 'text',
  person: 'text',
  role: 'text',
  agency: 'text',
  action: 'text',
  request: 'text',
  purpose: 'text?',
  area: 'text?',
  clinic: 'text?',
  version: 'integer?',
  cases: 'text',
  covers: 'text?',
} as const

/** Which act was about which case, so that "who saw this child" is found. Derived from the log. */
export const logIndexColumns = {
  referral: 'text',
  child: 'text',
  partnership: 'text',
  seq: 'integer',
} as const

/**
 * A row of the log. `version` is that of the case or the clinic that was made, nothing where it was
 * read; `cases` are [case, child], … and `covers` the lines of what was written, in canonical JSON.
 */
export type RowOfLog = RowOfColumns<typeof logColumns>

const inChain = ['seq', 'prev', 'hash']

/** The digest of a row of the log, without its place in the chain. */
export const bodyOfAct: (act: Omit<RowOfLog, 'seq' | 'prev' | 'hash'>) => string = digester(
  'access_log',
  Object.keys(logColumns).filter((column) => !inChain.includes(column)),
  (column) => column,
)

/** A case and its child, by their ids. */
export type CaseAndChild = readonly [referral: string, child: string]

/** What one act wrote or took away: the table, what finds the row, and its digest. */
export type Line = readonly [table: TableName, key: Key, body: string | null]

/** A row of the log before it has its place, with its digest. */
export type Act = Omit<RowOfLog, 'seq' | 'prev' | 'hash'> & { body: string }

/** All that one act writes. Its rows name it by its id. */
export type Written = {
  /** The first covers the rows; the others are the same act in the logs of others. */
  acts: readonly Act[]
  puts: readonly Put[]
  removed: readonly Removed[]
}
export type Removed = { table: TableName; key: Key }

/** What an act was done to, and what is known of it before it has its rows. */
export type Subject = {
  partnership: string
  area: string | null
  cases: readonly CaseAndChild[]
  clinic?: string | null
  version?: number | null
  /** Made up where it is left out. */
  id?: string
}

/** A reading or a writing as a row of the log. */
export function actOf(
  subject: Subject,
  { actor: { person, role, agency }, at, action, requestId, purpose }: Doing,
  lines: readonly Line[] = [],
): Act {
  const { partnership, area, cases, clinic = null, version = null, id = randomUUID() } = subject
  const done = { person, role, agency, action, request: requestId, purpose: purpose ?? null }
  const covers = lines.length > 0 ? canonical(lines) : null
  const row = { partnership, area, id, at, ...done, clinic, version, cases: canonical(cases) }
  return { ...row, covers, body: bodyOfAct({ ...row, covers }) }
}

/** As `Access`, also where it is the service itself that acts. */
export type Doing = Omit<Access, 'actor'> & {
  actor: { person: string; role: string; agency: string }
}

/** The lines of what an act writes and takes away. */
export const linesOf = (puts: readonly Put[], removed: readonly Removed[] = []): Line[] => [
  ...puts.map(({ table, row }): Line => [table, keyOf(table, row), bodyOf(table, row)]),
  ...removed.map(({ table, key }): Line => [table, key, null]),
]

/** What finds a row, in the order of its table's key. */
export const keyOf = (table: TableName, row: Readonly<Record<string, unknown>>): Key =>
  tables[table].key.map((column) => row[column] as Cell)

/** One act that writes, in one log. */
export function written(
  subject: Subject,
  by: Doing,
  puts: readonly Put[],
  removed: readonly Removed[] = [],
): Written {
  return { acts: [actOf(subject, by, linesOf(puts, removed))], puts, removed }
}

/** What is done to the service itself and to no case: in a chain of its own. */
export const ofService = (id?: string): Subject => ({
  partnership: serviceChain,
  area: null,
  cases: [],
  ...(id === undefined ? {} : { id }),
})

/** Readings of several cases: one act for each partnership and area that they are of. */
export function actsOnCases(
  cases: readonly { id: string; partnership: string; area: string | null; child: string }[],
  by: Doing,
  clinic: string | null = null,
): Act[] {
  const places = new Map<string, Subject & { cases: CaseAndChild[] }>()
  for (const { id, partnership, area, child } of cases) {
    const name = JSON.stringify([partnership, area])
    const place = places.get(name) ?? { partnership, area, cases: [], clinic }
    place.cases.push([id, child])
    places.set(name, place)
  }
  return [...places.values()].map((place) => actOf(place, by))
}

/** The cases that an act names. */
export const casesOf = ({ cases }: Pick<RowOfLog, 'cases'>): CaseAndChild[] => JSON.parse(cases)

/** What an act wrote and took away. */
export const linesIn = ({ covers }: Pick<RowOfLog, 'covers'>): Line[] =>
  covers === null ? [] : JSON.parse(covers)
