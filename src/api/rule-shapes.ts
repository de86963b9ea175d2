import { z } from 'zod'
import { rule } from '../casework/shapes/parts.ts'
import { authorities } from '../domain/lists.ts'
import { ruleReferenceSchema } from '../domain/recommendation.ts'
import { inForceSchema, ruleSchema } from '../rules/schema.ts'

const inShort = z.object({
  partnership: z.string(),
  title: z.string(),
  digest: z.string(),
  rules: z.int(),
})

/** The rule sets that the service answers from. */
export const ruleSets = z.object({ ruleSets: z.array(inShort) })

/** The rules of a partnership on a day. */
export const ruleSetOfDay = inShort.extend({
  asAt: z.string(),
  rules: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      layer: z.string(),
      authority: z.enum(authorities),
      in_force: inForceSchema,
      checkBeforeUse: z.boolean(),
    }),
  ),
})

/** How the rules of two days differ. */
export const ruleSetComparison = inShort.extend({
  from: z.string(),
  to: z.string(),
  begins: z.array(rule),
  ends: z.array(rule),
  changes: z.array(rule),
})

/** A rule as OpenAPI describes it; its tests are json-rules-engine conditions of any depth. */
export const oneRule = z.object({
  reference: ruleReferenceSchema,
  rule: ruleSchema.extend({
    applies_to: z.record(z.string(), z.unknown()).optional(),
    when: z.record(z.string(), z.unknown()),
    then: z.array(z.record(z.string(), z.unknown())),
  }),
  layer: z.string(),
})
