import { effectsOfOpening } from '../../machines/effects.ts'
import { open, step } from '../../machines/step.ts'
import { keep, restore } from '../../machines/versions.ts'
import type { Effect } from '../domain/effect.ts'
import type { WaymarkEvent } from '../domain/events.ts'
import { forgetTheDecision } from './answers/of-the-decision.ts'
import type { Act, Stepped } from './draft.ts'
import type { DeliveryRow } from './ports.ts'

/**
 * Carries out what the charts ask for, as rows of the same transaction: notices to the outbox, the
 * delivery's own row, and the referral's step where a delivery tells it something. Tasks and clocks
 * are settled at the end, when the rules have run.
 */
export function carryOut(act: Act, stepped: Stepped): void {
  const { chart, events, snapshot } = stepped
  const delivery = act.delivery
  for (const { id, event } of events)
    act.draft.events.push({
      id,
      chart,
      delivery: chart === 'delivery' ? (delivery?.id ?? null) : null,
      event,
    })
  if (chart === 'delivery' && delivery) act.draft.deliveries.push({ ...delivery, snapshot })
  else act.file = { ...act.file, row: { ...act.file.row, snapshot } }
  for (const effect of [...stepped.effects]) one(act, stepped, effect)
  forgetTheDecision(act, stepped)
}

function one(act: Act, stepped: Stepped, effect: Effect): void {
  if (effect.kind === 'notice')
    tell(act, { notice: effect.notice, to: effect.to, sameDay: effect.sameDay })
  if (effect.kind === 'record') tell(act, { notice: 'recorded', what: effect.what })
  if (effect.kind === 'delivery' && effect.does === 'stop') stopDelivery(act, stepped)
  if (effect.kind === 'delivery' && effect.does !== 'stop') openDelivery(act, stepped)
  if (effect.kind === 'tell-referral') tellReferral(act, stepped, effect.event)
}

/** What others are told, in ids and codes alone. */
export function tell(
  act: Pick<Act, 'deps' | 'draft' | 'file' | 'at'>,
  body: Record<string, unknown>,
) {
  const { id, partnership } = act.file.row
  act.draft.outbox.push({
    id: act.deps.newId(),
    kind: 'notice',
    body: { ...body, case: id, partnership, at: act.at },
  })
}

const who = ({ actor, at }: Act) => ({ by: actor, at })

/** Opens a delivery: after the giving, and again when the police varied what was not completed. */
function openDelivery(act: Act, stepped: Stepped): void {
  const last = act.file.deliveries.at(-1)
  const decision = act.file.decisions.at(-1)
  const first = open('delivery')
  const row: DeliveryRow = {
    id: act.deps.newId(),
    decision: decision?.id ?? last?.decision ?? '',
    snapshot: keep('delivery', first),
  }
  const event = { type: 'delivery.agreed', ...who(act), decisionId: row.decision } as WaymarkEvent
  stepped.effects.push(...effectsOfOpening('delivery', event as never, first))
  act.draft.deliveries.push(row)
  act.draft.events.push({ id: act.deps.newId(), chart: 'delivery', delivery: row.id, event })
  const open_ = act.file.conditions.filter(({ state }) => state !== 'met')
  const again = open_.map((one) => ({ ...one, delivery: row.id }))
  const fresh = (decision?.conditions ?? []).map(({ id, startBy, dueOn }) => ({
    id,
    delivery: row.id,
    decision: row.decision,
    state: 'open' as const,
    startBy,
    dueOn,
  }))
  act.draft.conditions.push(...(last?.decision === row.decision ? again : fresh))
}

/** The case moved on: what was being delivered stops with it. */
function stopDelivery(act: Act, stepped: Stepped): void {
  const last = act.file.deliveries.at(-1)
  const restored = last && restore('delivery', last.snapshot)
  if (!last || !restored?.ok) return
  const code = act.draft.events[0]?.event.type === 'disposal.setAside' ? 'set-aside' : 'other'
  const event = {
    type: 'delivery.stopped',
    ...who(act),
    reason: { code, ...(code === 'other' ? { noteId: act.draft.events[0]?.id } : {}) },
  } as WaymarkEvent
  const next = step('delivery', restored.value.snapshot, event as never)
  if (!next.ok) return
  stepped.effects.push(...next.effects)
  act.draft.deliveries.push({ ...last, snapshot: keep('delivery', next.snapshot) })
  act.draft.events.push({ id: act.deps.newId(), chart: 'delivery', delivery: last.id, event })
}

/** What a delivery came to, told to the referral's own chart by who brought it about. */
function tellReferral(act: Act, stepped: Stepped, type: string): void {
  const restored = restore('referral', act.file.row.snapshot)
  if (!restored.ok) throw new Error('The stored snapshot of the referral cannot be read.')
  const event = { type, ...who(act), deliveryId: act.delivery?.id ?? '' } as WaymarkEvent
  const next = step('referral', restored.value.snapshot, event as never)
  if (!next.ok) throw new Error(`The referral does not take "${type}": ${next.refusal.why}`)
  act.file = { ...act.file, row: { ...act.file.row, snapshot: keep('referral', next.snapshot) } }
  act.draft.events.push({ id: act.deps.newId(), chart: 'referral', delivery: null, event })
  for (const effect of next.effects) {
    stepped.effects.push(effect)
    one(act, stepped, effect)
  }
}
