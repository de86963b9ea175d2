import { type AnyStateMachine, initialTransition, transition } from 'xstate'
import type { Effect } from '../src/domain/effect.ts'
import type { Block, Refusal } from '../src/domain/refusal.ts'
import {
  type ChartName,
  charts,
  conditionOf,
  type EventOf,
  type SnapshotOf,
  standing,
  type Way,
  waysOf,
} from './charts.ts'
import { effectsOf } from './effects.ts'
import { stateSays } from './words.ts'

/** What comes of an event: where the case stands now and what to carry out, or why not now. */
export type Step<Name extends ChartName> =
  | { ok: true; snapshot: SnapshotOf<Name>; effects: Effect[] }
  | { ok: false; refusal: Refusal }

/** Where a history begins. The opening event is recorded with it; it is never a step. */
export function open<Name extends ChartName>(name: Name): SnapshotOf<Name> {
  const [first] = initialTransition(charts[name].machine as AnyStateMachine)
  return first as SnapshotOf<Name>
}

/**
 * The events that can be answered now, as far as that can be told before the event is there: what
 * waits for the case itself (an unanswered letter, a missing confirmation) is left out.
 */
export function allowed<Name extends ChartName>(name: Name, snapshot: SnapshotOf<Name>): string[] {
  const { value, context } = standing(snapshot)
  const opens = ({ conditions }: Way) =>
    conditions
      .map((id) => conditionOf(name, id))
      .every(({ looksAt, holds }) => looksAt !== 'case' || holds(context, undefined))
  const ways = waysOf(name, value).filter(opens)
  return [...new Set(ways.map(({ event }) => event))].sort()
}

/** Takes one event: the next snapshot with its effects, or a refusal. Nothing is ever ignored. */
export function step<Name extends ChartName>(
  name: Name,
  snapshot: SnapshotOf<Name>,
  event: EventOf<Name>,
): Step<Name> {
  const ways = waysOf(name, standing(snapshot).value, event.type)
  const blocked = ways.map((way) => failing(name, snapshot, event, way))
  if (!blocked.some((conditions) => conditions.length === 0))
    return { ok: false, refusal: refusal(name, snapshot, event, blocked) }
  const [next] = transition(charts[name].machine as never, snapshot as never, event as never)
  const after = next as SnapshotOf<Name>
  return { ok: true, snapshot: after, effects: effectsOf(name, snapshot, event, after) }
}

const failing = <Name extends ChartName>(
  name: Name,
  snapshot: SnapshotOf<Name>,
  event: EventOf<Name>,
  { conditions }: Way,
): string[] =>
  conditions.filter((id) => !conditionOf(name, id).holds(standing(snapshot).context, event))

function refusal<Name extends ChartName>(
  name: Name,
  snapshot: SnapshotOf<Name>,
  event: EventOf<Name>,
  blocked: readonly string[][],
): Refusal {
  // Of several ways, the one that was meant and lacks least.
  const lacks = (ids: readonly string[]) =>
    ids.length + 100 * ids.filter((id) => conditionOf(name, id).chooses).length
  const nearest = [...blocked].sort((one, other) => lacks(one) - lacks(other))[0]
  const state = standing(snapshot).value
  const here = stateSays[name][state] ?? state
  return {
    kind: 'refusal',
    asked: event.type,
    why: nearest
      ? nearest.map((id) => conditionOf(name, id).says).join(' ')
      : `"${event.type}" has no place while ${here} ("${state}").`,
    allowed: allowed(name, snapshot).filter((type) => type !== event.type),
    blockedBy: (nearest ?? []).flatMap((id) => blocks(name, id, event)),
  }
}

/** A gate names each requirement that is outstanding; every other condition names itself. */
function blocks<Name extends ChartName>(name: Name, id: string, event: EventOf<Name>): Block[] {
  const { says } = conditionOf(name, id)
  const missing = id === 'nothingOutstanding' ? outstanding(event) : []
  if (missing.length === 0) return [{ what: 'condition', id, says }]
  return missing.map((requirement) => ({ what: 'requirement', id: requirement, says }))
}

function outstanding(event: object): readonly string[] {
  if ('outstanding' in event) return event.outstanding as readonly string[]
  if ('answer' in event) return outstanding(event.answer as object)
  return []
}
