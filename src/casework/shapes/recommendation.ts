import { z } from 'zod'
import { requirementStates, standings, statuses } from '../../domain/lists.ts'
import { findingSchema, recommendationSchema } from '../../domain/recommendation.ts'
import { day, instant, rule } from './parts.ts'

/** The recommendation as OpenAPI describes it; a test's tree is of any depth, which it cannot say. */
export const recommendation = recommendationSchema
  .extend({
    findings: z.array(
      findingSchema.extend({
        tests: z
          .array(z.record(z.string(), z.unknown()))
          .describe(
            'Every test with its answer: { kind: all | any | not, verdict, tests } or { kind: leaf, verdict, fact, operator, value, given }',
          ),
      }),
    ),
  })
  .meta({ id: 'Recommendation' })

/** What opening a case answers with: the recommendation without its findings. */
export const summary = z
  .object({
    id: z.string(),
    ...recommendationSchema.omit({ findings: true }).shape,
    asAt: day,
  })
  .describe('Without its findings; read them under /recommendation')

/** A recommendation of a case, without what it says. */
export const recommendationRow = z.object({
  id: z.string(),
  asAt: day,
  at: instant,
  status: z.enum(statuses),
  ruleSet: z.string().describe('The digest of the rules it was made by'),
  digest: z.string().describe('The SHA-256 of the whole recommendation'),
})

export const madeOnes = z.object({ recommendations: z.array(recommendationRow) })

export const explained = z.object({
  ...recommendationRow.shape,
  recommendation,
  madeAgain: z
    .object({ same: z.boolean(), says: z.string() })
    .describe('Whether the findings, made again by the rules of its day, are those of its day'),
})

const moved = <State extends z.ZodType>(state: State) =>
  z.array(
    z.object({
      what: z.string(),
      rule: rule.nullable(),
      offences: z.array(z.int()),
      victims: z.array(z.int()),
      before: state.nullable().describe('null where it was not there'),
      after: state.nullable().describe('null where it is not there'),
    }),
  )
const sureness = z.enum(['met', 'need-to-know'])
const byRules = recommendationSchema.shape.ruleSet

/** What changed from one recommendation to another. */
export const comparison = z.object({
  before: z.string(),
  after: z.string(),
  status: z.object({ before: z.enum(statuses), after: z.enum(statuses) }).nullable(),
  rules: z.object({ before: byRules, after: byRules }).nullable(),
  exclusions: moved(sureness),
  holds: moved(sureness),
  routes: moved(sureness),
  options: moved(z.enum(standings)),
  startingPoints: moved(z.enum(['starting-point', 'cannot-tell'])),
  requirements: moved(z.enum([...requirementStates, 'may-be-needed'])),
  clocks: moved(z.string()),
  needToKnow: z.array(
    z.object({ fact: z.string(), question: z.string(), change: z.enum(['new', 'settled']) }),
  ),
  says: z.array(z.string()),
})
