import { z } from 'zod'
import { disposals, type Stage, standings } from '../lists.ts'
import { actorSchema, idSchema } from '../roles.ts'

/** An instant, UTC. It orders events; ages and deadlines use plain dates. */
export const instantSchema = z.iso.datetime()

/** One event: what happened, who did it and when. `says` is the sentence that people read. */
export const event = <const Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  says: string,
  shape: Shape,
) =>
  z
    .strictObject({ type: z.literal(type), by: actorSchema, at: instantSchema, ...shape })
    .describe(says)

/** A requirement by the id of its rule, with a mark where one rule asks for several. */
export const requirementIdSchema = z
  .string()
  .max(160)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)+(?:#[a-z0-9-]+)?$/, {
    error: 'is not the id of a requirement, as the recommendation gives it',
  })
export type RequirementId = z.infer<typeof requirementIdSchema>

/** An id of a rule, a partnership or a rule set's kind: words with dashes. */
export const slugSchema = z
  .string()
  .max(80)
  .regex(/^[a-z]+(?:-[a-z0-9]+)*$/, {
    error: 'is not an id: small letters, digits and single dashes, such as west-mercia',
  })
export const digestSchema = z.string().regex(/^(?:sha256-)?[0-9a-f]{8,64}$/, {
  error: 'is not a digest, as the list of versions gives it',
})
export const offenceNumberSchema = z.int().positive().max(100)

/**
 * A gate, as casework worked it out on the day and as it is stored: what is still outstanding by
 * the recommendation named. The charts look at nothing else, so a replay needs no rules.
 */
export const gate = {
  recommendationId: idSchema,
  outstanding: z.array(requirementIdSchema).max(200),
}

/** Which stages' requirements casework puts into the gate of an event. */
export const gateStages: Readonly<Record<string, readonly Stage[]>> = {
  'case.listed': ['listing'],
  'clinic.decided': ['decision'],
  'escalation.resolved': ['decision'],
  'decision.countersigned': ['offer'],
  'offer.opened': ['offer'],
  'decision.passedToPolice': ['charge-file'],
  'case.sentBack': ['charge-file'],
  'disposal.given': ['giving', 'delivery'],
  'case.closed': ['closing'],
}

/** Whether one offence is concerned or the whole referral. */
export const scope = z.enum(['offence', 'referral'])

/** Offences by their number in the referral, from 1. */
export const offences = z.array(offenceNumberSchema).min(1).max(100)

/** A disposal for one offence, with its standing in the recommendation on that day. */
export const chosenSchema = z.strictObject({
  offence: offenceNumberSchema,
  disposal: z.enum(disposals),
  standing: z.enum(standings),
})
export type Chosen = z.infer<typeof chosenSchema>

/** Disposals with their standing, each offence once. */
const eachOffenceOnce = z
  .array(chosenSchema)
  .min(1)
  .max(100)
  .refine((chosen) => new Set(chosen.map(({ offence }) => offence)).size === chosen.length, {
    error: 'names an offence twice: each offence has one disposal',
  })

/** What a decision chose, with its standing by the rules of the day of this event. */
export const standingNow = { chosen: eachOffenceOnce }

/** What a decision holds, in ids and codes. Its reasons stand in the record, by `decisionId`. */
export const decision = {
  decisionId: idSchema,
  quorum: z.enum(['met', 'not-met']),
  chosen: eachOffenceOnce,
  /** Offences that the decision leaves to the police: excluded, or taken out of the case before. */
  left: z.array(offenceNumberSchema).max(100),
  countersignature: z.enum(['needed', 'not-needed']),
  ratification: z.enum(['needed', 'not-needed']),
  departures: z.array(idSchema).max(200),
}
