import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { done } from '../casework/casework.ts'
import { recommendation } from '../casework/shapes/recommendation.ts'
import { type Case, caseSchema } from '../domain/case.ts'
import { fixedAnswersOf, lookUp } from '../domain/fact.ts'
import type { Problem } from '../domain/problem.ts'
import { needToKnowSchema, type Recommendation } from '../domain/recommendation.ts'
import { problem } from '../http/problem.ts'
import { answerBatch, batchPath } from './batch.ts'
import { isType, jsonBytes, unreadable } from './body.ts'
import { asks, type Call } from './call.ts'
import { shared } from './describe-shared.ts'
import { inMiB, largestAnswer } from './largest-answer.ts'
import { problemAnswer } from './problem-answers.ts'
import { readReferralJson } from './read-referral.ts'
import type { RuleBook } from './rule-book.ts'

const tag = 'Recommendations'
const also = {
  422: problemAnswer(
    'An unknown fact, an answer that does not fit, or facts that contradict each other',
  ),
}
const questions = z.object({
  questions: z.array(
    needToKnowSchema.extend({
      name: z.string(),
      /** The answers to choose from, where they are fixed. */
      choices: z.array(z.string()).optional(),
    }),
  ),
})

/** The stateless calls: recommendations, in batches too, and the questions that can still matter. */
export const recommendationCalls = (
  book: RuleBook,
  report: (line: string) => void = () => {},
): Call[] => [
  asks({
    path: '/v1/recommendations',
    summary: 'What do the rules make of this referral?',
    description:
      'Facts in, a recommendation out; nothing is stored. Give what is known and leave out what is not. At most 100 offences, 100 victims, 100 pairs of the two and 2,000 facts; an answer has at most ' +
      `${inMiB(largestAnswer)}. It is advice: people decide.`,
    tag,
    answers: 'The recommendation',
    schema: recommendation,
    body: caseSchema,
    also,
    answer: async (c) => {
      const made = await recommended(c, book)
      return made instanceof Response ? made : done(made.recommendation)
    },
  }),
  batchCall(book, report),
  asks({
    path: '/v1/questions',
    summary: 'What can still matter to this referral?',
    description:
      'For a client that builds a form: the questions whose answers can still change the recommendation, most needed first, with wording, answers and who can answer. With no facts, every question that can matter. As much may be sent as for a recommendation.',
    tag,
    answers: 'The questions',
    schema: questions,
    body: caseSchema,
    also,
    answer: async (c) => {
      const made = await recommended(c, book)
      if (made instanceof Response) return made
      return done({ questions: questionsOf(made, book) })
    },
  }),
]

type Made = { given: Case; recommendation: Recommendation }

async function recommended(c: Context, book: RuleBook): Promise<Made | Response> {
  const bytes = await jsonBytes(c)
  if (bytes instanceof Response) return bytes
  const read = readReferralJson(bytes)
  if (!read.ok) return unreadable(c, read, 'The body is JSON, but not a referral.')
  const result = await book.recommend(read.value)
  return result.ok
    ? { given: read.value, recommendation: result.value }
    : notAReferral(c, result.problems)
}

const notAReferral = (c: Context, problems: readonly Problem[]) =>
  problem(c, 'cannot-be-used', 'The referral cannot be read.', problems)

function questionsOf({ given, recommendation: { needToKnow } }: Made, book: RuleBook) {
  const set = book.ruleSet(given.partnership)
  const facts = set.ok ? set.value.policy.facts : {}
  return needToKnow.map((one) => {
    const fact = lookUp(facts, one.fact)
    const choices = fact && fixedAnswersOf(fact.answers)
    return { ...one, name: fact?.name ?? one.fact, ...(choices ? { choices } : {}) }
  })
}

/** A bug met on a line is told on that line. */
const { responses, security } = shared('post', batchPath)
const withoutFault = Object.fromEntries(
  Object.entries(responses).filter(([status]) => status !== '500'),
)
const lines = { content: { 'application/x-ndjson': { schema: z.string() } } }

/** Many referrals: lines, not JSON, so it is described by hand. */
const batchCall = (book: RuleBook, report: (line: string) => void): Call => ({
  route: createRoute({
    ...{ method: 'post', path: batchPath, summary: 'Many referrals, one a line', tags: [tag] },
    security,
    description:
      'NDJSON in and out, streamed: each line of the body is a referral of at most 256 KiB, each line of the answer is { line, recommendation } or { line, problem }. A line that cannot be read does not stop the others. Each may hold as much, and is answered with as much, as one recommendation.',
    request: { body: { ...lines, required: true } },
    responses: {
      200: { description: 'One answer a line, in the order of the referrals', ...lines },
      415: problemAnswer('Another content type than NDJSON'),
      ...withoutFault,
    },
  }),
  handle: (c) => {
    if (!isType(c, /^application\/(x-)?ndjson$/))
      return problem(
        c,
        'wrong-content-type',
        'Send application/x-ndjson, one referral a line, not compressed.',
      )
    return c.body(answerBatch(c.req.raw.body ?? new Blob([]).stream(), book, report), 200, {
      'content-type': 'application/x-ndjson',
    })
  },
})
