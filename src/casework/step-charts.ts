import { waysOf } from '../../machines/charts.ts'
import { chosenIn } from '../../machines/referral/reading.ts'
import { allowed, step } from '../../machines/step.ts'
import { keep, restore } from '../../machines/versions.ts'
import { eventRoles } from '../access/event-policy.ts'
import type { ReferralEvent, WaymarkEvent } from '../domain/events.ts'
import type { Block, Refusal } from '../domain/refusal.ts'
import type { Actor, Role } from '../domain/roles.ts'
import { askedTypes, isDeliveryType } from './asked.ts'
import { done, type No, type Outcome } from './casework.ts'
import { whyNotOpen } from './decide/why-not-open.ts'
import type { Act, Ready, Stepped } from './draft.ts'
import { taskOf } from './gate.ts'

/**
 * The refusal of what has no place where the case stands, or `undefined`. Asked before anything else
 * is looked at, so that nobody is told to mend what could not be recorded in any case.
 */
export function outOfPlace(one: Act, type: string): No | undefined {
  const chart = isDeliveryType(type) ? 'delivery' : 'referral'
  const kept = chart === 'delivery' ? one.delivery?.snapshot : one.file.row.snapshot
  if (!kept) return nothingDelivered(one, type)
  if (waysOf(chart, kept.value, type).length > 0) return undefined
  const restored = restore(chart, kept)
  if (!restored.ok) throw new Error(restored.problems.map(({ message }) => message).join(' '))
  const event = { type, by: one.actor, at: one.at }
  const next = step(chart, restored.value.snapshot as never, event as never)
  return next.ok ? undefined : { ok: false, why: 'refused', refusal: said(one, next.refusal) }
}

/** Steps the chart that the events belong to; a refusal of any of them refuses all. */
export function stepAll(one: Act, events: Ready): Outcome<Stepped> {
  const chart = events.some(({ event }) => isDeliveryType(event.type)) ? 'delivery' : 'referral'
  if (chart === 'delivery' && !one.delivery)
    return nothingDelivered(one, events[0]?.event.type ?? '')
  const kept = chart === 'delivery' ? one.delivery?.snapshot : one.file.row.snapshot
  const restored = restore(chart, kept)
  if (!restored.ok) throw new Error(restored.problems.map(({ message }) => message).join(' '))
  let snapshot = restored.value.snapshot
  const effects: Stepped['effects'] = []
  for (const { event } of events) {
    const next = step(chart, snapshot as never, event as never)
    if (!next.ok) return { ok: false, why: 'refused', refusal: said(one, next.refusal, event) }
    snapshot = next.snapshot as typeof snapshot
    effects.push(...next.effects)
  }
  const before = String(kept?.value)
  return done({ chart, events, before, snapshot: keep(chart, snapshot as never), effects })
}

/** A refusal in the words of the rules: each requirement with its task, and only what can be asked. */
function said(act: Act, refusal: Refusal, event?: WaymarkEvent): Refusal {
  const requirements = act.recommendation?.summary.requirements ?? []
  return {
    ...refusal,
    allowed: refusal.allowed.filter((type) => mayAsk(act.actor, type)),
    blockedBy: refusal.blockedBy.flatMap((block) => [
      { ...block, says: taskOf(block.id, requirements) ?? block.says },
      ...(event ? behind(act, block, event) : []),
    ]),
  }
}

/** What stands behind a condition on what was chosen: disposals that are not open, and questions. */
const behind = ({ recommendation, ruleSet }: Act, { id }: Block, event: WaymarkEvent): Block[] =>
  recommendation
    ? whyNotOpen(id, chosenIn(event as ReferralEvent), recommendation.summary, ruleSet.policy.facts)
    : []

/** Whether somebody in this role may ask for it at all. */
export const mayAsk = ({ role }: Actor, type: string): boolean =>
  askedTypes.includes(type) &&
  (eventRoles as Record<string, readonly Role[]>)[type]?.includes(role) === true

function nothingDelivered({ file, actor }: Act, asked: string): No {
  const restored = restore('referral', file.row.snapshot)
  return {
    ok: false,
    why: 'refused',
    refusal: {
      kind: 'refusal',
      asked,
      why: 'Nothing is being delivered: a disposal must be given first.',
      allowed: restored.ok
        ? allowed('referral', restored.value.snapshot).filter((type) => mayAsk(actor, type))
        : [],
      blockedBy: [],
    },
  }
}
