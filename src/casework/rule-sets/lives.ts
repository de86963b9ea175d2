import type { EventOf, SnapshotOf } from '../../../machines/charts.ts'
import { allowed, open, step } from '../../../machines/step.ts'
import { stateSays } from '../../../machines/words.ts'
import type { RuleSetEvent } from '../ports.ts'

/** One rule set of a partnership, from the day on which it was loaded. */
export type RuleSetLife = {
  digest: string
  snapshot: SnapshotOf<'policy'>
  state: RuleSetState
  stateSays: string
  /** The events that can be answered now. */
  allowed: readonly string[]
  events: readonly RuleSetEvent[]
}
export type RuleSetState = SnapshotOf<'policy'>['value']

/**
 * The rule sets of a partnership as their events tell them, in the order in which they were loaded.
 * A set that was withdrawn or followed by another, and is loaded again, begins again.
 * @param events all of the partnership, in order
 */
export function livesOf(events: readonly RuleSetEvent[]): RuleSetLife[] {
  const lives: RuleSetEvent[][] = []
  for (const one of events) {
    const life = lives.findLast(([first]) => first?.digest === one.digest)
    if (one.event.type === 'ruleSet.loaded' || !life) lives.push([one])
    else life.push(one)
  }
  return lives.flatMap((life) => lifeOf(life) ?? [])
}

/** The one that is in force: there is at most one. */
export const inForce = (lives: readonly RuleSetLife[]): RuleSetLife | undefined =>
  lives.find(({ state }) => state === 'inForce')

function lifeOf(events: readonly RuleSetEvent[]): RuleSetLife | undefined {
  const [first, ...later] = events
  if (!first) return undefined
  const snapshot = later.reduce(after, open('policy'))
  const { value: state } = snapshot
  const says = stateSays.policy[state] ?? ''
  const next = allowed('policy', snapshot)
  return { digest: first.digest, snapshot, state, stateSays: says, allowed: next, events }
}

/** @throws where the record holds what the chart never let in */
function after(snapshot: SnapshotOf<'policy'>, { id, event }: RuleSetEvent): SnapshotOf<'policy'> {
  const stepped = step('policy', snapshot, event as EventOf<'policy'>)
  if (!stepped.ok) throw new Error(`The event ${id} of a rule set does not follow the one before.`)
  return stepped.snapshot
}
