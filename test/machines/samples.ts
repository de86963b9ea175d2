import type { DeliveryEvent, PolicyEvent, ReferralEvent } from '../../src/domain/events.ts'
import {
  approver,
  chair,
  police,
  policyLead,
  practitioner,
  sweeper,
  teamLeader,
} from '../support/made-up.ts'

type Of<Type extends ReferralEvent['type']> = Extract<ReferralEvent, { type: Type }>

const at = '2026-03-02T09:30:00Z'
const gate = { recommendationId: 'recommendation-1', outstanding: [] as string[] }
const chosen: Pick<Of<'disposal.given'>, 'chosen'> = {
  chosen: [{ offence: 1, disposal: 'youth-conditional-caution', standing: 'open' }],
}
const decision: Omit<
  Of<'clinic.decided'>,
  'type' | 'by' | 'at' | 'clinicId' | keyof typeof gate
> = {
  decisionId: 'decision-1',
  quorum: 'met',
  ...chosen,
  left: [],
  countersignature: 'not-needed',
  ratification: 'not-needed',
  departures: [],
}
const excluded: Of<'exclusion.confirmed'> = {
  type: 'exclusion.confirmed',
  by: police,
  at,
  rule: 'exclusions/linked-to-charged-matter',
  reason: { code: 'rule-applies' },
  offences: [1],
  scope: 'referral',
  route: 'police',
}
const given: Of<'disposal.given'> = {
  type: 'disposal.given',
  by: police,
  at,
  decisionId: 'decision-1',
  givenOn: '2026-03-02',
  place: 'youth-justice-office',
  givenBy: 'person-2',
  rank: 'sergeant-or-above',
  appropriateAdult: 'independent',
  follows: 'delivery',
  ...chosen,
  ...gate,
}
const fellAway: Of<'evidence.fellAway'> = {
  type: 'evidence.fellAway',
  by: police,
  at,
  offences: [1],
  scope: 'referral',
  reason: { code: 'defence-made-out' },
}
const expired: Of<'limitation.confirmedExpired'> = {
  type: 'limitation.confirmedExpired',
  by: police,
  at,
  offences: [1],
  scope: 'referral',
}
const departed: Omit<Of<'departure.recorded'>, 'from'> = {
  type: 'departure.recorded',
  by: chair,
  at,
  departureId: 'departure-1',
  reason: { code: 'proportionality' },
  recommendationId: 'recommendation-1',
}

type Samples<Event> = Readonly<Record<string, Event>>

/** One event of every type, by its type; where an event can lead elsewhere, one of each kind. */
const referralSamples = {
  'referral.received': {
    type: 'referral.received',
    by: police,
    at,
    partnership: 'derby',
    entry: 'custody',
    offences: [1],
  },
  'referral.accepted': { type: 'referral.accepted', by: practitioner, at },
  'referral.rejected': {
    type: 'referral.rejected',
    by: teamLeader,
    at,
    reason: { code: 'not-a-child' },
  },
  'safeguarding.raised': {
    type: 'safeguarding.raised',
    by: practitioner,
    at,
    reason: { code: 'exploitation' },
  },
  'case.listed': { type: 'case.listed', by: teamLeader, at, clinicId: 'clinic-1', ...gate },
  'case.postponed': { type: 'case.postponed', by: chair, at, reason: { code: 'agenda-full' } },
  'case.held': {
    type: 'case.held',
    by: practitioner,
    at,
    holdId: 'hold-1',
    rule: 'pathways/exploitation-hold',
    reason: { code: 'exploitation-looked-into' },
    reviewOn: '2026-03-30',
  },
  'case.held, once more': {
    type: 'case.held',
    by: practitioner,
    at,
    holdId: 'hold-2',
    reason: { code: 'capacity-in-doubt' },
    reviewOn: '2026-03-30',
  },
  'hold.reviewed': {
    type: 'hold.reviewed',
    by: practitioner,
    at,
    holdId: 'hold-1',
    reviewOn: '2026-04-27',
  },
  'hold.lifted': {
    type: 'hold.lifted',
    by: practitioner,
    at,
    holdId: 'hold-1',
    reason: { code: 'settled' },
  },
  'case.routed': { type: 'case.routed', by: practitioner, at, to: 'exploitation-panel' },
  'specialists.reported': {
    type: 'specialists.reported',
    by: practitioner,
    at,
    reportId: 'report-1',
  },
  'specialists.kept': { type: 'specialists.kept', by: practitioner, at, reportId: 'report-1' },
  'cps.consulted': { type: 'cps.consulted', by: police, at, question: 'authority-to-caution' },
  'cps.authorised': { type: 'cps.authorised', by: police, at, offences: [1] },
  'cps.refused': { type: 'cps.refused', by: police, at, offences: [1] },
  'cps.returnedForResolution': { type: 'cps.returnedForResolution', by: police, at },
  'cps.charged': { type: 'cps.charged', by: police, at, offences: [1] },
  'exclusion.confirmed': excluded,
  'exclusion.confirmed, to the prosecutors': { ...excluded, route: 'cps' },
  'exclusion.confirmed, to specialists': { ...excluded, route: 'specialist-panel' },
  'exclusion.confirmed, of one offence': { ...excluded, scope: 'offence' },
  'clinic.opened': { type: 'clinic.opened', by: chair, at, clinicId: 'clinic-1', quorum: 'met' },
  'clinic.decided': {
    type: 'clinic.decided',
    by: chair,
    at,
    clinicId: 'clinic-1',
    ...decision,
    ...gate,
  },
  'clinic.adjourned': {
    type: 'clinic.adjourned',
    by: chair,
    at,
    reason: { code: 'checklist-missing' },
    owedBy: 'home',
    until: '2026-03-16',
  },
  'clinic.disagreed': {
    type: 'clinic.disagreed',
    by: chair,
    at,
    positions: [
      { agency: 'police', position: 'youth-caution' },
      { agency: 'youth-justice', position: 'community-resolution' },
    ],
  },
  'case.sentBack': {
    type: 'case.sentBack',
    by: chair,
    at,
    reason: { code: 'charge-to-be-considered' },
    ...gate,
  },
  'escalation.passedUp': { type: 'escalation.passedUp', by: chair, at, rung: 'heads-of-service' },
  'escalation.resolved': {
    type: 'escalation.resolved',
    by: police,
    at,
    answer: { to: 'decided', ...decision, ...gate },
  },
  'escalation.resolved, by the chair': {
    type: 'escalation.resolved',
    by: chair,
    at,
    answer: { to: 'decided', ...decision, ...gate },
  },
  'escalation.resolved, sent back': {
    type: 'escalation.resolved',
    by: police,
    at,
    answer: { to: 'returned', reason: { code: 'charge-to-be-considered' } },
  },
  'decision.confirmed': { type: 'decision.confirmed', by: chair, at, decisionId: 'decision-1' },
  'decision.confirmed, by the police': {
    type: 'decision.confirmed',
    by: police,
    at,
    decisionId: 'decision-1',
  },
  'decision.ratified': { type: 'decision.ratified', by: teamLeader, at, decisionId: 'decision-1' },
  'decision.countersigned': {
    type: 'decision.countersigned',
    by: teamLeader,
    at,
    decisionId: 'decision-1',
    ...chosen,
    ...gate,
  },
  'offer.opened': {
    type: 'offer.opened',
    by: police,
    at,
    decisionId: 'decision-1',
    ...chosen,
    ...gate,
  },
  'decision.passedToPolice': {
    type: 'decision.passedToPolice',
    by: police,
    at,
    decisionId: 'decision-1',
    ...chosen,
    ...gate,
  },
  'decision.returned': {
    type: 'decision.returned',
    by: police,
    at,
    reason: { code: 'new-information' },
  },
  'departure.recorded': {
    ...departed,
    from: {
      what: 'requirement',
      requirement: 'information/school-reports',
      authority: 'local-protocol',
      hard: false,
    },
  },
  'departure.recorded, from a statute': {
    ...departed,
    from: {
      what: 'requirement',
      requirement: 'disposals/caution-explained',
      authority: 'statute',
      hard: false,
    },
  },
  'departure.recorded, from what is hard': {
    ...departed,
    from: {
      what: 'requirement',
      requirement: 'information/assessment',
      authority: 'national-guidance',
      hard: true,
    },
  },
  'disposal.given': given,
  'disposal.given, nothing follows': { ...given, follows: 'nothing' },
  'disposal.declined': {
    type: 'disposal.declined',
    by: police,
    at,
    reason: { code: 'legal-advice' },
  },
  'offence.notAdmitted': { type: 'offence.notAdmitted', by: police, at, offences: [1] },
  'offer.lapsed': { type: 'offer.lapsed', by: sweeper, at },
  'delivery.finished': {
    type: 'delivery.finished',
    by: practitioner,
    at,
    deliveryId: 'delivery-1',
  },
  'delivery.withdrawn': {
    type: 'delivery.withdrawn',
    by: practitioner,
    at,
    deliveryId: 'delivery-1',
  },
  'delivery.failed': { type: 'delivery.failed', by: practitioner, at, deliveryId: 'delivery-1' },
  'police.tookNoAction': {
    type: 'police.tookNoAction',
    by: police,
    at,
    reason: { code: 'reasonable-excuse' },
    outcomeCode: 10,
  },
  'police.tookNoAction, as outcome 22': {
    type: 'police.tookNoAction',
    by: police,
    at,
    reason: { code: 'mostly-completed' },
    outcomeCode: 22,
  },
  'disposal.varied': {
    type: 'disposal.varied',
    by: police,
    at,
    reason: { code: 'reasonable-excuse' },
  },
  'prosecution.started': { type: 'prosecution.started', by: police, at, offences: [1] },
  'case.closed': { type: 'case.closed', by: teamLeader, at, ...gate },
  'police.reported': {
    type: 'police.reported',
    by: police,
    at,
    outcomeCode: 10,
    offences: [1],
    left: [],
  },
  'police.reported, of some': {
    type: 'police.reported',
    by: police,
    at,
    outcomeCode: 10,
    offences: [1],
    left: [2],
  },
  'police.reported, as outcome 22': {
    type: 'police.reported',
    by: police,
    at,
    outcomeCode: 22,
    offences: [1],
    left: [],
  },
  'police.reported, as outcome 2': {
    type: 'police.reported',
    by: police,
    at,
    outcomeCode: 2,
    offences: [1],
    left: [],
  },
  'case.referredAgain': { type: 'case.referredAgain', by: police, at, referralId: 'referral-1' },
  'disposal.setAside': {
    type: 'disposal.setAside',
    by: police,
    at,
    decisionId: 'decision-1',
    reason: { code: 'no-appropriate-adult' },
  },
  'scrutiny.sampled': {
    type: 'scrutiny.sampled',
    by: { person: 'person-7', role: 'scrutiny-member', agency: 'partnership' },
    at,
    sampleId: 'sample-1',
  },
  'child.turnedEighteen': { type: 'child.turnedEighteen', by: sweeper, at },
  'limitation.confirmedExpired': expired,
  'limitation.confirmedExpired, of one offence': { ...expired, scope: 'offence' },
  'evidence.fellAway': fellAway,
  'evidence.fellAway, of one offence': { ...fellAway, scope: 'offence' },
  'case.transferred': {
    type: 'case.transferred',
    by: teamLeader,
    at,
    from: 'derby',
    to: 'derbyshire',
  },
  'representations.received': {
    type: 'representations.received',
    by: practitioner,
    at,
    representationsId: 'letter-1',
    from: 'solicitor',
  },
  'representations.answered': {
    type: 'representations.answered',
    by: police,
    at,
    representationsId: 'letter-1',
    answer: 'not-upheld',
  },
  'representations.answered, upheld': {
    type: 'representations.answered',
    by: police,
    at,
    representationsId: 'letter-1',
    answer: 'upheld',
  },
  'circumstances.changed': {
    type: 'circumstances.changed',
    by: practitioner,
    at,
    reason: { code: 'placement' },
  },
  'facts.recorded': {
    type: 'facts.recorded',
    by: practitioner,
    at,
    facts: ['child.placement'],
    suppliedBy: 'social-care',
  },
  'record.corrected': {
    type: 'record.corrected',
    by: practitioner,
    at,
    facts: ['child.placement'],
    reason: { code: 'mistake' },
  },
  'newOffence.linked': { type: 'newOffence.linked', by: police, at, referralId: 'referral-2' },
} satisfies Samples<ReferralEvent>

const reviewed = { type: 'manager.reviewed', by: teamLeader, at, noteId: 'note-1' } as const
const tried = {
  type: 'reengagement.tried',
  by: practitioner,
  at,
  how: 'visit',
  adapted: 'adapted-to-communication-needs',
  result: 'not-yet',
} as const

const deliverySamples = {
  'delivery.agreed': { type: 'delivery.agreed', by: practitioner, at, decisionId: 'decision-1' },
  'delivery.started': {
    type: 'delivery.started',
    by: practitioner,
    at,
    disposals: ['youth-conditional-caution'],
  },
  'delivery.started, voluntary': {
    type: 'delivery.started',
    by: practitioner,
    at,
    disposals: ['youth-caution', 'community-resolution'],
  },
  'contact.made': { type: 'contact.made', by: practitioner, at },
  'contact.missed': { type: 'contact.missed', by: practitioner, at },
  'condition.met': { type: 'condition.met', by: practitioner, at, conditionId: 'condition-1' },
  'conditions.varied': {
    type: 'conditions.varied',
    by: practitioner,
    at,
    conditionIds: ['condition-1'],
    reason: { code: 'condition-not-workable' },
  },
  'conditions.allMet': { type: 'conditions.allMet', by: practitioner, at, open: [] },
  'conditions.allMet, one open': {
    type: 'conditions.allMet',
    by: practitioner,
    at,
    open: ['condition-1'],
  },
  'child.withdrew': {
    type: 'child.withdrew',
    by: practitioner,
    at,
    reason: { code: 'does-not-want-to' },
  },
  'reengagement.tried': tried,
  'reengagement.tried, the child is back': { ...tried, result: 'back' },
  'reengagement.tried, not adapted': { ...tried, adapted: 'not-adapted' },
  'manager.reviewed': { ...reviewed, conclusion: 'go-on' },
  'manager.reviewed, to change it': { ...reviewed, conclusion: 'vary' },
  'manager.reviewed, to end voluntary work': { ...reviewed, conclusion: 'end-voluntary-work' },
  'manager.reviewed, conditions not kept': { ...reviewed, conclusion: 'non-compliance' },
  'police.notified': { type: 'police.notified', by: practitioner, at },
  'risk.reported': { type: 'risk.reported', by: practitioner, at, risk: 'threat' },
  'delivery.stopped': {
    type: 'delivery.stopped',
    by: practitioner,
    at,
    reason: { code: 'set-aside' },
  },
} satisfies Samples<DeliveryEvent>

const digest = 'sha256-0123456789abcdef'
const policySamples = {
  'ruleSet.loaded': { type: 'ruleSet.loaded', by: sweeper, at, partnership: 'derby', digest },
  'ruleSet.proposed': {
    type: 'ruleSet.proposed',
    by: policyLead,
    at,
    digest,
    impactNoteId: 'note-1',
    equalityNoteId: 'note-2',
  },
  'ruleSet.approved': {
    type: 'ruleSet.approved',
    by: approver,
    at,
    digest,
    signatories: [{ person: 'person-2', agency: 'police' }],
    needed: ['police'],
    inForceFrom: '2026-04-01',
  },
  'ruleSet.cameIntoForce': {
    type: 'ruleSet.cameIntoForce',
    by: sweeper,
    at,
    digest,
    on: '2026-04-01',
  },
  'ruleSet.shipped': {
    type: 'ruleSet.shipped',
    by: sweeper,
    at,
    digest,
    approval: 'shipped',
    inForceBefore: null,
  },
  'ruleSet.superseded': {
    type: 'ruleSet.superseded',
    by: sweeper,
    at,
    successor: 'sha256-fedcba9876543210',
    on: '2027-04-01',
  },
  'ruleSet.withdrawn': {
    type: 'ruleSet.withdrawn',
    by: policyLead,
    at,
    reason: { code: 'mistake-found' },
  },
} satisfies Samples<PolicyEvent>

export const samples: {
  referral: Record<keyof typeof referralSamples, ReferralEvent>
  delivery: Record<keyof typeof deliverySamples, DeliveryEvent>
  policy: Record<keyof typeof policySamples, PolicyEvent>
} = { referral: referralSamples, delivery: deliverySamples, policy: policySamples }

export type Sample = keyof typeof referralSamples
