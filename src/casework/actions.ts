import { conditionOf, waysOf } from '../../machines/charts.ts'
import { allowed } from '../../machines/step.ts'
import { restore } from '../../machines/versions.ts'
import { type Caller, mayDo, type Where } from '../access/caller.ts'
import type { Action } from '../access/policy.ts'
import { gateStages } from '../domain/events/parts.ts'
import { eventSays } from '../domain/events.ts'
import type { Block } from '../domain/refusal.ts'
import { askedTypes } from './asked.ts'
import { outstanding, taskOf } from './gate.ts'
import type { CaseFile, Snapshot } from './ports.ts'

/** Something that a caller may record now, or what has to come first. */
export type CaseAction = { event: string; says: string; open: boolean; blockedBy: Block[] }

/**
 * What a caller may do with a case now, and what blocks the rest, as far as that can be told before
 * the event is there. What the caller's roles may never record is left out.
 */
export function actionsFor(caller: Caller, where: Where, file: CaseFile): CaseAction[] {
  const delivery = file.deliveries.at(-1)
  const kept: Snapshot[] = [file.row.snapshot, ...(delivery ? [delivery.snapshot] : [])]
  return kept
    .flatMap((snapshot) => waysFrom(snapshot))
    .filter(
      ({ event }) => askedTypes.includes(event) && mayDo(caller, `event:${event}` as Action, where),
    )
    .map(({ event, blocks }) => {
      const blockedBy = [...blocks, ...gateBlocks(event, file)]
      return { event, says: eventSays[event] ?? '', open: blockedBy.length === 0, blockedBy }
    })
    .sort((one, other) => Number(other.open) - Number(one.open))
}

/** Each event of a state once, with what the case itself still lacks by its nearest way. */
function waysFrom(kept: Snapshot): { event: string; blocks: Block[] }[] {
  const name = kept.machine
  const restored = restore(name, kept)
  if (!restored.ok) return []
  const now = allowed(name, restored.value.snapshot)
  const ways = waysOf(name, kept.value)
  return [...new Set(ways.map(({ event }) => event))].map((event) => {
    if (now.includes(event)) return { event, blocks: [] }
    const lacks = ways
      .filter((way) => way.event === event)
      .map(({ conditions }) =>
        conditions.filter((id) => {
          const condition = conditionOf(name, id)
          return condition.looksAt === 'case' && !condition.holds(kept.context, undefined)
        }),
      )
      .sort((one, other) => one.length - other.length)
    const blocks = (lacks[0] ?? []).map(
      (id): Block => ({
        what: 'condition',
        id,
        says: conditionOf(name, id).says,
      }),
    )
    return { event, blocks }
  })
}

/** What is outstanding travels with these to the police, and holds nothing up. */
const travelling = ['decision.passedToPolice', 'case.sentBack']

/** What the gate of an event waits for, by the latest recommendation. */
function gateBlocks(event: string, file: CaseFile): Block[] {
  if (!(event in gateStages) || !file.recommendation || travelling.includes(event)) return []
  const { summary } = file.recommendation
  const decision = (file.row.snapshot.context as { decision?: { id: string } | null }).decision
  const chosen = file.decisions.find(({ id }) => id === decision?.id)?.chosen ?? []
  return outstanding(event, summary, file.departures, chosen).map((id) => ({
    what: 'requirement' as const,
    id,
    says: taskOf(id, summary.requirements) ?? 'A hold must be lifted or set aside first.',
  }))
}
