import { gateStages } from '../domain/events/parts.ts'
import { eventSchema } from '../domain/events.ts'
import { fine, type Result, refuse } from '../domain/problem.ts'
import { shapeProblems } from '../domain/shape-problems.ts'
import type { Asked } from './asked.ts'
import { afterTheDecision } from './complete/after.ts'
import { deciding } from './complete/deciding.ts'
import { type Completed, gate, standingDecision, standingToday } from './complete/parts.ts'
import { waiting } from './complete/waiting.ts'
import { standAgain } from './decide/standings.ts'
import type { Act, Ready } from './draft.ts'
import { offencesNamed } from './offences-named.ts'
import type { NoteEntry } from './ports.ts'

const completers = { ...waiting, ...deciding, ...afterTheDecision }

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

/**
 * Makes of what was asked the event that the charts take: who and when, ids, the gate, standings;
 * and puts the words into the record, where the event names them.
 * @returns the events in their order, or what is wrong with what was asked
 */
export function complete(act: Act, asked: Asked): Result<Ready> {
  const strangers = offencesNamed({ offences: asked.offences }, act.file.row.offences)
  if (strangers.length > 0) return refuse(...strangers)
  const id = act.deps.newId()
  const note = words(act, asked, id)
  const { type, text: _text, grade: _grade, decision: _decision, ...rest } = asked
  const made: Result<Completed> = completers[type]?.(act, asked, note) ?? fine({ fields: {} })
  if (!made.ok) return made
  const reason = asked.reason && { code: asked.reason, ...(note ? { noteId: note.id } : {}) }
  const whole = {
    ...rest,
    ...(reason ? { reason } : {}),
    ...(aboutTheDecision.has(type) ? { decisionId: standingDecision(act) } : {}),
    ...(type in gateStages && type !== 'escalation.resolved' ? gate(act, type) : {}),
    ...(standAgain.has(type) ? standingToday(act, type) : {}),
    ...made.value.fields,
    type,
    by: act.actor,
    at: act.at,
  }
  const event = eventSchema.safeParse(whole)
  if (event.success) return fine([...(made.value.first ?? []), { id, event: event.data }])
  return refuse(
    ...shapeProblems(event.error, whole).map(({ message, ...one }) => ({
      ...one,
      message: `The event cannot be recorded: ${message}`,
    })),
  )
}

/** The words of an event go into the record, and are about the event. */
function words(act: Act, { text, grade }: Asked, about: string): NoteEntry | undefined {
  const all = [grade, text].filter(Boolean).join(': ')
  if (!all) return undefined
  const note = { id: act.deps.newId(), by: act.actor, at: act.at, about, text: all }
  act.draft.notes.push(note)
  return note
}
