import { isDeepStrictEqual } from 'node:util'
import type { ChartName } from '../../machines/charts.ts'
import { open, step } from '../../machines/step.ts'
import { keep, restore } from '../../machines/versions.ts'
import { openingEvents } from '../domain/events.ts'
import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import { accessFor, type Deps, done, type Outcome, type Request } from './casework.ts'
import type { EventRow, Snapshot } from './ports.ts'
import { reach } from './reach.ts'

/** Where the charts of a case stand: its own, and one for each delivery by its id. */
export type Standing = { referral: Snapshot; deliveries: Readonly<Record<string, Snapshot>> }

/** Where a case stands when it is opened. */
const opened = (): Standing => ({ referral: keep('referral', open('referral')), deliveries: {} })

/**
 * The fold of a history: where the charts stand after these events, and nothing but these. It needs
 * no rules and no day, because a gate is stored with its event as it was worked out.
 * @param events in their order, as the store gives them
 * @param first where to begin; where a case is opened when left out
 * @returns the standing, or the first event that its chart does not take, by its number
 */
export function replay(events: readonly EventRow[], first: Standing = opened()): Result<Standing> {
  let now = first
  for (const row of events) {
    const next = afterEvent(now, row)
    if (!next.ok) return next
    now = next.value
  }
  return fine(now)
}

function afterEvent(now: Standing, row: EventRow): Result<Standing> {
  const kept = row.chart === 'referral' ? now.referral : now.deliveries[row.delivery ?? '']
  const next = stepped(row, kept)
  if (!next.ok) return next
  if (row.chart === 'referral') return fine({ ...now, referral: next.value })
  return fine({ ...now, deliveries: { ...now.deliveries, [row.delivery ?? '']: next.value } })
}

/** The event that opens a history is recorded with it; it is no step. */
function stepped({ chart, type, event, seq }: EventRow, kept: Snapshot | undefined) {
  if (type === openingEvents[chart]) return fine(keep(chart, open(chart)))
  if (!kept) return refuse({ message: `Event ${seq} (${type}) is of a delivery that never began.` })
  const restored = restore(chart, kept)
  if (!restored.ok) return restored
  const next = step(chart, restored.value.snapshot as never, event as never)
  if (next.ok) return fine<Snapshot>(keep(chart, next.snapshot as never))
  return refuse({
    message: `Event ${seq} (${type}) does not follow from those before it: ${next.refusal.why}`,
    mend: 'An event is missing, or one stands there that casework did not write. Restore a backup.',
  })
}

/**
 * Where a history and what is stored beside it differ, one problem for each chart. None where the
 * stored snapshots are just what the events come to.
 */
export function differences(events: readonly EventRow[], stored: Standing): Problem[] {
  if (events[0]?.type !== openingEvents.referral)
    return [{ message: `The history does not begin with "${openingEvents.referral}".` }]
  const replayed = replay(events)
  if (!replayed.ok) return replayed.problems
  const { referral, deliveries } = replayed.value
  const ids = new Set([...Object.keys(deliveries), ...Object.keys(stored.deliveries)])
  return [
    ...differs('referral', 'The case', referral, stored.referral),
    ...[...ids].flatMap((id) =>
      differs('delivery', `Delivery ${id}`, deliveries[id], stored.deliveries[id]),
    ),
  ]
}

function differs(
  chart: ChartName,
  what: string,
  replayed: Snapshot | undefined,
  stored: Snapshot | undefined,
): Problem[] {
  if (!replayed) return [{ message: `${what} is stored, and no event began it.` }]
  if (!stored) return [{ message: `${what} began by its events, and is not stored.` }]
  const restored = restore(chart, stored)
  if (!restored.ok) return restored.problems
  if (isDeepStrictEqual(plain(replayed), plain(keep(chart, restored.value.snapshot as never))))
    return []
  return [
    {
      message: `${what} is stored in "${stored.value}"; its events come to "${replayed.value}"${
        stored.value === replayed.value ? ', with something else remembered' : ''
      }.`,
    },
  ]
}

/** As it comes back from a store: without what is undefined. */
const plain = (snapshot: Snapshot): unknown => JSON.parse(JSON.stringify(snapshot))

/** Whether one case stands where its history says, for whoever may read the history. It is logged. */
export async function checkReplay(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<{ events: number; found: readonly Problem[] }>> {
  const reached = await reach(deps, request.caller, id, 'case.read-history')
  if (!reached.ok) return reached
  const access = accessFor(deps, request, reached.value.actor, 'case.check-replay')
  const file = await deps.store.read(id, ['deliveries'], access)
  const events = await deps.store.history(id, access)
  const deliveries = Object.fromEntries(
    (file?.deliveries ?? []).map((one) => [one.id, one.snapshot]),
  )
  const referral = file?.row.snapshot ?? reached.value.row.snapshot
  return done({ events: events.length, found: differences(events, { referral, deliveries }) })
}
