import { z } from 'zod'
import { outcomeCodeSchema } from '../outcome-codes.ts'
import { plainDateSchema } from '../plain-date.ts'
import { reasonOf, reasons } from '../reasons.ts'
import { idSchema } from '../roles.ts'
import { event, gate, offenceNumberSchema, offences, standingNow } from './parts.ts'

const places = [
  'police-station',
  'youth-justice-office',
  'home',
  'placement',
  'school',
  'solicitors-office',
  'other',
] as const
/** The same answers as the facts `process.given_by` and `process.adult_at_giving`. */
const givers = ['sergeant-or-above', 'qualified-officer', 'other'] as const
const adults = ['independent', 'conflicted', 'absent'] as const

/** From the offer to the file that is closed. */
export const afterTheDecision = [
  event('disposal.given', 'The disposal was given: day, place, who, rank, appropriate adult.', {
    decisionId: idSchema,
    givenOn: plainDateSchema,
    place: z.enum(places),
    givenBy: idSchema,
    rank: z.enum(givers),
    appropriateAdult: z.enum(adults),
    follows: z.enum(['delivery', 'nothing']),
    ...standingNow,
    ...gate,
  }),
  event('disposal.declined', 'The child did not agree to what was offered.', {
    reason: reasonOf(reasons.declined),
  }),
  event('offence.notAdmitted', 'The child does not admit an offence that had to be admitted.', {
    offences,
  }),
  event('offer.lapsed', 'The offer ran out before it was answered.', {}),
  event('delivery.finished', 'What was agreed is done.', { deliveryId: idSchema }),
  event('delivery.withdrawn', 'The child withdrew from what was agreed.', { deliveryId: idSchema }),
  event('delivery.failed', 'What was agreed was not done.', { deliveryId: idSchema }),
  event('police.tookNoAction', 'The police took no action on what was not completed.', {
    reason: reasonOf(reasons.noAction),
    outcomeCode: outcomeCodeSchema,
  }),
  event('disposal.varied', 'The police varied the disposal, and delivery goes on.', {
    reason: reasonOf(reasons.varied),
  }),
  event('prosecution.started', 'The police or prosecutors started a prosecution.', { offences }),
  event('case.closed', 'The case was closed: outcome recorded, victim told, exit plan written.', {
    ...gate,
  }),
  event('police.reported', 'The police reported what came of offences that are theirs.', {
    outcomeCode: outcomeCodeSchema,
    offences,
    /** Offences of which the police have still to report. */
    left: z.array(offenceNumberSchema).max(100),
  }),
  event('case.referredAgain', 'The police referred the same case again.', { referralId: idSchema }),
  event('disposal.setAside', 'A disposal was set aside as unlawful or mistaken.', {
    decisionId: idSchema,
    reason: reasonOf(reasons.setAside),
  }),
  event('scrutiny.sampled', 'A scrutiny panel looked at the case. It changes nothing.', {
    sampleId: idSchema,
  }),
] as const
