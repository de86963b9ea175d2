import { z } from 'zod'
import {
  agencies,
  authorities,
  confirmations,
  disposals,
  exclusionRoutes,
  findingVerdicts,
  requirementStates,
  routes,
  stages,
  standings,
  statuses,
  verdicts,
} from './lists.ts'
import { periodSchema } from './plain-date.ts'

/**
 * What the rules say of one referral. It is advice: no function takes a Recommendation and returns
 * a clinic decision (ADR 0003). Every entry carries its rule with source, place and confirmation.
 */

const cited = z.object({
  ref: z.string(),
  title: z.string(),
  at: z.string(),
  confirmed: z.enum(confirmations),
})

export const ruleReferenceSchema = z.object({
  id: z.string(),
  title: z.string(),
  because: z.string(),
  authority: z.enum(authorities),
  layer: z.string(),
  source: z.array(cited),
  /** The rule rests on something that was not read in full. */
  checkBeforeUse: z.boolean(),
  doubts: z.array(z.object({ question: z.string(), owner: z.string() })),
})
export type RuleReference = z.infer<typeof ruleReferenceSchema>

const answer = z.union([z.string(), z.number(), z.array(z.string()).readonly(), periodSchema])

/** Whom an entry is about: offences and victims by their number in the referral, from 1. */
const concern = z.object({
  rule: ruleReferenceSchema,
  /** `met`, or `need-to-know` where it cannot be told yet. */
  verdict: z.enum(['met', 'need-to-know']),
  offences: z.array(z.int()),
  victims: z.array(z.int()),
})
export type Concern = z.infer<typeof concern>

export const exclusionSchema = concern.extend({
  route: z.enum(exclusionRoutes),
  scope: z.enum(['offence', 'referral']),
})
export const holdSchema = concern.extend({
  until: z.string(),
  by: z.enum(agencies),
  disposals: z.array(z.enum(disposals)),
  reviewWithin: periodSchema.optional(),
})
export const routeSchema = concern.extend({ to: z.enum(routes) })
export const requirementSchema = concern.extend({
  task: z.string(),
  of: z.enum(agencies),
  before: z.enum(stages),
  for: z.array(z.enum(disposals)).optional(),
  hard: z.boolean(),
  point: z.int().optional(),
  state: z.enum(requirementStates),
})
export const promptSchema = concern.extend({ note: z.string() })
export const referralOfferSchema = concern.extend({ to: z.string() })
export const clockSchema = concern.extend({
  what: z.string(),
  from: z.string(),
  startsOn: z.string().optional(),
  within: periodSchema.optional(),
  due: z.string().optional(),
  hard: z.boolean(),
  passed: z.boolean().optional(),
  /** A hard deadline, and the earliest where there are several for the same thing. */
  binds: z.boolean(),
})
export type Clock = z.infer<typeof clockSchema>

const statement = z.object({ says: z.string(), source: cited })

export const optionSchema = z.object({
  disposal: z.enum(disposals),
  title: z.string(),
  standing: z.enum(standings),
  /** The findings that rule it out, or that could. */
  because: z.array(concern),
  /** The holds that pause it. */
  heldBy: z.array(concern),
  outcomeCodes: z.array(
    z.object({ code: z.int(), label: z.string(), when: z.string().optional(), source: cited }),
  ),
  meansForTheChild: z.object({
    record: statement,
    disclosure: statement,
    conditions: statement,
    first_time_entrant: statement,
    if_not_completed: statement,
  }),
  doubts: z.array(z.object({ question: z.string(), owner: z.string() })),
})
export type Option = z.infer<typeof optionSchema>

export const startingPointSchema = concern.extend({
  disposal: z.enum(disposals),
  state: z.enum(['starting-point', 'cannot-tell']),
  /** Whether the disposal it names is open at all. */
  standing: z.enum([...standings, 'not-in-force']),
  /** Circumstances named by the source as grounds for another answer. */
  reconsider: z.array(z.string()),
  says: z.string(),
})
export type StartingPoint = z.infer<typeof startingPointSchema>

export const offenceResultSchema = z.object({
  offence: z.int(),
  code: z.string().optional(),
  title: z.string().optional(),
  exclusions: z.array(exclusionSchema),
  options: z.array(optionSchema),
  startingPoints: z.array(startingPointSchema),
  sourcesDiffer: z.boolean(),
})
export type OffenceResult = z.infer<typeof offenceResultSchema>

export const needToKnowSchema = z.object({
  fact: z.string(),
  question: z.string(),
  answers: z.string(),
  answeredBy: z.enum([...agencies, 'worked-out']),
  judgement: z.boolean(),
  /** The facts still missing from which it would follow. */
  workedOutFrom: z.array(z.string()),
  /** Why it is not known, where the referral says so. */
  because: z.string().optional(),
  offences: z.array(z.int()),
  /** What the answer can still change. */
  canChange: z.array(
    z.enum(['status', 'options', 'starting points', 'requirements', 'routes', 'clocks', 'prompts']),
  ),
  rules: z.array(ruleReferenceSchema.pick({ id: true, title: true, authority: true })),
})
export type NeedToKnow = z.infer<typeof needToKnowSchema>

type TraceNode =
  | { kind: 'all' | 'any' | 'not'; verdict: (typeof verdicts)[number]; tests: TraceNode[] }
  | {
      kind: 'leaf'
      verdict: (typeof verdicts)[number]
      fact: string
      operator: string
      value: string | number | (string | number)[]
      given?: z.infer<typeof answer> | undefined
    }

export const traceNodeSchema: z.ZodType<TraceNode> = z.lazy(() =>
  z.union([
    z.object({
      kind: z.enum(['all', 'any', 'not']),
      verdict: z.enum(verdicts),
      tests: z.array(traceNodeSchema),
    }),
    z.object({
      kind: z.literal('leaf'),
      verdict: z.enum(verdicts),
      fact: z.string(),
      operator: z.string(),
      value: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]),
      given: answer.optional(),
    }),
  ]),
)

export const findingSchema = z.object({
  rule: ruleReferenceSchema,
  verdict: z.enum(findingVerdicts),
  offences: z.array(z.int()),
  victims: z.array(z.int()),
  /** Every test with its answer, in rules that did not fire too. */
  tests: z.array(traceNodeSchema),
  /** The same in plain sentences. */
  explanation: z.array(z.string()),
})
export type Finding = z.infer<typeof findingSchema>

export const recommendationSchema = z.object({
  kind: z.literal('recommendation'),
  advisory: z.literal(true),
  status: z.enum(statuses),
  offences: z.array(offenceResultSchema),
  exclusions: z.array(exclusionSchema),
  holds: z.array(holdSchema),
  routes: z.array(routeSchema),
  requirements: z.array(requirementSchema),
  prompts: z.array(promptSchema),
  referrals: z.array(referralOfferSchema),
  clocks: z.array(clockSchema),
  needToKnow: z.array(needToKnowSchema),
  findings: z.array(findingSchema),
  ruleSet: z.object({ partnership: z.string(), digest: z.string(), asAt: z.string() }),
})
export type Recommendation = z.infer<typeof recommendationSchema>
