import { z } from 'zod'
import { actorFor } from '../access/caller.ts'
import { eventSchema } from '../domain/events.ts'
import { type Agency, agencies } from '../domain/lists.ts'
import { didYouMean, type Problem, pointer } from '../domain/problem.ts'
import { reasons } from '../domain/reasons.ts'
import { actParts } from './act.ts'
import { standingAfter, toEntries } from './answers.ts'
import { sameAbout } from './assemble.ts'
import { carryOut } from './carry-out.ts'
import {
  absent,
  type Deps,
  done,
  notAllowed,
  type Outcome,
  type Repeatable,
  type Request,
  stale,
  unusable,
} from './casework.ts'
import { type Act, type Acted, emptyDraft, type Ready } from './draft.ts'
import { finish } from './finish.ts'
import type { AnswerEntry, CaseFile } from './ports.ts'
import { stepAll } from './step-charts.ts'

const number = z.int().positive().max(100)

/** Answers as agencies hand them in, each with who gave it. */
export const answersSchema = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        about: z
          .discriminatedUnion('what', [
            z.strictObject({ what: z.literal('referral') }),
            z.strictObject({ what: z.literal('offence'), number }),
            z.strictObject({ what: z.literal('victim'), number }),
          ])
          .default({ what: 'referral' }),
        fact: z.string().max(80),
        answer: z
          .union([z.string().max(4_000), z.number(), z.array(z.string().max(200)).max(1_000)])
          .nullable()
          .describe('null where it is not known'),
        because: z.string().trim().min(1).max(500).optional().describe('Why it is not known'),
        evidence: z.string().trim().min(1).max(4_000).optional(),
        suppliedBy: z.enum(agencies).optional().describe('Your own agency when left out'),
      }),
    )
    .min(1)
    .max(500),
  correction: z
    .strictObject({
      reason: z.enum(reasons.corrected),
      text: z.string().trim().min(1).max(4_000).optional(),
    })
    .optional()
    .describe('Where a mistake is put right; what stood before is kept'),
})
export type AnswersInput = z.output<typeof answersSchema>

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
  const row = await deps.store.whereIs(id)
  if (!row || row.barred.includes(request.caller.person)) return absent
  const where = { partnership: row.partnership, ...(row.area ? { area: row.area } : {}) }
  if (!actorFor(request.caller, 'case.read', where)) return absent
  const actor = actorFor(request.caller, 'case.record-facts', where)
  if (!actor) return notAllowed('Your role may not record facts.')
  if (row.version !== version) return stale
  const at = deps.now()
  const access = {
    actor,
    at,
    action: 'case.record-facts',
    requestId: request.requestId,
    purpose: request.purpose,
  }
  const file = await deps.store.read(id, actParts, access)
  const set = deps.ruleSet(row.partnership)
  if (!file) return absent
  if (file.row.version !== version) return stale
  if (!set.ok) return unusable(...set.problems)
  const { facts } = set.value.policy
  const wrong = misfits(input, file, Object.keys(facts))
  if (wrong.length > 0) return unusable(...wrong)
  const fresh = toEntries(input.answers, file.answers, { by: actor, at, newId: deps.newId, facts })
  if (fresh.length === 0 && !repeatable)
    return done({ id, version: row.version, state: row.snapshot.value })
  if (!file.recommendation) return absent
  const act: Act = {
    deps,
    file,
    actor,
    at,
    draft: { ...emptyDraft(), answers: fresh },
    answers: standingAfter(file.answers, fresh),
    recommendation: file.recommendation,
    ruleSet: set.value,
    clinic: undefined,
    delivery: undefined,
  }
  const stepped = stepAll(act, eventsFor(act, fresh, input))
  if (!stepped.ok) return stepped
  carryOut(act, stepped.value)
  const outcome = await finish(act, stepped.value, access, { repeatable })
  if (outcome.ok || outcome.why !== 'unusable') return outcome
  return unusable(...outcome.problems.map((problem) => inTheBody(problem, input)))
}

/** One event for each agency that supplied answers; or one that says that a mistake was put right. */
function eventsFor(act: Act, fresh: readonly AnswerEntry[], { correction }: AnswersInput): Ready {
  const { actor: by, at, deps, draft } = act
  const id = deps.newId()
  if (correction) {
    const note = correction.text
      ? { id: deps.newId(), by, at, about: id, text: correction.text }
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

/** What is wrong with the answers before any rule looks at them. */
function misfits(input: AnswersInput, file: CaseFile, known: readonly string[]): Problem[] {
  const most = { referral: 1, offence: file.row.offences, victim: file.victims.length }
  const problems = input.answers.flatMap(({ about, fact, answer, because }, i): Problem[] => [
    ...(known.includes(fact)
      ? []
      : [
          {
            message: `I don't know the fact "${fact}".${didYouMean(fact, known)}`,
            pointer: pointer('answers', i, 'fact'),
          },
        ]),
    ...('number' in about && about.number > most[about.what]
      ? [
          {
            message: `There is no ${about.what} ${about.number} in this case.`,
            pointer: pointer('answers', i, 'about', 'number'),
          },
        ]
      : []),
    ...(because !== undefined && answer !== null
      ? [
          {
            message: 'An answer that is known has no reason for not being known.',
            pointer: pointer('answers', i, 'because'),
          },
        ]
      : []),
    ...(fact.startsWith('victim.') && about.what !== 'victim' && most.victim > 0
      ? [
          {
            message: 'The case lists its victims: say which one this is about.',
            pointer: pointer('answers', i, 'about'),
          },
        ]
      : []),
  ])
  if (input.correction?.reason === 'other' && !input.correction.text)
    problems.push({
      message: 'The reason is "other": say in "text" what it is.',
      pointer: pointer('correction', 'text'),
    })
  return [...problems, ...twice(input)]
}

/** The same question answered twice in one request: nobody could say which one is meant. */
const twice = ({ answers }: AnswersInput): Problem[] =>
  answers.flatMap((one, i) =>
    answers
      .slice(0, i)
      .some((other) => other.fact === one.fact && sameAbout(other.about, one.about))
      ? [{ message: `"${one.fact}" is answered twice.`, pointer: pointer('answers', i) }]
      : [],
  )

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
