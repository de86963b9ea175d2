import { z } from 'zod'
import { agencies } from './lists.ts'

/** What people are asked to do. Casework gives each a day by which it is due. */
export const tasks = [
  'decide-whether-to-accept',
  'make-child-safe',
  'gather-facts',
  'assess',
  'ask-for-victims-views',
  'review-assessment-and-plan',
  'review-hold',
  'prepare-papers-for-specialists',
  'prepare-papers-for-prosecutors',
  'send-papers-to-clinic-members',
  'get-what-the-clinic-asked-for',
  'move-up-the-ladder',
  'confirm-decision',
  'countersign',
  'ratify',
  'answer-representations',
  'explain-offer-to-the-child',
  'prepare-charge-file',
  'agree-first-steps-with-the-child',
  'try-to-bring-the-child-back',
  'review-as-manager',
  'agree-varied-conditions',
  'decide-what-follows',
  'write-exit-plan',
  'confirm-deferred-prosecution-after-eighteen',
  'hand-over-to-adult-services',
  'hand-over-to-the-other-partnership',
  'correct-records',
  'report-what-came-of-it',
  'find-other-help',
  'bring-into-force',
  'compare-with-the-set-before',
] as const

/** Clocks by the name that their rule gives them in `what`, and the hold's own. */
export const clocks = [
  'prosecution-limit',
  'eighteenth-birthday',
  'assessment',
  'hold-review',
  'adjournment-ends',
  'caution-after-clinic',
  'victim-told-of-decision',
  'victim-review-request',
  'conditions-end',
  'conditions-warning',
  'conditions-longest',
  'diversion-ends',
  'tell-police-of-risk',
] as const

export const notices = [
  'referral-accepted',
  'referral-returned',
  'case-listed',
  'case-held',
  'case-adjourned',
  'decision-made',
  'disposal-given',
  'disposal-completed',
  'disposal-set-aside',
  'conditions-not-kept',
  'risk-to-somebody',
  'safeguarding-concern',
  'time-to-prosecute-is-over',
  'child-is-eighteen',
  'case-transferred',
  'new-offence-linked',
  'case-closed',
  'outcome-reported',
  'rule-set-in-force',
  'rule-set-withdrawn',
] as const

/** What casework carries out after a step. A chart names it and does nothing itself. */
export const effectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('task'), task: z.enum(tasks), of: z.enum(agencies) }),
  z.strictObject({
    kind: z.literal('clocks'),
    does: z.enum(['start', 'stop', 'recheck']),
    clocks: z.array(z.enum(clocks)).min(1),
  }),
  z.strictObject({
    kind: z.literal('notice'),
    notice: z.enum(notices),
    to: z.array(z.enum(agencies)).min(1),
    sameDay: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('run-rules-again') }),
  z.strictObject({
    kind: z.literal('record'),
    what: z.enum([
      'outcome',
      'decision-superseded',
      'departure-counted',
      'records-to-correct',
      'access-for-the-other-partnership',
    ]),
  }),
  z.strictObject({ kind: z.literal('delivery'), does: z.enum(['open', 'stop', 'go-on']) }),
  z.strictObject({
    kind: z.literal('tell-referral'),
    event: z.enum(['delivery.finished', 'delivery.withdrawn', 'delivery.failed']),
  }),
])
export type Effect = z.infer<typeof effectSchema>
