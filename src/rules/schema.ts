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
} from '../domain/lists.ts'
import { periodSchema, plainDateSchema } from '../domain/plain-date.ts'

/**
 * The shape of a rule file. Tests are json-rules-engine conditions, untouched (ADR 0001); what that
 * engine would read in two ways is not accepted here.
 */

export const operators = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'contains',
  'doesNotContain',
] as const
export type Operator = (typeof operators)[number]

const value = z.union([
  z.string(),
  z.number(),
  z.array(z.union([z.string(), z.number()])).min(1),
  z.strictObject({ fact: z.string().regex(/^parameter\./) }),
])

const leaf = z.strictObject({ fact: z.string(), operator: z.enum(operators), value })
export type Leaf = z.infer<typeof leaf>

export type Group = { all: Test[] } | { any: Test[] } | { not: Test }
export type Test = Group | Leaf

const group: z.ZodType<Group> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(test).min(1) }),
    z.strictObject({ any: z.array(test).min(1) }),
    z.strictObject({ not: test }),
  ]),
)
const test: z.ZodType<Test> = z.lazy(() => z.union([group, leaf]))

const sentence = z.string().trim().min(1)
const ruleId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/)
const parameterId = z.string().regex(/^parameter\.[a-z][a-z0-9_]*$/)
const someDisposals = z.array(z.enum(disposals)).min(1)
const yesOrNo = z.enum(['yes', 'no'])

/** The closed list of effects; each element of `then` has exactly one of these keys. */
export const effectShapes = {
  exclude: z.strictObject({
    route: z.enum(exclusionRoutes),
    scope: z.enum(['offence', 'referral']),
  }),
  hold: z.strictObject({
    until: sentence,
    by: z.enum(agencies),
    disposals: someDisposals,
    review_within: parameterId.optional(),
  }),
  route: z.strictObject({ to: z.enum(routes) }),
  'rule-out': z.strictObject({ disposals: someDisposals }),
  'start-at': z.strictObject({
    disposal: z.enum(disposals),
    over: z.array(ruleId).min(1).optional(),
    reconsider: z.array(sentence).min(1).optional(),
  }),
  require: z.strictObject({
    task: sentence,
    of: z.enum(agencies),
    before: z.enum(stages),
    for: someDisposals.optional(),
    done_when: group.optional(),
    hard: yesOrNo.optional(),
    point: z.int().positive().optional(),
  }),
  consider: z.strictObject({ note: sentence }),
  refer: z.strictObject({ to: sentence }),
  clock: z.strictObject({
    what: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    within: parameterId,
    from: z.string(),
    hard: yesOrNo.optional(),
  }),
} as const

type EffectShapes = typeof effectShapes
export type EffectKind = keyof EffectShapes
export type EffectOf<K extends EffectKind> = { [P in K]: z.infer<EffectShapes[K]> }
export type Effect = { [K in EffectKind]: EffectOf<K> }[EffectKind]

export const effectKinds = Object.keys(effectShapes) as EffectKind[]

const effect = z.union(
  effectKinds.map((kind) => z.strictObject({ [kind]: effectShapes[kind] })) as unknown as [
    z.ZodType<Effect>,
    ...z.ZodType<Effect>[],
  ],
)

/** A place in a source; `confirmed` where this place is weaker than the source as a whole. */
export const citationSchema = z.strictObject({
  ref: z.string(),
  at: sentence,
  confirmed: z.enum(confirmations).optional(),
})
export type Citation = z.infer<typeof citationSchema>

/** Dates inclusive, tested against the as-at date. `not-stated` = nobody has read the date. */
export const inForceSchema = z.strictObject({
  from: z.union([z.literal('not-stated'), plainDateSchema]),
  applied_from: plainDateSchema.optional(),
  until: plainDateSchema.optional(),
  /** Why nothing held between the predecessor's end and this rule's first day. */
  after_gap: sentence.optional(),
})
export type InForce = z.infer<typeof inForceSchema>

export const doubtSchema = z.strictObject({ question: sentence, owner: sentence })

const exampleAnswer = z.union([z.string(), z.number(), z.array(z.string()), z.null(), periodSchema])

export const exampleSchema = z.strictObject({
  name: sentence,
  as_at: plainDateSchema.optional(),
  given: z.record(z.string(), exampleAnswer),
  expect: z.enum(findingVerdicts),
  done: z.enum(requirementStates).optional(),
})
export type Example = z.infer<typeof exampleSchema>

export const ruleSchema = z.strictObject({
  id: ruleId,
  title: sentence,
  covers: z.array(z.string()),
  authority: z.enum(authorities),
  in_force: inForceSchema,
  replaces: z.strictObject({ id: ruleId, because: sentence }).optional(),
  applies_to: group.optional(),
  when: group,
  then: z.array(effect).min(1),
  because: sentence,
  source: z.array(citationSchema).min(1),
  doubts: z.array(doubtSchema).min(1).optional(),
  examples: z.array(exampleSchema).min(3),
})
export type RuleFile = z.infer<typeof ruleSchema>

/** A rule and where it came from: the national layer or one partnership's. */
export type Rule = RuleFile & { layer: string; file: string }

/** The first day on which a rule, parameter or disposal is applied. */
export const firstDay = (inForce: Pick<InForce, 'from' | 'applied_from'>): string =>
  inForce.from === 'not-stated' ? (inForce.applied_from ?? '9999-12-31') : inForce.from

/** True when `day` lies within the dates, both ends included. */
export const covers = (inForce: InForce, day: string): boolean =>
  firstDay(inForce) <= day && day <= (inForce.until ?? '9999-12-31')

/** The effects of one kind that a rule has. */
export function effectsOf<K extends EffectKind>(
  rule: RuleFile,
  kind: K,
): z.infer<EffectShapes[K]>[] {
  return rule.then.flatMap((one) =>
    kind in one ? [(one as EffectOf<K>)[kind] as z.infer<EffectShapes[K]>] : [],
  )
}
