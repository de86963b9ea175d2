import { z } from 'zod'
import { afterTheDecision } from '../domain/events/after-the-decision.ts'
import { atAnyTime } from '../domain/events/at-any-time.ts'
import { beforeTheClinic } from '../domain/events/before-the-clinic.ts'
import { deciding } from '../domain/events/deciding.ts'
import { delivering } from '../domain/events/delivering.ts'
import { offences } from '../domain/events/parts.ts'
import { agencies, disposals } from '../domain/lists.ts'
import { plainDateSchema } from '../domain/plain-date.ts'
import { reasons } from '../domain/reasons.ts'

/**
 * What a caller may ask for: the events of `src/domain/events.ts` without what casework adds by
 * itself (who and when, gates, ids, standings) and with the words that the event may not hold.
 */
const wordsSchema = z.string().trim().min(1).max(4_000)

const addedByCasework = new Set([
  'by',
  'at',
  'recommendationId',
  'outstanding',
  'decisionId',
  'quorum',
  'chosen',
  'countersignature',
  'ratification',
  'departures',
  'departureId',
  'reportId',
  'sampleId',
  'noteId',
  'left',
  'open',
  'deliveryId',
  'from',
])
/** What casework makes where the event begins something, and what is asked where it goes on. */
const addedHere: Readonly<Record<string, readonly string[]>> = {
  'case.held': ['holdId'],
  'representations.received': ['representationsId'],
  'delivery.started': ['disposals'],
  'clinic.opened': ['clinicId'],
  'clinic.decided': ['clinicId'],
}
/** Written by the program alone, or with another call. */
const notAsked = new Set([
  'referral.received',
  'facts.recorded',
  'record.corrected',
  'child.turnedEighteen',
  'delivery.finished',
  'delivery.withdrawn',
  'delivery.failed',
  'delivery.agreed',
  'delivery.stopped',
])
/** Nothing is worth recording here without the words. */
const needWords = new Set([
  'specialists.reported',
  'specialists.kept',
  'representations.received',
  'representations.answered',
  'manager.reviewed',
  'circumstances.changed',
  'conditions.varied',
])

const aDay = plainDateSchema.describe('A day, YYYY-MM-DD')
const reasonSchema = (codes: readonly [string, ...string[]]) => z.enum(codes)

const decidedSchema = z.strictObject({
  chosen: z
    .array(
      z.strictObject({
        offence: z.int().positive().max(100),
        disposal: z.enum(disposals),
        reasons: wordsSchema.describe('In the panel’s own words'),
      }),
    )
    .min(1)
    .max(100)
    .describe('A disposal for each offence'),
  lesserOptions: z
    .array(
      z.strictObject({
        offence: z.int().positive().max(100),
        disposal: z.enum(disposals),
        why: wordsSchema,
      }),
    )
    .max(900)
    .default([])
    .describe('Why each open, less criminalising option was not used'),
  conditions: z
    .array(
      z.strictObject({
        offence: z.int().positive().max(100),
        text: wordsSchema,
        tiedTo: z.strictObject({ what: z.enum(['need', 'harm']), which: wordsSchema }),
        by: z.enum(agencies),
        startBy: plainDateSchema.optional(),
        dueOn: plainDateSchema.optional(),
      }),
    )
    .max(100)
    .default([]),
  victimConsidered: wordsSchema.describe('How the victim was considered'),
  childsWords: wordsSchema.describe('How the child’s own words were considered'),
  dissent: z
    .array(z.strictObject({ agency: z.enum(agencies), position: wordsSchema, why: wordsSchema }))
    .max(20)
    .default([]),
  departures: z
    .array(
      z.strictObject({
        offence: z.int().positive().max(100),
        reason: reasonSchema(reasons.departure),
        text: wordsSchema,
      }),
    )
    .max(100)
    .default([])
    .describe('Where a disposal differs from the starting point'),
})
export type Decided = z.output<typeof decidedSchema>

const offencesMeant = offences
  .optional()
  .describe('Needed where the scope is "offence"; all of them where it is "referral"')

const special: Readonly<Record<string, z.ZodRawShape>> = {
  'clinic.decided': { decision: decidedSchema },
  'escalation.resolved': {
    answer: z.discriminatedUnion('to', [
      z.strictObject({ to: z.literal('decided'), decision: decidedSchema }),
      z.strictObject({ to: z.literal('returned'), reason: reasonSchema(reasons.sentBack) }),
    ]),
  },
  'departure.recorded': {
    from: z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('starting-point'), disposal: z.enum(disposals) }),
      z.strictObject({ what: z.literal('requirement'), requirement: z.string().max(160) }),
    ]),
    text: wordsSchema,
  },
  'representations.received': { from: z.enum(['child', 'parent', 'solicitor']) },
  'exclusion.confirmed': { offences: offencesMeant },
  'evidence.fellAway': { offences: offencesMeant },
  'limitation.confirmedExpired': { offences: offencesMeant },
  'police.reported': {
    offences: offences.optional().describe('All that are still with the police where left out'),
  },
  'scrutiny.sampled': {
    grade: z.enum([
      'appropriate',
      'appropriate-with-observations',
      'inappropriate',
      'could-not-agree',
    ]),
  },
}

type EventSchema = z.ZodObject & { shape: { type: z.ZodLiteral<string> } }

/** The codes of a reason as an event's schema has them. */
const codesOf = (reason: z.ZodType) =>
  (reason as unknown as { shape: { code: z.ZodType } }).shape.code

function asked(schema: EventSchema) {
  const type = schema.shape.type.value
  const kept = Object.entries(schema.shape).filter(
    ([key]) => !addedByCasework.has(key) && !addedHere[type]?.includes(key),
  )
  const shape: Record<string, z.ZodType> = Object.fromEntries(
    kept.map(([key, value]) => [key, value === plainDateSchema ? aDay : value]),
  )
  if (shape.reason) shape.reason = codesOf(shape.reason)
  const words = wordsSchema.describe('What is to be said of it, in words')
  const text = needWords.has(type) ? words : words.optional()
  return z
    .strictObject({ ...shape, text, ...special[type], type: z.literal(type) })
    .refine((one) => (one as { reason?: string }).reason !== 'other' || 'text' in one, {
      error: 'says "other" as the reason: say in "text" what it is',
      path: ['text'],
    })
    .describe(schema.description ?? '')
}

const all = [
  ...beforeTheClinic,
  ...deciding,
  ...afterTheDecision,
  ...atAnyTime,
  ...delivering,
] as unknown as EventSchema[]
const deliveryTypes = new Set(delivering.map((schema) => schema.shape.type.value as string))
const asking = all.filter((schema) => !notAsked.has(schema.shape.type.value))

/** Every event that may be asked for, by its type. */
export const askedTypes: readonly string[] = asking.map((schema) => schema.shape.type.value)

/** One event as a caller asks for it. */
export const askedSchema = z.discriminatedUnion(
  'type',
  asking.map(asked) as unknown as [z.ZodObject, ...z.ZodObject[]],
)

/** What was asked, checked; the keys depend on the type. */
export type Asked = { type: string; text?: string; reason?: string } & Record<string, unknown>

export const isDeliveryType = (type: string): boolean => deliveryTypes.has(type)
