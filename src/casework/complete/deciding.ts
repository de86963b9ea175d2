import { eventSchema, type WaymarkEvent } from '../../domain/events.ts'
import { fine, type Result, refuse } from '../../domain/problem.ts'
import type { Decided } from '../asked.ts'
import { incomplete } from '../decide/incomplete.ts'
import { leftToPolice, withStandings } from '../decide/standings.ts'
import { decisionEntry, departuresOf } from '../decide.ts'
import { type Act, recommended } from '../draft.ts'
import { eraOf, findRequirement, gatedBy } from '../gate.ts'
import type { NoteEntry } from '../ports.ts'
import { quorum } from '../quorum.ts'
import { bad, type Completed, type Completer, departuresIn, gate, outOfTheCase } from './parts.ts'

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

/** A decision with all that it needs, and before it the departures that it holds. */
export function decided(act: Act, type: string, decision: Decided): Result<Completed> {
  const { summary } = recommended(act)
  const problems = incomplete(decision, summary, outOfTheCase(act), act.deps.today())
  if (problems.length > 0) return refuse(...problems)
  const panel = act.ruleSet.policy.partnerships[act.ruleSet.partnership]?.panel
  const decisionId = act.deps.newId()
  const departures = departuresOf(act, decision)
  act.draft.departures.push(...departures)
  const all = departuresIn(act).map(({ id }) => id)
  act.draft.decisions.push(decisionEntry(act, decisionId, decision, all))
  const chosen = withStandings(decision.chosen, summary)
  return fine({
    first: departures.map((one) => ({ id: act.deps.newId(), event: departureEvent(act, one) })),
    fields: {
      decisionId,
      quorum: quorumOf(act).state,
      chosen,
      left: leftToPolice(decision.chosen, summary),
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

/** What is decided at a clinic, or above it where agencies differ. */
export const deciding: Readonly<Record<string, Completer>> = {
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
      from.what === 'requirement'
        ? findRequirement(from.requirement, gatedBy(recommended(act)))
        : { ground: undefined }
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
      era: eraOf(act.file.row),
      ground: found.ground ?? '',
    })
    const recommendationId = recommended(act).id
    const { ground: _ground, ...asked_ } = found
    return fine({ fields: { departureId, recommendationId, from: { ...from, ...asked_ } } })
  },
}
