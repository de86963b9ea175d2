import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { act } from '../casework/act.ts'
import { type Asked, askedSchema } from '../casework/asked.ts'
import type { Deps, No, Outcome, Repeatable, Request } from '../casework/casework.ts'
import type { Acted } from '../casework/draft.ts'
import { openCase, referralSchema } from '../casework/open-case.ts'
import type { CaseRow, RecommendationEntry } from '../casework/ports.ts'
import { answersSchema, recordFacts } from '../casework/record-facts.ts'
import { viewCase } from '../casework/view.ts'
import { etag, refuseWith, versionIn } from './answer.ts'
import { jsonBytes, parsed } from './body.ts'
import { json, problems, writing } from './describe.ts'
import { idempotency } from './idempotency.ts'
import type { Identified } from './identify.ts'
import { problem } from './problem.ts'
import { withoutAnswer } from './read-referral.ts'

const id = z.object({ id: z.string() })
const ifMatch = z.object({ 'if-match': z.string() }).describe('The ETag of the case that you read')
const actedSchema = z
  .object({ id: z.string(), version: z.int(), state: z.string() })
  .openapi('Acted')
const openedSchema = z.object({
  case: actedSchema.extend({ partnership: z.string(), reference: z.string().nullable() }),
  recommendation: z.record(z.string(), z.unknown()).openapi({
    description: 'The recommendation without its findings; read them under /recommendation',
  }),
})

const routes = {
  open: createRoute({
    method: 'post',
    path: '/v1/referrals',
    summary: 'Refer a child’s case',
    tags: ['Cases'],
    request: {
      headers: z.object({ 'idempotency-key': z.string() }),
      body: { content: { 'application/json': { schema: referralSchema } }, required: true },
    },
    responses: { 201: json(openedSchema, 'The case with its first recommendation'), ...writing },
  }),
  view: createRoute({
    method: 'get',
    path: '/v1/cases/{id}',
    summary: 'One case, with what may be done now and what blocks the rest',
    tags: ['Cases'],
    request: { params: id },
    responses: {
      200: json(z.record(z.string(), z.unknown()), 'The parts of the case that your role sees'),
      ...problems,
    },
  }),
  facts: createRoute({
    method: 'put',
    path: '/v1/cases/{id}/facts',
    summary: 'Record answers, each with who gave it',
    tags: ['Cases'],
    request: {
      params: id,
      headers: ifMatch,
      body: { content: { 'application/json': { schema: answersSchema } }, required: true },
    },
    responses: { 200: json(actedSchema, 'The case after it'), ...writing },
  }),
  event: createRoute({
    method: 'post',
    path: '/v1/cases/{id}/events',
    summary: 'Record something that happened',
    tags: ['Cases'],
    request: {
      params: id,
      headers: ifMatch,
      body: { content: { 'application/json': { schema: askedSchema } }, required: true },
    },
    responses: { 200: json(actedSchema, 'The case after it'), ...writing },
  }),
}

/** The calls that open a case, show it and move it on. */
export function addCases(app: OpenAPIHono<Identified>, deps: Deps): void {
  for (const route of Object.values(routes)) app.openAPIRegistry.registerPath(route)
  const once = idempotency(deps.store, true)
  const onceIfAsked = idempotency(deps.store, false)

  app.post('/v1/referrals', async (c) => {
    const bytes = await jsonBytes(c)
    if (bytes instanceof Response) return bytes
    return once(c, c.var.caller, bytes, async (key) => {
      const input = parsed(c, bytes, referralSchema)
      if (input instanceof Response) return input
      const repeatable = key && { ...key, answer: opened }
      const outcome = await openCase(deps, requestOf(c), input, repeatable)
      return answered(c, withoutGiven(outcome, input), repeatable)
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
    return onceIfAsked(c, c.var.caller, bytes, async (key) => {
      const input = parsed(c, bytes, answersSchema)
      if (input instanceof Response) return input
      const repeatable = key && { ...key, answer: acted }
      const outcome = await recordFacts(
        deps,
        requestOf(c),
        c.req.param('id'),
        version,
        input,
        repeatable,
      )
      return answered(c, withoutGiven(outcome, input), repeatable)
    })
  })

  app.post('/v1/cases/:id/events', async (c) => {
    const version = versionIn(c)
    if (version instanceof Response) return version
    const bytes = await jsonBytes(c)
    if (bytes instanceof Response) return bytes
    return onceIfAsked(c, c.var.caller, bytes, async (key) => {
      const input = parsed(c, bytes, askedSchema)
      if (input instanceof Response) return input
      const repeatable = key && { ...key, answer: acted }
      const asked = input as unknown as Asked
      const outcome = await act(deps, requestOf(c), c.req.param('id'), version, asked, repeatable)
      return answered(c, outcome, repeatable)
    })
  })
}

/** Who asks, on which request. */
export const requestOf = (c: Context<Identified>): Request => ({
  caller: c.var.caller,
  requestId: c.var.requestId,
  purpose: purposeIn(c.req.header('x-purpose')),
})

/** A short code, never words: it goes into the access log. */
const purposeIn = (given: string | undefined) =>
  given !== undefined && /^[a-z][a-z-]{0,39}$/.test(given) ? given : undefined

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

const acted = ({ id: caseId, version, snapshot }: CaseRow) => ({
  status: 200,
  headers: { ...jsonHeaders, ...etag(version) },
  body: JSON.stringify({ id: caseId, version, state: snapshot.value }),
})

/** The answer to a write: what was stored for a repetition is what is sent the first time. */
function answered(
  c: Context,
  outcome: Outcome<Acted>,
  repeatable: Repeatable | undefined,
): Response | Promise<Response> {
  if (outcome.ok && outcome.value.answer) {
    const { status, headers, body } = outcome.value.answer
    return c.body(body, status as 200, { ...headers })
  }
  if (outcome.ok) {
    const { id: caseId, version, state } = outcome.value
    return c.json({ id: caseId, version, state }, 200, etag(version))
  }
  if (outcome.why === 'repeated' && outcome.kept.request !== repeatable?.request)
    return problem(c, 'key-used-otherwise', 'Use a new key for a new request.')
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
