import { randomUUID } from 'node:crypto'
import type { CaseRow, Change, IdempotentAnswer, KeysAtHand } from '../../src/casework/ports.ts'
import { canonical } from './canonical.ts'
import { fromCase, type ReferralRow } from './case-row.ts'
import { entryRows, type Place } from './entry-rows.ts'
import { identityPlace } from './identity.ts'
import { actOf, type CaseAndChild, linesOf, type Written } from './log.ts'
import { childSubject, victimSubject } from './seal.ts'
import { sealFor } from './sealed.ts'
import { standingRows } from './standing-rows.ts'
import type { Put, RowOf } from './tables.ts'

/** What stands before a change, as far as its rows hang on it. */
export type Before = {
  row: ReferralRow | undefined
  child: RowOf<'child'> | undefined
  /** The victims of the case that have a row. */
  victims: readonly number[]
}

/** Whose keys a change needs: those that have none yet, and all of them. */
export function subjectsOf(change: Change, before: Before): { fresh: string[]; all: string[] } {
  const { id, child } = change.row
  const known = new Set(before.victims)
  const spokenOf = new Set(victimsSpokenOf(change))
  const subject = (number: number) => victimSubject(id, number)
  const freshVictims = [...victimsAfter(change, before).keys()].filter((one) => !known.has(one))
  const fresh = [...(before.child ? [] : [childSubject(child)]), ...freshVictims.map(subject)]
  return { fresh, all: [...new Set([childSubject(child), ...[...spokenOf].map(subject)])] }
}

/**
 * Everything that a change writes, sealed and with its digests, and nothing of it in its place yet:
 * made before anything is locked. A case that goes elsewhere does so in the log of the partnership
 * that sends it; the other logs it too.
 */
export function rowsOf(change: Change, before: Before, keys: KeysAtHand): Written {
  const { row, access } = change
  const { id, child, version } = row
  const act = randomUUID()
  const place = { referral: id, child, version, act }
  const puts = putsOf(change, before, keys, place)
  const cases: CaseAndChild[] = [[id, child]]
  const { partnership, area } = before.row ?? row
  const here = actOf({ partnership, area, cases, version, id: act }, access, linesOf(puts))
  const moved = before.row && before.row.partnership !== row.partnership
  const there = moved
    ? [actOf({ partnership: row.partnership, area: row.area, cases }, access)]
    : []
  return { acts: [here, ...there], puts, removed: [] }
}

/** In the order in which foreign keys allow them to be written. */
function putsOf(change: Change, before: Before, keys: KeysAtHand, place: Place): Put[] {
  const { row, identity, idempotency: answer } = change
  const { id, child } = row
  const sealed = identity ? sealFor(keys, identityPlace(child), identity) : null
  return [
    ...(before.child && !identity
      ? []
      : [{ table: 'child' as const, row: { id: child, identity: sealed, erasedAt: null } }]),
    { table: 'referral', row: fromCase(row, before.row) },
    ...newOffences(row, before),
    ...[...victimsAfter(change, before)].map(
      ([number, offences]): Put => ({
        table: 'victim',
        row: { referral: id, number, offences: offences && JSON.stringify(offences) },
      }),
    ),
    ...entryRows(keys, place, change),
    ...eventRows(change, place, before),
    ...standingRows(id, change),
    ...messageRows(change, place),
    ...(answer ? [keptAnswer(answer, place, keys)] : []),
  ]
}

const newOffences = ({ id, offences }: CaseRow, { row }: Before): Put[] =>
  Array.from({ length: Math.max(0, offences - (row?.offences ?? 0)) }, (_, i) => ({
    table: 'offence',
    row: { referral: id, number: (row?.offences ?? 0) + i + 1 },
  }))

function eventRows({ row, events = [] }: Change, place: Place, before: Before): Put[] {
  const partnership = (before.row ?? row).partnership
  return events.map(({ id, chart, delivery, event }, i): Put => {
    const said = { type: event.type, at: event.at, actor: canonical(event.by) }
    const body = canonical(event)
    return {
      table: 'case_event',
      row: { partnership, id, ...place, place: i, chart, delivery, ...said, body },
    }
  })
}

const messageRows = ({ outbox = [], access: { at } }: Change, { act }: Place): Put[] =>
  outbox.map(
    ({ id, kind, body }): Put => ({
      table: 'outbox',
      row: { id, act, kind, body: JSON.stringify(body), at },
    }),
  )

/** Where the answer to a repeated request stands. */
export const answerPlace = (owner: string, key: string, child: string) => ({
  table: 'idempotency_key',
  row: JSON.stringify([owner, key]),
  subject: childSubject(child),
})

function keptAnswer(
  { owner, key, status, at, ...content }: IdempotentAnswer,
  { referral, child }: Place,
  keys: KeysAtHand,
): Put {
  const sealed = sealFor(keys, answerPlace(owner, key, child), content)
  return { table: 'idempotency_key', row: { owner, key, referral, child, status, at, sealed } }
}

/** The victims that a change writes: those that it says something new of, by their number. */
function victimsAfter(
  change: Change,
  { victims: known }: Before,
): ReadonlyMap<number, readonly number[] | null> {
  const rows = new Map<number, readonly number[] | null>()
  for (const number of victimsSpokenOf(change)) if (!known.includes(number)) rows.set(number, null)
  for (const { number, offences } of change.victims ?? []) rows.set(number, offences)
  return rows
}

/** Victims of whom something is said: they are there from then on. */
const victimsSpokenOf = ({ answers = [], victimEntries = [] }: Change): number[] => [
  ...answers.flatMap(({ about }) => (about.what === 'victim' ? [about.number] : [])),
  ...victimEntries.map(({ number }) => number),
]
