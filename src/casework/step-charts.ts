import { allowed, step } from '../../machines/step.ts'
import { keep, restore } from '../../machines/versions.ts'
import type { Refusal } from '../domain/refusal.ts'
import { askedTypes, isDeliveryType } from './asked.ts'
import { done, type Outcome } from './casework.ts'
import type { Act, Ready, Stepped } from './draft.ts'
import { taskOf } from './gate.ts'

/** Steps the chart that the events belong to; a refusal of any of them refuses all. */
export function stepAll(one: Act, events: Ready): Outcome<Stepped> {
  const chart = events.some(({ event }) => isDeliveryType(event.type)) ? 'delivery' : 'referral'
  if (chart === 'delivery' && !one.delivery) return nothingDelivered(one, events)
  const kept = chart === 'delivery' ? one.delivery?.snapshot : one.file.row.snapshot
  const restored = restore(chart, kept)
  if (!restored.ok) throw new Error(restored.problems.map(({ message }) => message).join(' '))
  let snapshot = restored.value.snapshot
  const effects: Stepped['effects'] = []
  for (const { event } of events) {
    const next = step(chart, snapshot as never, event as never)
    if (!next.ok) return { ok: false, why: 'refused', refusal: said(one, next.refusal) }
    snapshot = next.snapshot as typeof snapshot
    effects.push(...next.effects)
  }
  const before = String(kept?.value)
  return done({ chart, events, before, snapshot: keep(chart, snapshot as never), effects })
}

/** A refusal in the words of the rules: each requirement with its task, and only what can be asked. */
function said({ recommendation }: Act, refusal: Refusal): Refusal {
  const requirements = recommendation?.summary.requirements ?? []
  return {
    ...refusal,
    allowed: refusal.allowed.filter((type) => askedTypes.includes(type)),
    blockedBy: refusal.blockedBy.map((block) => ({
      ...block,
      says: taskOf(block.id, requirements) ?? block.says,
    })),
  }
}

function nothingDelivered({ file }: Act, events: Ready): Outcome<never> {
  const restored = restore('referral', file.row.snapshot)
  return {
    ok: false,
    why: 'refused',
    refusal: {
      kind: 'refusal',
      asked: events[0]?.event.type ?? '',
      why: 'Nothing is being delivered: a disposal must be given first.',
      allowed: restored.ok ? allowed('referral', restored.value.snapshot) : [],
      blockedBy: [],
    },
  }
}
