import type { Effect } from '../src/domain/effect.ts'
import { type ChartName, type EventOf, type SnapshotOf, standing } from './charts.ts'
import { deliveryEffects } from './effects/delivery.ts'
import { policyEffects } from './effects/policy.ts'
import { referralEffects } from './effects/referral.ts'
import { supersedes } from './effects/referral-decision.ts'

const tables = { referral: referralEffects, delivery: deliveryEffects, policy: policyEffects }

type Line = readonly Effect[] | ((change: unknown) => readonly Effect[])

/**
 * What casework is to carry out after a step, as data: tasks, clocks, notices, what goes on the
 * record. The same step always asks for the same.
 */
export function effectsOf<Name extends ChartName>(
  name: Name,
  before: SnapshotOf<Name>,
  event: EventOf<Name>,
  after: SnapshotOf<Name>,
): Effect[] {
  const line = (tables[name] as Record<string, Line>)[event.type]
  if (!line) throw new Error(`The ${name} chart has no line of effects for "${event.type}".`)
  const change = { event, before: standing(before), after: standing(after) }
  const always = name === 'referral' ? supersedes(change as never) : []
  return [...always, ...(typeof line === 'function' ? line(change) : line)]
}

/** What opening a history asks for, before the first step. */
export function effectsOfOpening<Name extends ChartName>(
  name: Name,
  event: EventOf<Name>,
  first: SnapshotOf<Name>,
): Effect[] {
  return effectsOf(name, first, event, first)
}
