import { conditionOf, standing, waysOf } from '../../machines/charts.ts'
import { restore } from '../../machines/versions.ts'
import { actorFor, type Caller, mayDo, type Where } from '../access/caller.ts'
import type { Action } from '../access/policy.ts'
import { type Chosen, gateStages } from '../domain/events/parts.ts'
import { eventSays } from '../domain/events.ts'
import type { FactDefinitions } from '../domain/fact.ts'
import type { Block } from '../domain/refusal.ts'
import type { Actor } from '../domain/roles.ts'
import type { Told } from '../domain/told.ts'
import { askedTypes } from './asked.ts'
import { givenBy, standAgain } from './decide/standings.ts'
import { whyNotOpen } from './decide/why-not-open.ts'
import { departuresNow, gatedBy, outstanding, taskOf } from './gate.ts'
import type { CaseFile, RecommendationEntry, Snapshot } from './ports.ts'
import type { action } from './shapes/case.ts'
import { childIsSafe } from './tasks-after.ts'

/** Something that a caller may record now, or what has to come first. */
export type CaseAction = Told<typeof action>

/**
 * What a caller may do with a case now, and what blocks the rest, as far as that can be told before
 * the event is there. What the caller's roles may never record is left out.
 * @param facts how each fact is asked for, so that what is still a question says whom to ask
 */
export function actionsFor(
  caller: Caller,
  where: Where,
  file: CaseFile,
  facts: FactDefinitions,
): CaseAction[] {
  const delivery = file.deliveries.at(-1)
  const kept: Snapshot[] = [file.row.snapshot, ...(delivery ? [delivery.snapshot] : [])]
  return kept
    .flatMap((snapshot) => waysFrom(snapshot, (event) => actorOf(caller, where, event)))
    .filter(
      ({ event }) => askedTypes.includes(event) && mayDo(caller, `event:${event}` as Action, where),
    )
    .map(({ event, blocks }) => {
      const blockedBy = [...blocks, ...gateBlocks(event, file, facts), ...safetyBlocks(event, file)]
      return { event, says: eventSays[event] ?? '', open: blockedBy.length === 0, blockedBy }
    })
    .sort((one, other) => Number(other.open) - Number(one.open))
}

const actorOf = (caller: Caller, where: Where, event: string): Actor | undefined =>
  askedTypes.includes(event) ? actorFor(caller, `event:${event}` as Action, where) : undefined

/**
 * Each event of a state once, with what the case itself, or who would do it, still lacks by its
 * nearest way.
 */
function waysFrom(
  kept: Snapshot,
  actorOf: (event: string) => Actor | undefined,
): { event: string; blocks: Block[] }[] {
  const name = kept.machine
  const restored = restore(name, kept)
  if (!restored.ok) return []
  const { context } = standing(restored.value.snapshot)
  const ways = waysOf(name, kept.value)
  return [...new Set(ways.map(({ event }) => event))].map((event) => {
    const by = actorOf(event)
    const lacks = ways
      .filter((way) => way.event === event)
      .map(({ conditions }) =>
        conditions.filter((id) => {
          const condition = conditionOf(name, id)
          if (condition.looksAt === 'event') return false
          return condition.looksAt === 'case'
            ? !condition.holds(context, undefined)
            : !by || !condition.holds(context, { by })
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

/** No case is closed while somebody is asked to make the child safe. */
const safetyBlocks = (event: string, { tasks }: CaseFile): Block[] =>
  event === 'case.closed' && tasks.some((one) => one.task === 'make-child-safe' && !one.doneAt)
    ? [childIsSafe]
    : []

/** What is outstanding travels with these to the police, and holds nothing up. */
const travelling = ['decision.passedToPolice', 'case.sentBack']

/** What the gate of an event waits for, by the latest recommendation. */
function gateBlocks(event: string, file: CaseFile, facts: FactDefinitions): Block[] {
  if (!(event in gateStages) || !file.recommendation || travelling.includes(event)) return []
  const { summary } = file.recommendation
  const decision = (file.row.snapshot.context as { decision?: { id: string } | null }).decision
  const chosen = file.decisions.find(({ id }) => id === decision?.id)?.chosen ?? []
  const gated = gatedBy(file.recommendation)
  const waiting = outstanding(event, gated, departuresNow(file.row, file.departures), chosen)
  return [
    ...standingBlocks(event, chosen, file.recommendation, facts),
    ...waiting.map((id) => ({
      what: 'requirement' as const,
      id,
      says: taskOf(id, summary.requirements) ?? 'A hold must be lifted or set aside first.',
    })),
  ]
}

/** What the rules of today rule out, or cannot tell, of what was decided, and why. */
function standingBlocks(
  event: string,
  chosen: readonly Pick<Chosen, 'offence' | 'disposal'>[],
  { summary }: RecommendationEntry,
  facts: FactDefinitions,
): Block[] {
  if (!standAgain.has(event)) return []
  const id = event === 'disposal.given' ? 'everythingOpen' : 'nothingRuledOut'
  const why = whyNotOpen(id, givenBy(event, chosen), summary, facts)
  return why.length === 0
    ? []
    : [{ what: 'condition', id, says: conditionOf('referral', id).says }, ...why]
}
