import { z } from 'zod'
import { afterTheDecision } from './events/after-the-decision.ts'
import { atAnyTime } from './events/at-any-time.ts'
import { beforeTheClinic } from './events/before-the-clinic.ts'
import { deciding } from './events/deciding.ts'
import { delivering } from './events/delivering.ts'
import { policy } from './events/policy.ts'

/**
 * Everything that can happen, as store, API and pages share it. An event says what happened, in
 * the past tense, who did it and when, in ids and codes: no names, no answers, no words. What
 * people wrote stands in the record, encrypted, and the event names it (ADR 0030).
 */
const ofReferrals = [...beforeTheClinic, ...deciding, ...afterTheDecision, ...atAnyTime] as const

export const referralEventSchema = z.discriminatedUnion('type', ofReferrals)
export const deliveryEventSchema = z.discriminatedUnion('type', delivering)
export const policyEventSchema = z.discriminatedUnion('type', policy)
export const eventSchema = z.discriminatedUnion('type', [...ofReferrals, ...delivering, ...policy])

export type ReferralEvent = z.infer<typeof referralEventSchema>
export type DeliveryEvent = z.infer<typeof deliveryEventSchema>
export type PolicyEvent = z.infer<typeof policyEventSchema>
export type WaymarkEvent = z.infer<typeof eventSchema>
export type EventType = WaymarkEvent['type']

/** The first event of a history. It opens the chart and is never a step in it. */
export const openingEvents = {
  referral: 'referral.received',
  delivery: 'delivery.agreed',
  policy: 'ruleSet.loaded',
} as const satisfies Record<string, EventType>

/** What each event says, for pages and pictures. */
export const eventSays: Readonly<Record<string, string>> = Object.fromEntries(
  [...ofReferrals, ...delivering, ...policy].map((schema) => [
    schema.shape.type.value,
    schema.description ?? '',
  ]),
)
