import { type CaseRow, type Change, type Committed, SubjectErased } from '../src/casework/ports.ts'
import { type AccessWriter, caseSubject } from './access.ts'
import type { ReferralRow } from './case-row.ts'
import { type CaseFinder, rowWriter } from './case-rows.ts'
import { canonical, digestOfEntries } from './chain.ts'
import type { idempotencyKeeper } from './idempotency.ts'
import type { KeyRing } from './key-ring.ts'
import { chainOf, type Link } from './links.ts'
import type { OutboxWriter } from './outbox.ts'
import { caseEvent } from './schema.ts'
import type { Connection } from './statements.ts'
import { type Act, entryRows, entryWriter } from './write-entries.ts'

/** What commits need beside their own statements. */
export type Parts = {
  keys: KeyRing
  find: CaseFinder
  access: AccessWriter
  send: OutboxWriter
  idempotency: ReturnType<typeof idempotencyKeeper>
}

/** Writes one act. To be run in one immediate transaction: it writes all of it or throws. */
export function committer(connection: Connection, parts: Parts): (change: Change) => Committed {
  const { keys, find, access, send, idempotency } = parts
  const rows = rowWriter(connection, keys)
  const writeEntries = entryWriter(connection)
  const writeEvents = eventWriter(connection)
  return (change) => {
    const { row, idempotency: answer } = change
    if (answer && idempotency.used(answer.owner, answer.key)) return { kind: 'repeated' }
    const before = find.case(row.id)
    if ((before?.version ?? null) !== change.from) return { kind: 'stale' }
    if (find.referenceTaken(row)) return { kind: 'reference-taken' }
    rows.before(change, before, isNewChild(find, change))
    // A case that goes elsewhere does so in the history of the partnership that sends it.
    const link = access.next(before?.partnership ?? row.partnership)
    const act = actOf(row, link)
    const entries = entryRows(keys, act, change)
    const covers = digestOfEntries(entries.map(({ covered }) => covered))
    logAct(access, change, before, { covers, link })
    writeEntries(entries)
    writeEvents(change, act, covers)
    rows.after(change)
    for (const message of change.outbox ?? []) send(message, change.access.at)
    if (answer) idempotency.keep(answer, row)
    return { kind: 'done' }
  }
}

/**
 * Whether the change is the first about its child.
 * @throws {SubjectErased} for a child whose record was erased
 */
function isNewChild(find: CaseFinder, { row }: Change): boolean {
  const known = find.child(row.child)
  if (known?.erasedAt)
    throw new SubjectErased('This child’s record was erased; nothing is added to it.')
  return known === undefined
}

function actOf({ id, child, version }: CaseRow, { partnership, seq }: Link): Act {
  return { referral: id, child, version, partnership, access: seq }
}

/** Logs the writing, at both ends where the case changes hands. */
function logAct(
  access: AccessWriter,
  { row, access: by }: Change,
  before: ReferralRow | undefined,
  written: { covers: string | null; link: Link },
): void {
  access.log(caseSubject(before ?? row), by, written)
  if (before && before.partnership !== row.partnership) access.log(caseSubject(row), by)
}

function eventWriter(connection: Connection) {
  const chain = chainOf(connection, caseEvent)
  return ({ events = [] }: Change, act: Act, covers: string | null) => {
    for (const [place, { id, chart, delivery, event }] of events.entries())
      chain.append({
        ...act,
        id,
        place,
        chart,
        delivery,
        type: event.type,
        at: event.at,
        actor: canonical(event.by),
        body: canonical(event),
        covers,
      })
  }
}
