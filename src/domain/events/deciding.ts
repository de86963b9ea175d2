import { z } from 'zod'
import { agencies, authorities, disposals } from '../lists.ts'
import { plainDateSchema } from '../plain-date.ts'
import { reasonOf, reasons } from '../reasons.ts'
import { idSchema } from '../roles.ts'
import { decision, event, gate, requirementIdSchema, standingNow } from './parts.ts'

export const escalationRungs = [
  'managers',
  'heads-of-service',
  'chief-officers',
  'strategic-board',
] as const

const position = z.strictObject({
  agency: z.enum(agencies),
  position: z.enum([...disposals, 'not-for-this-clinic', 'not-yet']),
})

/** The clinic, the two confirmations, and what a partnership asks for besides. */
export const deciding = [
  event('clinic.opened', 'The clinic took up the case.', {
    clinicId: idSchema,
    quorum: z.enum(['met', 'not-met']),
  }),
  event('clinic.decided', 'The clinic decided, a disposal for each offence.', {
    clinicId: idSchema,
    ...decision,
    ...gate,
  }),
  event('clinic.adjourned', 'The clinic adjourned: what is owed, by whom, until when.', {
    reason: reasonOf(reasons.adjourned),
    owedBy: z.enum(agencies),
    until: plainDateSchema,
  }),
  event('clinic.disagreed', 'The agencies differ; each position is recorded.', {
    positions: z
      .array(position)
      .min(2)
      .max(20)
      .refine((all) => new Set(all.map(({ agency }) => agency)).size === all.length, {
        error: 'names an agency twice: each has one position',
      })
      .refine((all) => new Set(all.map((one) => one.position)).size > 1, {
        error: 'holds one position only: then the agencies do not differ',
      }),
  }),
  event('case.sentBack', 'The clinic sent the case back to the police, with a reason.', {
    reason: reasonOf(reasons.sentBack),
    ...gate,
  }),
  event('escalation.passedUp', 'The difference went to the next rung of the ladder.', {
    rung: z.enum(escalationRungs),
  }),
  event('escalation.resolved', 'The difference was settled; dissent stays on the record.', {
    answer: z.discriminatedUnion('to', [
      z.strictObject({ to: z.literal('decided'), ...decision, ...gate }),
      z.strictObject({ to: z.literal('returned'), reason: reasonOf(reasons.sentBack) }),
    ]),
  }),
  event('decision.confirmed', 'One of the two who must confirm the decision did so.', {
    decisionId: idSchema,
  }),
  event('decision.ratified', 'The decision was ratified, where the partnership asks for it.', {
    decisionId: idSchema,
  }),
  event('decision.countersigned', 'A manager countersigned, where the partnership asks for it.', {
    decisionId: idSchema,
    ...standingNow,
    ...gate,
  }),
  event('offer.opened', 'The confirmed decision may now be explained to the child.', {
    decisionId: idSchema,
    ...standingNow,
    ...gate,
  }),
  event('decision.passedToPolice', 'A decision that asks only for a charge went to the police.', {
    decisionId: idSchema,
    ...standingNow,
    ...gate,
  }),
  event('decision.returned', 'The decision came back to be made again, with a reason.', {
    reason: reasonOf(reasons.decisionReturned),
  }),
  event('departure.recorded', 'A person departed from a requirement or a starting point.', {
    departureId: idSchema,
    from: z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('starting-point'), disposal: z.enum(disposals) }),
      z.strictObject({
        what: z.literal('requirement'),
        requirement: requirementIdSchema,
        authority: z.enum(authorities),
        hard: z.boolean(),
      }),
    ]),
    reason: reasonOf(reasons.departure),
    recommendationId: idSchema,
  }),
] as const
