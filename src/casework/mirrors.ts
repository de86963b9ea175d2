import type { GivenAnswer } from './answers.ts'
import type { Asked, Decided } from './asked.ts'
import type { AnswerEntry } from './ports.ts'

/**
 * Facts that an event shows by itself (design: facts.md, "those that mirror an event are written by
 * casework with it"), so that nobody types the same thing twice. Only what the event really shows:
 * that a decision was recorded with its reasons shows the reasons; it does not show a plan.
 */
export type Mirrored = {
  asked: Asked
  today: string
  offences: readonly number[]
  answers: readonly AnswerEntry[]
  /** Agencies at the clinic; none where there is no clinic. */
  present: readonly string[]
  /** Whether other representations still wait. */
  othersWait: boolean
  decided: Decided | undefined
}

type Line = (given: Mirrored) => GivenAnswer[]

const referral = (fact: string, answer: string): GivenAnswer => ({
  about: { what: 'referral' },
  fact,
  answer,
})
const each = (offences: readonly number[], fact: string, answer: string): GivenAnswer[] =>
  offences.map((number) => ({ about: { what: 'offence', number }, fact, answer }))
const text = (asked: Asked, key: string) => String(asked[key])
const asked = (given: Mirrored) =>
  Array.isArray(given.asked.offences) ? (given.asked.offences as number[]) : given.offences

const decided: Line = ({ decided: made, today }) =>
  made
    ? [
        ...made.chosen.flatMap(({ offence, disposal }) =>
          each([offence], 'decision.proposed_disposal', disposal),
        ),
        referral('process.decided_on', today),
        referral('process.considered_by_clinic', 'yes'),
        referral('process.reasons_recorded', 'yes'),
        referral('process.lesser_options_reasons_recorded', 'yes'),
        // Each condition names the need or the harm that it answers; none can be without.
        referral('process.conditions_tied', 'yes'),
        ...(made.departures.length > 0
          ? [referral('decision.departure_reason_recorded', 'yes')]
          : []),
      ]
    : []

const attended = (present: readonly string[]): GivenAnswer[] => [
  referral('process.social_care_present', present.includes('social-care') ? 'yes' : 'no'),
  referral('process.education_present', present.includes('education') ? 'yes' : 'no'),
]

const reconsidered: Line = () => [referral('process.reconsidered_by_police', 'yes')]

const lines: Readonly<Record<string, Line>> = {
  // What was dealt with before says nothing of a worry that is raised now.
  'safeguarding.raised': ({ answers }) =>
    answers
      .filter(({ fact, answer }) => fact === 'process.safety_concerns_resolved' && answer !== null)
      .map(({ about, fact }) => ({
        about,
        fact,
        answer: null,
        because: 'Somebody raised a worry about the child’s safety since.',
      })),
  'clinic.opened': ({ present }) => attended(present),
  // Who came late took part: what counts is who is there when it decides.
  'clinic.decided': (given) => [...attended(given.present), ...decided(given)],
  'escalation.resolved': decided,
  'case.sentBack': ({ today }) => [
    referral('process.considered_by_clinic', 'yes'),
    referral('process.decided_on', today),
  ],
  'decision.countersigned': () => [referral('process.countersigned', 'yes')],
  'departure.recorded': ({ asked: { from } }) =>
    (from as { what: string }).what === 'starting-point'
      ? [referral('decision.departure_reason_recorded', 'yes')]
      : [],
  'representations.received': () => [referral('process.representations', 'received')],
  'representations.answered': ({ othersWait }) =>
    othersWait ? [] : [referral('process.representations', 'answered')],
  'cps.consulted': ({ asked: { question } }) => {
    if (question === 'authority-to-caution') return [referral('process.cps_authority', 'sought')]
    return question === 'charge' ? [referral('process.cps_charge_decision', 'sought')] : []
  },
  'cps.authorised': (given) => each(asked(given), 'process.cps_authority', 'given'),
  'cps.refused': (given) => each(asked(given), 'process.cps_authority', 'refused'),
  'cps.charged': (given) => each(asked(given), 'process.cps_charge_decision', 'charge'),
  'cps.returnedForResolution': () => [
    referral('process.cps_charge_decision', 'returned-for-resolution'),
  ],
  'disposal.given': ({ asked: one }) => [
    referral('process.disposal_given_on', text(one, 'givenOn')),
    referral('process.given_by', text(one, 'rank')),
    referral('process.adult_at_giving', text(one, 'appropriateAdult')),
  ],
  'limitation.confirmedExpired': (given) =>
    each(asked(given), 'offence.limitation_expired_confirmed', 'yes'),
  'police.tookNoAction': reconsidered,
  'prosecution.started': reconsidered,
  'disposal.varied': reconsidered,
  'reengagement.tried': () => [referral('process.reengagement_tried', 'yes')],
  'conditions.allMet': () => [
    referral('process.conditions_completed', 'yes'),
    referral('process.non_compliance_confirmed', 'no'),
  ],
  'manager.reviewed': ({ asked: { conclusion } }) =>
    conclusion === 'non-compliance' ? [referral('process.non_compliance_confirmed', 'yes')] : [],
  'police.notified': () => [referral('process.police_told_of_non_compliance', 'yes')],
  'risk.reported': ({ asked: one, today }) => [
    referral('delivery.risk_event', text(one, 'risk')),
    referral('delivery.risk_event_on', today),
  ],
}

/** The facts that follow from what is asked. Facts the rules do not know are left out by the caller. */
export const mirrored = (given: Mirrored): GivenAnswer[] => lines[given.asked.type]?.(given) ?? []
