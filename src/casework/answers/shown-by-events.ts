import type { EventType } from '../../domain/events.ts'

/** How a case came, as `case.entry` says it. */
type Entry = 'cps-return' | 'court-return' | 'representations'

/** A fact that an event of ours shows, so that people do not type it. */
export type ShownByEvents = {
  /** What shows it. */
  events: readonly EventType[]
  /** The answers that an event alone gives. */
  answers: readonly string[] | 'any'
  /** The answers that nothing typed takes the place of; those in `answers` where left out. */
  stands?: readonly string[] | 'any'
  /**
   * How a case came whose referral may bring it: there it truly happened before the case was ours,
   * and no event of ours can be recorded for it.
   */
  before?: readonly Entry[]
  /** People may say it until a decision stands: until then it is what is being considered. */
  untilDecided?: true
}

/** What the prosecutors said before the case came to us: it comes back from them or from a court. */
const returned = ['cps-return', 'court-return', 'representations'] as const
const risks = ['contact-with-protected-person', 'threat', 'breach-of-exclusion', 'breach-of-curfew']

const yes = (...events: EventType[]): ShownByEvents => ({ events, answers: ['yes'] })
const anyAnswer = (...events: EventType[]): ShownByEvents => ({ events, answers: 'any' })
const decided = ['clinic.decided', 'escalation.resolved'] as const

/**
 * THE table of the facts that events mirror (mirrors.ts). Left out here, a fact can be typed. That
 * the time to prosecute is over has no exception at a referral: a named person confirms it, with the
 * event, and the referral names nobody. The prosecutors' "no charge" and "not needed" have no event.
 */
export const shownByEvents: Readonly<Record<string, ShownByEvents>> = {
  'decision.proposed_disposal': { ...anyAnswer(...decided), untilDecided: true },
  'decision.departure_reason_recorded': yes('departure.recorded', ...decided),
  'process.considered_by_clinic': yes('case.sentBack', ...decided),
  'process.decided_on': anyAnswer('case.sentBack', ...decided),
  'process.reasons_recorded': yes(...decided),
  'process.lesser_options_reasons_recorded': yes(...decided),
  'process.conditions_tied': yes(...decided),
  'process.social_care_present': anyAnswer('clinic.opened', 'clinic.decided'),
  'process.education_present': anyAnswer('clinic.opened', 'clinic.decided'),
  'process.countersigned': yes('decision.countersigned'),
  'process.representations': {
    events: ['representations.received', 'representations.answered'],
    answers: ['received', 'answered'],
    before: ['representations'],
  },
  // That they were asked is no answer of theirs: what they say takes its place.
  'process.cps_authority': {
    events: ['cps.consulted', 'cps.authorised', 'cps.refused'],
    answers: ['sought', 'given', 'refused'],
    stands: ['given', 'refused'],
    before: returned,
  },
  'process.cps_charge_decision': {
    events: ['cps.consulted', 'cps.charged', 'cps.returnedForResolution'],
    answers: ['sought', 'charge', 'returned-for-resolution'],
    stands: ['charge', 'returned-for-resolution'],
    before: returned,
  },
  'process.disposal_given_on': anyAnswer('disposal.given'),
  'process.given_by': anyAnswer('disposal.given'),
  'process.adult_at_giving': anyAnswer('disposal.given'),
  'offence.limitation_expired_confirmed': yes('limitation.confirmedExpired'),
  'process.conditions_completed': yes('conditions.allMet'),
  'process.reengagement_tried': yes('reengagement.tried'),
  'process.non_compliance_confirmed': yes('manager.reviewed'),
  'process.police_told_of_non_compliance': yes('police.notified'),
  'process.reconsidered_by_police': yes(
    'police.tookNoAction',
    'prosecution.started',
    'disposal.varied',
  ),
  // A risk may be told of where nothing is being delivered. It is not taken back by typing.
  'delivery.risk_event': { events: ['risk.reported'], answers: [], stands: risks },
  'delivery.risk_event_on': { events: ['risk.reported'], answers: [], stands: 'any' },
}
