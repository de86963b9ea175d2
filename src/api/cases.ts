import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { act } from '../casework/act.ts'
import { answerAgain } from '../casework/answer-again.ts'
import { type Asked, askedSchema } from '../casework/asked.ts'
import type { Deps, No, Outcome } from '../casework/casework.ts'
import type { Acted } from '../casework/draft.ts'
import { openCase, referralSchema } from '../casework/open-case.ts'
import type { CaseRow, RecommendationEntry } from '../casework/ports.ts'
import { answersSchema, recordFacts } from '../casework/record-facts.ts'
import { caseView } from '../casework/shapes/case.ts'
import { acted } from '../casework/shapes/parts.ts'
import { summary } from '../casework/shapes/recommendation.ts'
import { viewCase } from '../casework/view.ts'
import { onlyOnce } from '../http/kept-answers.ts'
import { etag, refuseWith } from './answer.ts'
import { type Call, type Repeated, reads, writes } from './call.ts'
import { withoutAnswer } from './read-referral.ts'

const openedSchema = z.object({
  case: z.object({
    ...acted.shape,
    partnership: z.string(),
    reference: z.string().nullable(),
  }),
  recommendation: summary,
})
const tag = 'Cases'
const one = '/v1/cases/{id}'

type Again = (action: Parameters<typeof answerAgain>[3]) => Repeated

/** The calls that open a case, show it and move it on. */
export function caseCalls(deps: Deps): Call[] {
  const once = onlyOnce(deps.store)
  const repeated: Again = (action) => ({
    once,
    again: (request, kept) => answerAgain(deps, request, kept, action),
  })
  return [
    referralCall(deps, repeated),
    caseCall(deps),
    factsCall(deps, repeated),
    eventsCall(deps, repeated),
  ]
}

const referralCall = (deps: Deps, repeated: Again) =>
  writes({
    method: 'post',
    path: '/v1/referrals',
    summary: 'Refer a child’s case',
    tag,
    answers: 'The case with its first recommendation',
    schema: openedSchema,
    body: referralSchema,
    versioned: false,
    key: 'required',
    makes: true,
    repeated: repeated('referral.open'),
    answer: async ({ c, request, body, used }) => {
      const outcome = await openCase(deps, request, body, used && { ...used, answer: opened })
      return sent(c, withoutGiven(outcome, body))
    },
  })

const caseCall = (deps: Deps) =>
  reads({
    path: one,
    summary: 'One case, with what may be done now and what blocks the rest',
    tag,
    answers: 'The parts of the case that your role sees',
    schema: caseView,
    tagged: true,
    answer: ({ request, at }) => viewCase(deps, request, at.id),
  })

const factsCall = (deps: Deps, repeated: Again) =>
  writes({
    method: 'put',
    path: `${one}/facts`,
    summary: 'Record answers, each with who gave it',
    tag,
    answers: 'The case after it',
    schema: acted,
    body: answersSchema,
    key: 'optional',
    repeated: repeated('case.read'),
    answer: async ({ c, request, at, version, body, used }) => {
      const repeatable = used && { ...used, answer: afterIt }
      const outcome = await recordFacts(deps, request, at.id, version, body, repeatable)
      return sent(c, withoutGiven(outcome, body))
    },
  })

const eventsCall = (deps: Deps, repeated: Again) =>
  writes({
    method: 'post',
    path: `${one}/events`,
    summary: 'Record something that happened',
    description:
      'What may be recorded depends on where the case stands and on who asks: GET the case and look at "actions". What cannot be recorded now is refused with what blocks it and what would be.',
    tag,
    answers: 'The case after it',
    schema: acted,
    body: askedSchema,
    key: 'optional',
    repeated: repeated('case.read'),
    answer: async ({ c, request, at, version, body, used }) => {
      const asked = body as unknown as Asked
      const repeatable = used && { ...used, answer: afterIt }
      return sent(c, await act(deps, request, at.id, version, asked, repeatable))
    },
  })

const jsonHeaders = { 'content-type': 'application/json' }

function opened(row: CaseRow, recommendation: RecommendationEntry | undefined) {
  const { id: caseId, version, partnership, reference, snapshot } = row
  return {
    status: 201,
    headers: { ...jsonHeaders, ...etag(version), location: `/v1/cases/${caseId}` },
    body: JSON.stringify({
      case: { id: caseId, version, state: snapshot.value, partnership, reference },
      recommendation: recommendation && {
        id: recommendation.id,
        asAt: recommendation.asAt,
        ...recommendation.summary,
      },
    }),
  }
}

const afterIt = ({ id: caseId, version, snapshot }: CaseRow) => ({
  status: 200,
  headers: { ...jsonHeaders, ...etag(version) },
  body: JSON.stringify({ id: caseId, version, state: snapshot.value }),
})

/** The answer to a write: what was stored for a repetition is what is sent the first time. */
function sent(c: Context, outcome: Outcome<Acted>): Response {
  if (!outcome.ok) return refuseWith(c, outcome)
  const { id, version, state, answer } = outcome.value
  return answer
    ? c.body(answer.body, answer.status as 200, { ...answer.headers })
    : c.json({ id, version, state }, 200, etag(version))
}

/** What is wrong, without the answers that it is about: problems may be logged on their way. */
function withoutGiven<T>(outcome: Outcome<T>, given: unknown): Outcome<T> | No {
  if (outcome.ok || outcome.why !== 'unusable') return outcome
  return {
    ...outcome,
    problems: outcome.problems.map((one) => withoutAnswer(one, given)),
  }
}
