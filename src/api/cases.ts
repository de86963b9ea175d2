import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { act } from '../casework/act.ts'
import { type Asked, askedSchema } from '../casework/asked.ts'
import type { Deps, No, Outcome, Request } from '../casework/casework.ts'
import type { Acted } from '../casework/draft.ts'
import { openCase, referralSchema } from '../casework/open-case.ts'
import type { CaseRow, RecommendationEntry } from '../casework/ports.ts'
import { answersSchema, recordFacts } from '../casework/record-facts.ts'
import { viewCase } from '../casework/view.ts'
import { etag, refuseWith, versionIn } from './answer.ts'
import { caseView } from './answers/case.ts'
import { acted } from './answers/parts.ts'
import { summary } from './answers/recommendation.ts'
import { jsonBytes, parsed } from './body.ts'
import { reads, writes } from './describe.ts'
import { idempotency } from './idempotency.ts'
import type { Identified } from './identify.ts'
import { purposeIn } from './purpose.ts'
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

const routes = [
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
  }),
  reads({
    path: one,
    summary: 'One case, with what may be done now and what blocks the rest',
    tag,
    answers: 'The parts of the case that your role sees',
    schema: caseView,
    tagged: true,
  }),
  writes({
    method: 'put',
    path: `${one}/facts`,
    summary: 'Record answers, each with who gave it',
    tag,
    answers: 'The case after it',
    schema: acted,
    body: answersSchema,
    key: 'optional',
  }),
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
  }),
]

/** The calls that open a case, show it and move it on. */
export function addCases(app: OpenAPIHono<Identified>, deps: Deps): void {
  for (const route of routes) app.openAPIRegistry.registerPath(route)
  const once = idempotency(deps, true, 'referral.open')
  const onceIfAsked = idempotency(deps, false, 'case.read')

  app.post('/v1/referrals', async (c) => {
    const bytes = await jsonBytes(c)
    if (bytes instanceof Response) return bytes
    return once(c, requestOf(c), bytes, async (key) => {
      const input = parsed(c, bytes, referralSchema)
      if (input instanceof Response) return input
      const repeatable = key && { ...key, answer: opened }
      const outcome = await openCase(deps, requestOf(c), input, repeatable)
      return answered(c, withoutGiven(outcome, input))
    })
  })

  app.get('/v1/cases/:id', async (c) => {
    const outcome = await viewCase(deps, requestOf(c), c.req.param('id'))
    return outcome.ok
      ? c.json(outcome.value, 200, etag(outcome.value.version))
      : refuseWith(c, outcome)
  })

  app.put('/v1/cases/:id/facts', async (c) => {
    const version = versionIn(c)
    if (version instanceof Response) return version
    const bytes = await jsonBytes(c)
    if (bytes instanceof Response) return bytes
    return onceIfAsked(c, requestOf(c), bytes, async (key) => {
      const input = parsed(c, bytes, answersSchema)
      if (input instanceof Response) return input
      const repeatable = key && { ...key, answer: afterIt }
      const outcome = await recordFacts(
        deps,
        requestOf(c),
        c.req.param('id'),
        version,
        input,
        repeatable,
      )
      return answered(c, withoutGiven(outcome, input))
    })
  })

  app.post('/v1/cases/:id/events', async (c) => {
    const version = versionIn(c)
    if (version instanceof Response) return version
    const bytes = await jsonBytes(c)
    if (bytes instanceof Response) return bytes
    return onceIfAsked(c, requestOf(c), bytes, async (key) => {
      const input = parsed(c, bytes, askedSchema)
      if (input instanceof Response) return input
      const repeatable = key && { ...key, answer: afterIt }
      const asked = input as unknown as Asked
      const outcome = await act(deps, requestOf(c), c.req.param('id'), version, asked, repeatable)
      return answered(c, outcome)
    })
  })
}

/** Who asks, on which request. */
export const requestOf = (c: Context<Identified>): Request => ({
  caller: c.var.caller,
  requestId: c.var.requestId,
  purpose: purposeIn(c.req.header('x-purpose')),
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
function answered(c: Context, outcome: Outcome<Acted>): Response | Promise<Response> {
  if (outcome.ok && outcome.value.answer) {
    const { status, headers, body } = outcome.value.answer
    return c.body(body, status as 200, { ...headers })
  }
  if (outcome.ok) {
    const { id: caseId, version, state } = outcome.value
    return c.json({ id: caseId, version, state }, 200, etag(version))
  }
  return refuseWith(c, outcome)
}

/** What is wrong, without the answers that it is about: problems may be logged on their way. */
function withoutGiven<T>(outcome: Outcome<T>, given: unknown): Outcome<T> | No {
  if (outcome.ok || outcome.why !== 'unusable') return outcome
  return {
    ...outcome,
    problems: outcome.problems.map((one) => withoutAnswer(one, given)),
  }
}
