import { z } from 'zod'
import { plainDateSchema } from './plain-date.ts'

/**
 * A referral's facts as they are handed in: a case file, or the body of POST /v1/recommendations.
 * Answers are checked against `rules/facts.yaml` afterwards, because that file decides what can be
 * asked. A fact that is not known is absent or null; `notKnown` may say why.
 */
const given = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.array(z.string()).max(1000), z.null()]),
)

export const caseSchema = z.strictObject({
  partnership: z
    .string()
    .default('national')
    .describe('Whose rules: a partnership, or national for the national rules alone'),
  asAt: plainDateSchema
    .optional()
    .describe('The day whose rules apply (YYYY-MM-DD); today when left out'),
  facts: given
    .default({})
    .describe('What is known of the referral, by fact id; leave out what is not known'),
  offences: z
    .array(given)
    .min(1)
    .max(100)
    .optional()
    .describe('One set of facts an offence; a fact here overrides the referral’s for that offence'),
  victims: z
    .array(z.strictObject({ offences: z.array(z.int().positive()).optional(), facts: given }))
    .max(100)
    .optional()
    .describe('One entry a victim, each with the numbers of the offences it is about'),
  notKnown: z
    .record(z.string(), z.string())
    .optional()
    .describe('Why a fact is not known, by fact id'),
})

/** A referral as handed in, before its answers are checked. */
export type CaseInput = z.input<typeof caseSchema>
export type Case = z.output<typeof caseSchema>
