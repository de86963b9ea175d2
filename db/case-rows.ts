import { and, eq, ne, sql } from 'drizzle-orm'
import type { CaseRow, Change } from '../src/casework/ports.ts'
import { fromCase, fromSnapshot, type ReferralRow } from './case-row.ts'
import type { KeyRing } from './key-ring.ts'
import {
  child,
  clinicItem,
  clock,
  condition,
  delivery,
  offence,
  referral,
  task,
  victim,
} from './schema.ts'
import { childSubject, victimSubject } from './seal.ts'
import { sealFor } from './sealed.ts'
import { type Connection, inserter, updater, upserter } from './statements.ts'

/** The rows that change: each replaces the one of the same key. */
export function rowWriter(connection: Connection, keys: KeyRing) {
  const writeCase = caseWriter(connection, keys)
  const deliveries = upserter(connection, delivery, 'referral', 'id')
  const conditions = upserter(connection, condition, 'referral', 'id')
  const tasks = upserter(connection, task, 'referral', 'id')
  const clocks = upserter(connection, clock, 'referral', 'id')
  const items = upserter(connection, clinicItem, 'clinic', 'referral')
  return {
    /** The child, the case, its offences and its victims: what the rest of the act points to. */
    before: writeCase,
    after: (change: Change) => {
      const { id } = change.row
      for (const { snapshot, ...one } of change.deliveries ?? [])
        deliveries({ ...one, referral: id, ...fromSnapshot(snapshot) })
      for (const one of change.conditions ?? []) conditions({ ...one, referral: id })
      for (const { of, ...one } of change.tasks ?? []) tasks({ ...one, referral: id, agency: of })
      for (const one of change.clocks ?? []) clocks({ ...one, referral: id })
      for (const one of change.clinicItems ?? [])
        items({ clinic: one.clinic, referral: one.case, state: one.state })
    },
  }
}

function caseWriter(connection: Connection, keys: KeyRing) {
  const children = upserter(connection, child, 'id')
  const openCase = inserter(connection, referral)
  const changeCase = updater(connection, referral, 'id')
  const offences = inserter(connection, offence)
  const victims = victimWriter(connection)
  return (change: Change, before: ReferralRow | undefined, newChild: boolean) => {
    const { row, identity, access } = change
    const { fresh, write } = victims(change)
    const subject = childSubject(row.child)
    keys.make([...(newChild ? [subject] : []), ...fresh], access.at)
    const place = { table: 'child', row: row.child, subject }
    if (newChild || identity)
      children({ id: row.child, identity: identity ? sealFor(keys, place, identity) : null })
    if (before) changeCase(fromCase(row), before)
    else openCase(fromCase(row))
    for (let number = (before?.offences ?? 0) + 1; number <= row.offences; number += 1)
      offences({ referral: row.id, number })
    write()
  }
}

/** Tells which victims are new, as subjects of keys, and writes them once these are made. */
function victimWriter(connection: Connection) {
  const upsert = upserter(connection, victim, 'referral', 'number')
  const known = connection.orm
    .select({ number: victim.number })
    .from(victim)
    .where(eq(victim.referral, sql.placeholder('id')))
    .prepare()
  return ({ row: { id }, victims = [], ...change }: Change) => {
    const rows = new Map<number, readonly number[] | null>()
    for (const number of victimsSpokenOf(change)) rows.set(number, null)
    const before = new Set(rows.size + victims.length > 0 ? numbersOf(known.all({ id })) : [])
    for (const number of before) rows.delete(number)
    for (const { number, offences } of victims) rows.set(number, offences)
    const fresh = [...rows.keys()].filter((number) => !before.has(number))
    return {
      fresh: fresh.map((number) => victimSubject(id, number)),
      write: () => {
        for (const [number, offences] of rows)
          upsert({ referral: id, number, offences: offences && JSON.stringify(offences) })
      },
    }
  }
}

const numbersOf = (rows: readonly { number: number }[]) => rows.map(({ number }) => number)

/** Victims of whom something is said: they are there from then on. */
const victimsSpokenOf = ({ answers = [], victimEntries = [] }: Partial<Change>): number[] => [
  ...answers.flatMap(({ about }) => (about.what === 'victim' ? [about.number] : [])),
  ...victimEntries.map(({ number }) => number),
]

/** Finds what an act must be checked against before it is written. */
export function caseFinder({ orm }: Connection) {
  const byId = orm
    .select()
    .from(referral)
    .where(eq(referral.id, sql.placeholder('id')))
    .prepare()
  const childById = orm
    .select()
    .from(child)
    .where(eq(child.id, sql.placeholder('id')))
    .prepare()
  const byReference = orm
    .select({ id: referral.id })
    .from(referral)
    .where(
      and(
        eq(referral.partnership, sql.placeholder('partnership')),
        eq(referral.reference, sql.placeholder('reference')),
        ne(referral.id, sql.placeholder('id')),
      ),
    )
    .prepare()
  return {
    case: (id: string) => byId.get({ id }),
    child: (id: string) => childById.get({ id }),
    referenceTaken: ({ id, partnership, reference }: CaseRow) =>
      reference !== null && byReference.get({ id, partnership, reference }) !== undefined,
  }
}
export type CaseFinder = ReturnType<typeof caseFinder>
