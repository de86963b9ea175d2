import { z } from 'zod'
import { answersSchema, factDefinitionSchema, factIdPattern } from '../domain/fact.ts'
import { agencies, confirmations, disposals } from '../domain/lists.ts'
import { periodSchema, plainDateSchema } from '../domain/plain-date.ts'
import { citationSchema, doubtSchema, inForceSchema } from './schema.ts'

/** The shapes of the shared files of the rules folder: facts, sources, disposals, parameters. */

const sentence = z.string().trim().min(1)

export const factsFileSchema = z.record(z.string().regex(factIdPattern), factDefinitionSchema)

export const sourceSchema = z.strictObject({
  title: sentence,
  publisher: sentence.optional(),
  kind: z.enum(['statute', 'guidance', 'protocol', 'report', 'article', 'practice']),
  edition: sentence.optional(),
  confirmed: z.enum(confirmations),
  url: z.url({ protocol: /^https?$/ }).optional(),
  note: sentence.optional(),
})
export type Source = z.infer<typeof sourceSchema>
export const sourcesFileSchema = z.record(
  z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  sourceSchema,
)

const statement = z.strictObject({ says: sentence, source: citationSchema })

export const disposalSchema = z.strictObject({
  id: z.enum(disposals),
  title: sentence,
  in_force: inForceSchema,
  outcome_codes: z.array(
    z.strictObject({
      from: z.union([z.literal('not-stated'), plainDateSchema]),
      applied_from: plainDateSchema.optional(),
      until: plainDateSchema.optional(),
      code: z.int().positive(),
      label: sentence,
      when: sentence.optional(),
      source: citationSchema,
    }),
  ),
  means_for_the_child: z.strictObject({
    record: statement,
    disclosure: statement,
    conditions: statement,
    first_time_entrant: statement,
    if_not_completed: statement,
  }),
  doubts: z.array(doubtSchema).optional(),
})
export type DisposalDefinition = z.infer<typeof disposalSchema>
export const disposalsFileSchema = z.array(disposalSchema)

const parameterValue = z.union([z.int(), periodSchema, z.string().min(1)])

const datedValue = z.strictObject({
  from: z.union([z.literal('not-stated'), plainDateSchema]),
  applied_from: plainDateSchema.optional(),
  until: plainDateSchema.optional(),
  value: parameterValue,
  source: citationSchema,
  note: sentence.optional(),
})
export type DatedValue = z.infer<typeof datedValue>

export const parameterSchema = z.strictObject({
  title: sentence,
  values: z.array(datedValue),
  answers: answersSchema.optional(),
  doubts: z.array(doubtSchema).optional(),
})
export type Parameter = z.infer<typeof parameterSchema>
export const parametersFileSchema = z.record(
  z.string().regex(/^parameter\.[a-z][a-z0-9_]*$/),
  parameterSchema,
)

const stated = <T extends z.ZodType>(value: T) => z.strictObject({ value, source: citationSchema })
const datedYesNo = datedValue.extend({ value: z.enum(['yes', 'no']) })

export const partnershipSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  title: sentence,
  clinic_name: sentence,
  police_force: sentence,
  areas: z.array(sentence),
  in_force: inForceSchema,
  sources: z.array(citationSchema),
  parameters: z.record(z.string(), z.array(datedValue)).default({}),
  provisions: z.record(z.string().regex(/^provision\./), z.array(datedYesNo)).default({}),
  panel: z.strictObject({
    frequency: stated(sentence),
    members: stated(z.array(sentence)),
    quorum: stated(
      z.strictObject({
        all_of: z.array(z.enum(agencies)),
        any_of: z.array(z.enum(agencies)),
        extra: z.record(z.string(), z.enum(agencies)),
      }),
    ),
    chair: stated(sentence),
    final_decision: stated(z.enum(agencies)),
    countersign: stated(z.enum(['yes', 'no'])),
    ratify: stated(z.enum(['none', 'scheme', 'case'])),
    escalation: stated(z.array(sentence)),
    /** The agencies that must have signed before a change of the rules may be approved. */
    rule_changes_signed_by: stated(z.array(z.enum(agencies)).min(1)).optional(),
  }),
  not_stated: z.array(sentence),
  doubts: z.array(doubtSchema).optional(),
})
export type Partnership = z.infer<typeof partnershipSchema>

export const bankHolidaysFileSchema = z.strictObject({
  covers: z.strictObject({ from: plainDateSchema, until: plainDateSchema }),
  note: sentence,
  holidays: z.array(z.strictObject({ date: plainDateSchema, title: sentence })).min(1),
})

/** One row of `rules/offences.csv`. */
export const offenceSchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: sentence,
  statute: sentence,
  category: sentence,
  mode_of_trial: z.enum(['summary', 'either-way', 'indictable-only']),
  limitation: z.enum([
    'none',
    'six-months-from-offence',
    'six-months-from-evidence',
    'domestic-assault',
    'unknown',
  ]),
  limitation_basis: z.string(),
  limitation_when_domestic: z.enum(['', 'domestic-assault']),
  dpp_or_cps_consent: z.enum(['yes', 'no', 'unknown']),
  confidence: z.enum(['confirmed', 'recalled']),
  gravity_score: z.literal('', {
    error: 'stays empty: a force enters its own scores with a referral',
  }),
  notes: z.string(),
})
export type OffenceRow = z.infer<typeof offenceSchema>
