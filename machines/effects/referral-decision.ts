import type { Effect } from '../../src/domain/effect.ts'
import type { ReferralEvent } from '../../src/domain/events.ts'
import type { ReferralContext } from '../referral/context.ts'
import { decisionIn } from '../referral/reading.ts'
import {
  delivery,
  type EffectTable,
  hardClocks,
  record,
  runRulesAgain,
  start,
  stop,
  task,
  tell,
} from './saying.ts'

/** A decision that was made asks for two confirmations, and for what the partnership adds. */
function made(event: ReferralEvent): readonly Effect[] {
  const decision = decisionIn(event)
  if (!decision) return [task('report-what-came-of-it', 'police')]
  return [
    task('confirm-decision', 'chair'),
    task('confirm-decision', 'police'),
    ...(decision.countersignature === 'needed' ? [task('countersign', 'youth-justice')] : []),
    ...(decision.ratification === 'needed' ? [task('ratify', 'partnership')] : []),
    ...(decision.chosen.some(({ disposal }) => disposal === 'charge')
      ? [task('prepare-charge-file', 'police')]
      : []),
  ]
}

const offered = [
  task('explain-offer-to-the-child', 'police'),
  start('caution-after-clinic', 'victim-told-of-decision'),
  tell('decision-made', 'police', 'youth-justice', 'victim-liaison'),
  hardClocks,
]
const decideAgain = [runRulesAgain, hardClocks]
const conditionClocks = [
  'conditions-end',
  'conditions-warning',
  'conditions-longest',
  'diversion-ends',
] as const

const endOfDelivery = ({ after }: { after: { value: string } }): readonly Effect[] => [
  stop(...conditionClocks),
  ...(after.value === 'reconsidering'
    ? [task('decide-what-follows', 'police'), tell('conditions-not-kept', 'police')]
    : [
        record('outcome'),
        task('write-exit-plan', 'youth-justice'),
        tell('disposal-completed', 'police', 'victim-liaison'),
      ]),
]

type Later = Extract<
  ReferralEvent['type'],
  | `clinic.${string}`
  | `escalation.${string}`
  | `decision.${string}`
  | `disposal.${string}`
  | `delivery.${string}`
  | `offer.${string}`
  | `offence.${string}`
  | `police.${string}`
  | 'case.sentBack'
  | 'departure.recorded'
  | 'prosecution.started'
  | 'case.closed'
  | 'case.referredAgain'
  | 'scrutiny.sampled'
>

/** From the clinic to the closed file. */
export const afterTheClinic: Pick<EffectTable<ReferralEvent, ReferralContext>, Later> = {
  'clinic.opened': [hardClocks],
  'clinic.decided': ({ event }) => made(event),
  'clinic.adjourned': ({ event }) => [
    task('get-what-the-clinic-asked-for', event.owedBy),
    start('adjournment-ends'),
    tell('case-adjourned', 'police', 'youth-justice', 'victim-liaison'),
    hardClocks,
  ],
  'clinic.disagreed': [task('move-up-the-ladder', 'chair'), hardClocks],
  'case.sentBack': ({ event }) => [
    event.reason.code === 'charge-to-be-considered'
      ? task('prepare-charge-file', 'police')
      : task('report-what-came-of-it', 'police'),
    tell('referral-returned', 'police', 'youth-justice'),
  ],
  'escalation.passedUp': [task('move-up-the-ladder', 'chair'), hardClocks],
  'escalation.resolved': ({ event }) => made(event),
  'decision.confirmed': [],
  'decision.ratified': [],
  'decision.countersigned': offered,
  'offer.opened': offered,
  'decision.passedToPolice': [
    task('prepare-charge-file', 'police'),
    start('victim-told-of-decision'),
    tell('decision-made', 'police', 'youth-justice', 'victim-liaison'),
  ],
  'decision.returned': decideAgain,
  'departure.recorded': [record('departure-counted')],
  'disposal.given': ({ after }) => [
    ...((after.context as ReferralContext).withPolice.length > 0
      ? [task('report-what-came-of-it', 'police')]
      : []),
    stop('caution-after-clinic'),
    start('victim-review-request'),
    tell('disposal-given', 'police', 'youth-justice', 'victim-liaison'),
    ...(after.value === 'delivering'
      ? [
          delivery('open'),
          start(...conditionClocks),
          task('agree-first-steps-with-the-child', 'youth-justice'),
        ]
      : [record('outcome'), task('write-exit-plan', 'youth-justice')]),
  ],
  'disposal.declined': decideAgain,
  'offence.notAdmitted': decideAgain,
  'offer.lapsed': decideAgain,
  'delivery.finished': endOfDelivery,
  'delivery.withdrawn': endOfDelivery,
  'delivery.failed': endOfDelivery,
  'police.tookNoAction': [
    task('report-what-came-of-it', 'police'),
    tell('referral-returned', 'youth-justice', 'victim-liaison'),
  ],
  'disposal.varied': [
    delivery('go-on'),
    start(...conditionClocks),
    task('agree-varied-conditions', 'youth-justice'),
    hardClocks,
  ],
  'prosecution.started': [
    task('prepare-charge-file', 'police'),
    tell('referral-returned', 'youth-justice', 'victim-liaison'),
  ],
  'case.closed': [tell('case-closed', 'police', 'youth-justice', 'victim-liaison')],
  'police.reported': ({ after }) => [
    record('outcome'),
    ...(after.value === 'closed'
      ? [tell('case-closed', 'police', 'youth-justice', 'victim-liaison')]
      : [
          tell('outcome-reported', 'youth-justice', 'victim-liaison'),
          ...(after.value === 'returned' ? [task('report-what-came-of-it', 'police')] : []),
        ]),
  ],
  'case.referredAgain': [
    task('decide-whether-to-accept', 'youth-justice'),
    runRulesAgain,
    hardClocks,
  ],
  'disposal.setAside': ({ before }) => [
    record('records-to-correct'),
    task('correct-records', 'police'),
    tell('disposal-set-aside', 'child', 'youth-justice', 'victim-liaison'),
    ...(before.value === 'delivering' ? [delivery('stop'), stop(...conditionClocks)] : []),
    runRulesAgain,
    hardClocks,
  ],
  'scrutiny.sampled': [],
}

/** Whatever brought the case back: a decision that no longer stands is superseded on the record. */
export const supersedes = ({
  before,
  after,
}: Record<'before' | 'after', { context: ReferralContext }>): readonly Effect[] =>
  after.context.superseded.length > before.context.superseded.length
    ? [record('decision-superseded')]
    : []
