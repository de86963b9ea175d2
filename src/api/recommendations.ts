import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Case, caseSchema } from '../domain/case.ts'
import { fixedAnswersOf, lookUp } from '../domain/fact.ts'
import { needToKnowSchema } from '../domain/recommendation.ts'
import { recommendation } from './answers/recommendation.ts'
import { answerBatch, batchPath } from './batch.ts'
import { isType } from './body.ts'
import { shared } from './describe-shared.ts'
import { problem } from './problem.ts'
import { problemAnswer } from './problem-answers.ts'
import { readReferralJson } from './read-referral.ts'
import type { RuleBook } from './rule-book.ts'

const refusals = {
  400: problemAnswer('The body is not JSON, or a key stands twice'),
  413: problemAnswer('More than 256 KiB'),
  415: problemAnswer('Another content type than JSON'),
  422: problemAnswer(
    'An unknown fact, an answer that does not fit, or facts that contradict each other',
  ),
}
const referralBody = { content: { 'application/json': { schema: caseSchema } }, required: true }

const questionSchema = needToKnowSchema.extend({
  name: z.string(),
  /** The answers to choose from, where they are fixed. */
  choices: z.array(z.string()).optional(),
})

const recommendationRoute = createRoute({
  method: 'post',
  path: '/v1/recommendations',
  security: shared('post', '/v1/recommendations').security,
  summary: 'What do the rules make of this referral?',
  description:
    'Facts in, a recommendation out; nothing is stored. Give what is known and leave out what is not. The answer is advice: people decide.',
  tags: ['Recommendations'],
  request: { body: referralBody },
  responses: {
    200: {
      description: 'The recommendation',
      content: { 'application/json': { schema: recommendation } },
    },
    ...refusals,
    ...shared('post', '/v1/recommendations').responses,
  },
})

/** A bug met on a line is told on that line. */
const { 500: _fault, ...withoutFault } = shared('post', batchPath).responses

const batchRoute = createRoute({
  method: 'post',
  path: batchPath,
  security: shared('post', batchPath).security,
  summary: 'Many referrals, one a line',
  description:
    'NDJSON in and out, streamed: each line of the body is a referral of at most 256 KiB, each line of the answer is { line, recommendation } or { line, problem }. A line that cannot be read does not stop the others.',
  tags: ['Recommendations'],
  request: {
    body: { content: { 'application/x-ndjson': { schema: z.string() } }, required: true },
  },
  responses: {
    200: {
      description: 'One answer a line, in the order of the referrals',
      content: { 'application/x-ndjson': { schema: z.string() } },
    },
    415: refusals[415],
    ...withoutFault,
  },
})

const questionsRoute = createRoute({
  method: 'post',
  path: '/v1/questions',
  security: shared('post', '/v1/questions').security,
  summary: 'What can still matter to this referral?',
  description:
    'For a client that builds a form: the questions whose answers can still change the recommendation, most needed first, with wording, answers and who can answer. With no facts, every question that can matter.',
  tags: ['Recommendations'],
  request: { body: referralBody },
  responses: {
    200: {
      description: 'The questions',
      content: { 'application/json': { schema: z.object({ questions: z.array(questionSchema) }) } },
    },
    ...refusals,
    ...shared('post', '/v1/questions').responses,
  },
})

/** The stateless calls: recommendations, in batches too, and the questions that can still matter. */
export function recommendations(book: RuleBook, report: (line: string) => void): OpenAPIHono {
  const app = new OpenAPIHono()
  for (const route of [recommendationRoute, batchRoute, questionsRoute])
    app.openAPIRegistry.registerPath(route)

  app.post('/v1/recommendations', async (c) => {
    const read = await readReferralBody(c)
    if (read instanceof Response) return read
    const result = await book.recommend(read)
    return result.ok ? c.json(result.value, 200) : unreadable(c, result.problems)
  })

  app.post(batchPath, (c) => {
    if (!isType(c, /^application\/(x-)?ndjson$/))
      return problem(
        c,
        'wrong-content-type',
        'Send application/x-ndjson, one referral a line, not compressed.',
      )
    return c.body(answerBatch(c.req.raw.body ?? new Blob([]).stream(), book, report), 200, {
      'content-type': 'application/x-ndjson',
    })
  })

  app.post('/v1/questions', async (c) => {
    const read = await readReferralBody(c)
    if (read instanceof Response) return read
    const result = await book.recommend(read)
    if (!result.ok) return unreadable(c, result.problems)
    const set = book.ruleSet(read.partnership)
    const facts = set.ok ? set.value.policy.facts : {}
    const questions = result.value.needToKnow.map((one) => {
      const fact = lookUp(facts, one.fact)
      const choices = fact && fixedAnswersOf(fact.answers)
      return { ...one, name: fact?.name ?? one.fact, ...(choices ? { choices } : {}) }
    })
    return c.json({ questions }, 200)
  })
  return app
}

async function readReferralBody(c: Context): Promise<Case | Response> {
  if (!isType(c, /^application\/json$/))
    return problem(c, 'wrong-content-type', 'Send application/json, not compressed.')
  const read = readReferralJson(new Uint8Array(await c.req.arrayBuffer()))
  if (read.ok) return read.value
  const says = {
    malformed: 'The body cannot be read.',
    'cannot-be-used': 'The body is JSON, but not a referral.',
  }
  return problem(c, read.kind, says[read.kind], read.problems)
}

const unreadable = (c: Context, problems: Parameters<typeof problem>[3]) =>
  problem(c, 'cannot-be-used', 'The referral cannot be read.', problems)
