import { z } from 'zod'
import { escalationRungs } from '../../src/domain/events/deciding.ts'
import { offenceNumberSchema } from '../../src/domain/events/parts.ts'
import { disposals } from '../../src/domain/lists.ts'
import { idSchema } from '../../src/domain/roles.ts'

/** The states before an offer is made. A hold can stop any of them and leads back there. */
export const beforeOffering = [
  'received',
  'preparing',
  'withSpecialists',
  'withCps',
  'listed',
  'inClinic',
  'escalated',
  'decided',
] as const
export type BeforeOffering = (typeof beforeOffering)[number]

/** All that the chart remembers of a referral: ids and codes, never a name, a date or an answer. */
export const referralContextSchema = z.strictObject({
  /** Where a hold leads back to. Kept here, because a restored chart forgets history states. */
  heldFrom: z.enum(beforeOffering).nullable(),
  holds: z.array(idSchema),
  /** Representations that wait for an answer; until then nothing is confirmed. */
  unanswered: z.array(idSchema),
  turnedEighteen: z.boolean(),
  decision: z
    .strictObject({
      id: idSchema,
      disposals: z.array(z.enum(disposals)),
      chair: idSchema.nullable(),
      police: idSchema.nullable(),
      countersignature: z.enum(['needed', 'not-needed']),
      ratification: z.enum(['needed', 'not-needed', 'done']),
    })
    .nullable(),
  /** Offences excluded, without evidence or out of time: none of them may be decided any more. */
  takenOut: z.array(offenceNumberSchema),
  /** Offences that the decision left to the police, and of which they have not reported yet. */
  withPolice: z.array(offenceNumberSchema),
  /** Offences of which the police have reported: only they bring one back. */
  reported: z.array(offenceNumberSchema),
  /** How far a difference between agencies has gone up the ladder; null where it has not. */
  rung: z.enum(escalationRungs).nullable(),
  /** A disposal was given and has not been set aside. */
  given: z.boolean(),
  /** Something was agreed, and it is not done, or not yet. */
  uncompleted: z.boolean(),
  /** Decisions that later ones took the place of. A decision is superseded, never edited. */
  superseded: z.array(idSchema),
})
export type ReferralContext = z.infer<typeof referralContextSchema>

export const freshReferral: ReferralContext = {
  heldFrom: null,
  holds: [],
  unanswered: [],
  turnedEighteen: false,
  decision: null,
  takenOut: [],
  withPolice: [],
  reported: [],
  rung: null,
  given: false,
  uncompleted: false,
  superseded: [],
}
