import type { ReferralContext } from '../../machines/referral/context.ts'
import { gateStages } from '../domain/events/parts.ts'
import { eventSchema, type WaymarkEvent } from '../domain/events.ts'
import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import type { Asked, Decided } from './asked.ts'
import { numbers } from './assemble.ts'
import { decisionEntry, departuresOf, incomplete, withStandings } from './decide.ts'
import { type Act, type Ready, recommended } from './draft.ts'
import { findRequirement, outstanding } from './gate.ts'
import type { ConditionRow, NoteEntry } from './ports.ts'
import { quorum } from './quorum.ts'

type Fields = Record<string, unknown>
type Completed = { fields: Fields; first?: readonly { id: string; event: WaymarkEvent }[] }
type Completer = (act: Act, asked: Asked, note: NoteEntry | undefined) => Result<Completed>

/** Events that are about the decision that stands. */
const aboutTheDecision = new Set([
  'decision.confirmed',
  'decision.ratified',
  'decision.countersigned',
  'offer.opened',
  'decision.passedToPolice',
  'disposal.given',
  'disposal.setAside',
])

/** An event as it goes to the chart, with those that come before it, each with its id. */
/**
 * Makes of what was asked the event that the charts take: who and when, ids, the gate, standings;
 * and puts the words into the record, where the event names them.
 * @returns the events in their order, or what is wrong with what was asked
 */
export function complete(act: Act, asked: Asked): Result<Ready> {
  const id = act.deps.newId()
  const note = words(act, asked, id)
  const { type, text: _text, grade: _grade, decision: _decision, ...rest } = asked
  const made: Result<Completed> = completers[type]?.(act, asked, note) ?? fine({ fields: {} })
  if (!made.ok) return made
  const reason = asked.reason && { code: asked.reason, ...(note ? { noteId: note.id } : {}) }
  const event = eventSchema.safeParse({
    ...rest,
    ...(reason ? { reason } : {}),
    ...(aboutTheDecision.has(type) ? { decisionId: standingDecision(act) } : {}),
    ...(type in gateStages && type !== 'escalation.resolved' ? gate(act, type) : {}),
    ...made.value.fields,
    type,
    by: act.actor,
    at: act.at,
  })
  if (event.success) return fine([...(made.value.first ?? []), { id, event: event.data }])
  const [issue] = event.error.issues
  return refuse({
    message: `The event cannot be recorded: ${issue?.path.join('.')} ${issue?.message}`,
  })
}

/** The words of an event go into the record, and are about the event. */
function words(act: Act, { text, grade }: Asked, about: string): NoteEntry | undefined {
  const all = [grade, text].filter(Boolean).join(': ')
  if (!all) return undefined
  const note = { id: act.deps.newId(), by: act.actor, at: act.at, about, text: all }
  act.draft.notes.push(note)
  return note
}

const contextOf = (act: Act) => act.file.row.snapshot.context as ReferralContext
const standingDecision = (act: Act): string => contextOf(act).decision?.id ?? 'no-decision-0'

/** What the decision that stands chose. */
export const chosenIn = (act: Act) =>
  act.file.decisions.find(({ id }) => id === standingDecision(act))?.chosen ?? []

/** What a case that goes back may come to: what a charging file needs travels with it. */
const charged = ({ file }: Act): Chosen[] =>
  numbers(file.row.offences).map((offence) => ({ offence, disposal: 'charge' }))

const chosenFor = (act: Act, type: string): readonly Chosen[] =>
  type === 'case.sentBack' ? charged(act) : chosenIn(act)

const gate = (act: Act, type: string, chosen = chosenFor(act, type)) => ({
  recommendationId: recommended(act).id,
  outstanding: outstanding(
    type,
    recommended(act).summary,
    [...act.file.departures, ...act.draft.departures],
    chosen,
  ),
})
type Chosen = Parameters<typeof outstanding>[3][number]

/** Whether the clinic has its quorum for this case; those with a conflict of interest do not count. */
export function quorumOf({ clinic, ruleSet, file, answers }: Act) {
  const rule = ruleSet.policy.partnerships[ruleSet.partnership]?.panel.quorum.value
  if (!clinic || !rule) return { state: 'not-met' as const, missing: ['a clinic'] }
  const barred = new Set(file.row.barred)
  return quorum(
    rule,
    clinic.attendance.filter(({ person }) => !barred.has(person)),
    answers,
  )
}

const bad = (message: string, mend?: string, pointer?: string): Result<never> =>
  refuse({ message, ...(mend ? { mend } : {}), ...(pointer ? { pointer } : {}) } as Problem)

/** A decision with all that it needs, and before it the departures that it holds. */
function decided(act: Act, type: string, decision: Decided): Result<Completed> {
  const problems = incomplete(decision, recommended(act).summary)
  if (problems.length > 0) return refuse(...problems)
  const panel = act.ruleSet.policy.partnerships[act.ruleSet.partnership]?.panel
  const decisionId = act.deps.newId()
  const departures = departuresOf(act, decision)
  act.draft.departures.push(...departures)
  const all = [...act.file.departures, ...departures].map(({ id }) => id)
  act.draft.decisions.push(decisionEntry(act, decisionId, decision, all))
  const chosen = withStandings(decision, recommended(act).summary)
  return fine({
    first: departures.map((one) => ({ id: act.deps.newId(), event: departureEvent(act, one) })),
    fields: {
      decisionId,
      quorum: quorumOf(act).state,
      chosen,
      countersignature: panel?.countersign.value === 'no' ? 'not-needed' : 'needed',
      ratification: panel && panel.ratify.value !== 'case' ? 'not-needed' : 'needed',
      departures: all,
      ...gate(act, type, chosen),
    },
  })
}

function departureEvent(act: Act, one: ReturnType<typeof departuresOf>[number]): WaymarkEvent {
  const note: NoteEntry = {
    id: act.deps.newId(),
    by: act.actor,
    at: act.at,
    about: one.id,
    text: one.text,
  }
  act.draft.notes.push(note)
  return eventSchema.parse({
    type: 'departure.recorded',
    by: act.actor,
    at: act.at,
    departureId: one.id,
    from: one.from,
    reason: { code: one.reasonCode, noteId: note.id },
    recommendationId: one.recommendation,
  })
}

const conditionsOf = (act: Act, ids: readonly string[]): Result<ConditionRow[]> => {
  const found = act.file.conditions.filter(({ id }) => ids.includes(id))
  const missing = ids.find((id) => !found.some((one) => one.id === id))
  return missing
    ? bad(`There is no condition "${missing}" in this case.`, 'Name one of its conditions by id.')
    : fine(found)
}
const changed = (act: Act, ids: readonly string[], state: ConditionRow['state']) => {
  const found = conditionsOf(act, ids)
  if (found.ok) act.draft.conditions.push(...found.value.map((one) => ({ ...one, state })))
  return found.ok ? fine({ fields: {} }) : found
}

/** A day that something waits for must be one that is still to come. */
const isOver = (act: Act, day: unknown, key: string): Result<never> | undefined =>
  String(day) < act.deps.today()
    ? bad('That day is over.', 'Give today or a later day.', `/${key}`)
    : undefined

const completers: Readonly<Record<string, Completer>> = {
  'case.listed': (act, { clinicId }) => {
    if (!act.clinic) return bad(`There is no clinic "${clinicId}" here.`, undefined, '/clinicId')
    if (act.clinic.row.state === 'closed')
      return bad('That clinic is over.', 'List the case for a later one.', '/clinicId')
    return fine({ fields: {} })
  },
  'case.held': (act, { reviewOn }) =>
    isOver(act, reviewOn, 'reviewOn') ?? fine({ fields: { holdId: act.deps.newId() } }),
  'hold.reviewed': (act, { reviewOn }) => isOver(act, reviewOn, 'reviewOn') ?? fine({ fields: {} }),
  'clinic.adjourned': (act, { until }) => isOver(act, until, 'until') ?? fine({ fields: {} }),
  'specialists.reported': (_, __, note) => fine({ fields: { reportId: note?.id } }),
  'specialists.kept': (_, __, note) => fine({ fields: { reportId: note?.id } }),
  'representations.received': (_, { from }, note) =>
    fine({ fields: { representationsId: note?.id, from } }),
  'manager.reviewed': (_, __, note) => fine({ fields: { noteId: note?.id } }),
  'scrutiny.sampled': (act, _, note) =>
    fine({ fields: { sampleId: note?.id ?? act.deps.newId() } }),
  'clinic.opened': (act) => {
    if (!act.clinic) return bad('The case is not on the agenda of a clinic.', 'List it first.')
    return fine({ fields: { clinicId: act.clinic.row.id, quorum: quorumOf(act).state } })
  },
  'clinic.decided': (act, asked) => {
    const made = decided(act, asked.type, asked.decision as Decided)
    if (!made.ok) return made
    const clinicId = act.clinic?.row.id ?? 'no-clinic-0'
    return fine({ ...made.value, fields: { ...made.value.fields, clinicId } })
  },
  'escalation.resolved': (act, asked, note) => {
    const answer = asked.answer as { to: string; decision: Decided; reason: string }
    if (answer.to === 'returned') {
      const reason = { code: answer.reason, ...(note ? { noteId: note.id } : {}) }
      return fine({ fields: { answer: { to: 'returned', reason } } })
    }
    const made = decided(act, asked.type, answer.decision)
    if (!made.ok) return made
    const { first = [], fields } = made.value
    return fine({ first, fields: { answer: { to: 'decided', ...fields } } })
  },
  'departure.recorded': (act, asked, note) => {
    const from = asked.from as { what: string; requirement: string }
    const found =
      from.what === 'requirement' ? findRequirement(from.requirement, recommended(act).summary) : {}
    if (!found)
      return bad(
        `The recommendation has no requirement "${from.requirement}".`,
        'Name one of its requirements by id.',
        '/from/requirement',
      )
    const departureId = act.deps.newId()
    act.draft.departures.push({
      id: departureId,
      by: act.actor,
      at: act.at,
      from: asked.from as never,
      reasonCode: String(asked.reason),
      text: note?.text ?? '',
      recommendation: recommended(act).id,
    })
    const recommendationId = recommended(act).id
    return fine({ fields: { departureId, recommendationId, from: { ...from, ...found } } })
  },
  'case.transferred': (act, { to }) => {
    const { partnership } = act.file.row
    if (to === partnership) return bad('The case is in that partnership already.', '', '/to')
    const known = act.deps.ruleSet(String(to))
    if (!known.ok || to === 'national') return bad('There is no such partnership.', '', '/to')
    return fine({ fields: { from: partnership } })
  },
  'delivery.started': (act) =>
    fine({ fields: { disposals: [...new Set(chosenIn(act).map(({ disposal }) => disposal))] } }),
  'condition.met': (act, { conditionId }) => changed(act, [String(conditionId)], 'met'),
  'conditions.varied': (act, { conditionIds }) => changed(act, conditionIds as string[], 'varied'),
}
