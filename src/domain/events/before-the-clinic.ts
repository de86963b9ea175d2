import { z } from 'zod'
import { exclusionRoutes, routes } from '../lists.ts'
import { plainDateSchema } from '../plain-date.ts'
import { reasonOf, reasons } from '../reasons.ts'
import { idSchema } from '../roles.ts'
import { event, gate, offences, requirementIdSchema, scope, slugSchema } from './parts.ts'

const entries = [
  'custody',
  'voluntary-interview',
  'released-under-investigation',
  'cps-return',
  'court-return',
  'representations',
] as const

/** From the referral to the agenda of a clinic. */
export const beforeTheClinic = [
  event('referral.received', 'The police referred the case.', {
    partnership: slugSchema,
    entry: z.enum(entries),
    offences,
  }),
  event('referral.accepted', 'The youth justice service accepted the referral.', {}),
  event('referral.rejected', 'The referral went back, with a reason.', {
    reason: reasonOf(reasons.rejected),
  }),
  event('case.listed', 'The case was put on the agenda of a clinic.', {
    clinicId: idSchema,
    ...gate,
  }),
  event('case.postponed', 'The case was taken off the agenda, with a reason.', {
    reason: reasonOf(reasons.postponed),
  }),
  event('case.held', 'A hold was placed, with a day of review.', {
    holdId: idSchema,
    rule: requirementIdSchema.optional(),
    reason: reasonOf(reasons.held),
    reviewOn: plainDateSchema,
  }),
  event('hold.reviewed', 'A hold was looked at again and stays.', {
    holdId: idSchema,
    reviewOn: plainDateSchema,
  }),
  event('hold.lifted', 'A person lifted a hold, with a reason.', {
    holdId: idSchema,
    reason: reasonOf(reasons.holdLifted),
  }),
  event('case.routed', 'The case was sent to specialists first.', {
    to: z.enum(routes),
    rule: requirementIdSchema.optional(),
  }),
  event('specialists.reported', 'The specialists reported, and the case comes back.', {
    reportId: idSchema,
  }),
  event('specialists.kept', 'The specialists keep the case as theirs.', { reportId: idSchema }),
  event('cps.consulted', 'The Crown Prosecution Service was asked.', {
    question: z.enum(['authority-to-caution', 'charge', 'advice']),
  }),
  event('cps.authorised', 'The Crown Prosecution Service gave its authority.', { offences }),
  event('cps.refused', 'The Crown Prosecution Service refused its authority.', { offences }),
  event('cps.returnedForResolution', 'The prosecutors ask for an answer out of court.', {}),
  event('cps.charged', 'The prosecutors decided to charge.', { offences }),
  event('exclusion.confirmed', 'A person confirmed an exclusion: it is not for this clinic.', {
    rule: requirementIdSchema,
    reason: reasonOf(reasons.excluded),
    offences,
    scope,
    route: z.enum(exclusionRoutes),
  }),
] as const
