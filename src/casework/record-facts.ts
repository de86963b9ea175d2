import { eventSchema } from '../domain/events.ts'
import type { Agency } from '../domain/lists.ts'
import { type Problem, pointer } from '../domain/problem.ts'
import { actParts } from './act/what-is-opened.ts'
import { type AnswersInput, answersSchema } from './answers/input.ts'
import { misfits } from './answers/misfits.ts'
import { recorder } from './answers/recorder.ts'
import { standingAfter, toEntries } from './answers.ts'
import { beginAct, completeAct } from './begin-act.ts'
import {
  type Deps,
  done,
  type Outcome,
  type Repeatable,
  type Request,
  unusable,
} from './casework.ts'
import type { Act, Acted, Ready } from './draft.ts'
import type { AnswerEntry } from './ports.ts'
import { reach, whereOf } from './reach.ts'
import { noteAbout } from './shown-record.ts'
import { askedAnew } from './tasks.ts'

export { type AnswersInput, answersSchema }

/**
 * Records answers, all or none. An answer to a question that was answered before supersedes it; the
 * rules run again, and what was recommended before is kept.
 * @param version the version of the case that the caller saw
 */
export async function recordFacts(
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  input: AnswersInput,
  repeatable?: Repeatable,
): Promise<Outcome<Acted>> {
  const reached = await reach(deps, request.caller, id, 'case.read')
  if (!reached.ok) return reached
  const { row } = reached.value
  const who = recorder(request.caller, whereOf(row), input)
  if (!who.ok) return who
  const actor = who.value
  const opened = { row, actor }
  const begun = await beginAct(deps, request, opened, version, 'case.record-facts', actParts)
  if (!begun.ok) return begun
  const { act } = begun.value
  const { file, at, ruleSet } = act
  const { facts } = ruleSet.policy
  const wrong = misfits(input, file, actor, facts)
  if (wrong.length > 0) return unusable(...wrong)
  const again = askedAnew(file.tasks)
  const by = { by: actor, at, newId: deps.newId, facts, again }
  const fresh = toEntries(input.answers, file.answers, by)
  if (fresh.length === 0 && !repeatable)
    return done({ id, version: row.version, state: row.snapshot.value })
  act.draft.answers.push(...fresh)
  act.answers = standingAfter(file.answers, fresh)
  const outcome = await completeAct(begun.value, eventsFor(act, fresh, input), repeatable)
  if (outcome.ok || outcome.why !== 'unusable') return outcome
  return unusable(...outcome.problems.map((problem) => inTheBody(problem, input)))
}

/** One event for each agency that supplied answers; or one that says that a mistake was put right. */
function eventsFor(act: Act, fresh: readonly AnswerEntry[], { correction }: AnswersInput): Ready {
  const { actor: by, at, deps, draft } = act
  const id = deps.newId()
  if (correction) {
    const note = correction.text
      ? { id: deps.newId(), by, at, about: noteAbout(id, fresh), text: correction.text }
      : undefined
    if (note) draft.notes.push(note)
    const reason = { code: correction.reason, ...(note ? { noteId: note.id } : {}) }
    const facts = [...new Set(fresh.map(({ fact }) => fact))]
    return [{ id, event: eventSchema.parse({ type: 'record.corrected', by, at, facts, reason }) }]
  }
  const suppliers = [...new Set(fresh.map(({ suppliedBy }): Agency => suppliedBy))]
  return suppliers.map((suppliedBy) => {
    const mine = fresh.filter((one) => one.suppliedBy === suppliedBy)
    const facts = [...new Set(mine.map(({ fact }) => fact))].slice(0, 200)
    return {
      id: deps.newId(),
      event: eventSchema.parse({ type: 'facts.recorded', by, at, facts, suppliedBy }),
    }
  })
}

/** A problem that the rules found, with the place in what was sent instead of the place in the case. */
function inTheBody(problem: Problem, { answers }: AnswersInput): Problem {
  const at = problem.pointer ?? ''
  const i = answers.findIndex(({ about, fact }) => {
    const places = {
      referral: pointer('facts', fact),
      offence: pointer('offences', 'number' in about ? about.number - 1 : 0, fact),
      victim: pointer('victims', 'number' in about ? about.number - 1 : 0, 'facts', fact),
    }
    return at === places[about.what]
  })
  const { pointer: _pointer, ...rest } = problem
  return i < 0 ? rest : { ...rest, pointer: pointer('answers', i, 'answer') }
}
