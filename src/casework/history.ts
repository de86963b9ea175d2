import type { Part } from '../access/fields.ts'
import { eventSays } from '../domain/events.ts'
import type { Told } from '../domain/told.ts'
import type { Policy } from '../rules/policy.ts'
import {
  absent,
  accessFor,
  type Deps,
  done,
  type Outcome,
  type Request,
  unusable,
} from './casework.ts'
import { detailsOf, isAboutVictim } from './history/details.ts'
import type { CaseFile, DecisionEntry, EventRow, FilePart } from './ports.ts'
import { erasedSays, partsOf, reach } from './reach.ts'
import type { happeningShape, historyShape } from './shapes/story.ts'
import { shownDecision, shownDeparture } from './shown-record.ts'

/** One thing that happened, as its reader sees it. */
export type Happening = Told<typeof happeningShape>

/** The history of a case, and where the child was erased, when, and what is not in it. */
export type History = Told<typeof historyShape>

/**
 * What happened in a case, in order: what, who, when, and the words and decisions that the reader
 * may see. Nothing about a victim but that something was recorded, and no day from which those can
 * tell who the child is who may not know it. The reading is logged.
 */
export async function history(deps: Deps, request: Request, id: string): Promise<Outcome<History>> {
  const reached = await reach(deps, request.caller, id, 'case.read-history')
  if (!reached.ok) return reached
  const { row, actor } = reached.value
  const set = deps.ruleSet(row.partnership)
  if (!set.ok) return unusable(...set.problems)
  const parts = partsOf(request.caller, row)
  const access = accessFor(deps, request, actor, 'case.read-history')
  const events = await deps.store.history(id, access)
  const opened = openedFor(parts)
  const file = opened.length > 0 ? await deps.store.read(id, opened, access) : undefined
  if (opened.length > 0 && !file) return absent
  const behind = datedBack(events)
  const { erasedAt } = row
  const says = [
    ...(erasedAt ? [erasedSays(erasedAt)] : []),
    ...(parts.has('identity') ? [] : [withoutTheBirthday]),
  ].join(' ')
  return done({
    erasedAt,
    ...(says ? { says } : {}),
    events: shownTo(parts, events).map((event) => {
      const told = happening(event, file, parts, set.value.policy)
      return behind.has(event.id) ? { ...told, details: [...told.details, clockWasBehind] } : told
    }),
  })
}

const clockWasBehind =
  'The clock that this was written by stood before that of the entry before it.'

/** The events that are dated before the one before them. */
const datedBack = (events: readonly EventRow[]): ReadonlySet<string> =>
  new Set(events.filter(({ at }, i) => at < (events[i - 1]?.at ?? '')).map(({ id }) => id))

const withoutTheBirthday =
  'Whether the child has turned eighteen is left out: the day would tell you when the child was born.'

/** The events that a reader may know of. The one of the birthday carries the day of birth. */
export const shownTo = (parts: ReadonlySet<Part>, events: readonly EventRow[]): EventRow[] =>
  events.filter(({ type }) => type !== 'child.turnedEighteen' || parts.has('identity'))

/** Only what will be shown is opened. */
const openedFor = (parts: ReadonlySet<Part>): FilePart[] => [
  ...(parts.has('words') ? (['notes'] as const) : []),
  ...(parts.has('decision') ? (['decisions', 'departures'] as const) : []),
]

/** One event of a case with what stands in the record about it. */
export function happening(
  { seq, id, at, type, chart, event }: EventRow,
  file: Pick<CaseFile, 'row' | 'notes' | 'decisions' | 'departures'> | undefined,
  parts: ReadonlySet<Part>,
  policy: Policy,
): Happening {
  const words = isAboutVictim(event) ? [] : (file?.notes ?? []).filter(({ about }) => about === id)
  const decision = decidedBy(event, file?.decisions ?? [])
  const departure =
    event.type === 'departure.recorded'
      ? file?.departures.find((one) => one.id === event.departureId)
      : undefined
  return {
    seq,
    id,
    at,
    type,
    chart,
    says: eventSays[type] ?? '',
    by: event.by,
    details: detailsOf(event, parts, policy, file?.decisions ?? []),
    ...(parts.has('words') && words.length > 0 ? { words: words.map(({ text }) => text) } : {}),
    ...(file && parts.has('decision') && decision
      ? { decision: shownDecision(decision, parts, file.row) }
      : {}),
    ...(parts.has('decision') && departure ? { departure: shownDeparture(departure, parts) } : {}),
  }
}

/** The decision that an event made; those that only name it do not tell it again. */
function decidedBy(
  event: EventRow['event'],
  decisions: readonly DecisionEntry[],
): DecisionEntry | undefined {
  if (event.type === 'clinic.decided') return decisions.find(({ id }) => id === event.decisionId)
  if (event.type !== 'escalation.resolved' || event.answer.to !== 'decided') return undefined
  const { decisionId } = event.answer
  return decisions.find(({ id }) => id === decisionId)
}
