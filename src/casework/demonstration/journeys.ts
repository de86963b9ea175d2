import type { Asked } from '../asked.ts'

/** One step of a made-up case: who of the demonstration does what. */
export type DemonstrationStep = { who: string } & (
  | { asks: Asked }
  | { answers: Readonly<Record<string, string | readonly string[]>>; about: About }
)
type About = { what: 'referral' } | { what: 'offence' | 'victim'; number: number }

/** A way through the lifecycle; a case of the demonstration goes some steps of it. */
export type Journey = readonly DemonstrationStep[]

const asks = (
  who: string,
  type: string,
  more: Record<string, unknown> = {},
): DemonstrationStep => ({
  who,
  asks: { type, ...more } as Asked,
})
const answers = (
  who: string,
  given: Record<string, string | readonly string[]>,
  about: About = { what: 'referral' },
): DemonstrationStep => ({ who, answers: given, about })
const theVictim: About = { what: 'victim', number: 1 }

const accept = asks('team-leader', 'referral.accepted')
const prepare = answers('practitioner', {
  'home.social_worker_view': 'yes',
  'process.safety_of_others_assessed': 'yes',
  'process.safety_summary_shared': 'yes',
})
const within = answers(
  'inspector',
  { 'offence.excluded_by_local_protocol': 'no' },
  { what: 'offence', number: 1 },
)
const list = asks('team-leader', 'case.listed', { clinicId: 'the clinic' })
const open = asks('chair', 'clinic.opened')

/** Up to the clinic: every case that is discussed comes this way. */
export const toTheClinic: Journey = [accept, prepare, within, list, open]

const lesser = (...disposals: readonly string[]) =>
  disposals.map((disposal) => ({ offence: 1, disposal, why: 'It would not help enough.' }))

const activity = {
  chosen: [
    { offence: 1, disposal: 'diversionary-activity', reasons: 'He owned up and asked for help.' },
  ],
  lesserOptions: lesser(
    'no-further-action',
    'other-agency-action',
    'investigation-not-in-public-interest',
  ),
  conditions: [
    {
      offence: 1,
      text: 'Four afternoons in the workshop',
      tiedTo: { what: 'need', which: 'something to do after school' },
      by: 'youth-justice',
    },
  ],
  victimConsidered: 'The home was asked and wants him to help put it right.',
  childsWords: 'He says that he is sorry, and would like to help.',
  dissent: [],
  departures: [],
}

const confirmed: Journey = [
  asks('chair', 'decision.confirmed'),
  asks('inspector', 'decision.confirmed'),
]
const offered: Journey = [
  answers('practitioner', {
    'process.adult_at_acceptance': 'independent',
    'process.plan_deliverable_here': 'yes',
  }),
  answers('victim-liaison', { 'victim.protective_condition': 'yes' }, theVictim),
  asks('team-leader', 'decision.countersigned'),
]
const given: Journey = [
  answers('practitioner', {
    'process.plan_agreed': 'yes',
    'process.contingency_planned': 'yes',
    'process.written_explanation_given': 'yes',
    'process.childs_understanding_recorded': 'yes',
    'process.plan_items': ['reparation'],
  }),
  asks('inspector', 'disposal.given', {
    givenOn: 'today',
    place: 'youth-justice-office',
    givenBy: 'inspector-1',
    rank: 'sergeant-or-above',
    appropriateAdult: 'independent',
    follows: 'delivery',
  }),
]
const begun = asks('practitioner', 'delivery.started')
const missed = asks('practitioner', 'contact.missed')
const tried = asks('practitioner', 'reengagement.tried', {
  how: 'visit',
  adapted: 'adapted-to-communication-needs',
  result: 'not-yet',
})
const found = asks('team-leader', 'manager.reviewed', {
  conclusion: 'non-compliance',
  text: 'Two visits and a letter, without an answer.',
})
const ended: Journey = [
  asks('practitioner', 'condition.met', { conditionId: 'the condition' }),
  asks('practitioner', 'conditions.allMet'),
]
const last: Journey = [
  answers('practitioner', {
    'process.care_monitoring_recorded': 'yes',
    'process.police_told_of_completion': 'yes',
    'process.exit_planned': 'yes',
    'delivery.risk_event': 'none',
  }),
  answers('victim-liaison', { 'victim.told_of_decision': 'yes' }, theVictim),
  asks('team-leader', 'case.closed'),
]

const decided: Journey = [...toTheClinic, asks('chair', 'clinic.decided', { decision: activity })]
const delivering: Journey = [...decided, ...confirmed, ...offered, ...given, begun]

/** Ways through the lifecycle that between them pass every state. */
export const journeys = {
  referred: [],
  accepted: [accept],
  prepared: [accept, prepare, within],
  listed: [accept, prepare, within, list],
  inClinic: toTheClinic,
  adjourned: [
    ...toTheClinic,
    asks('chair', 'clinic.adjourned', {
      reason: 'information-outstanding',
      owedBy: 'education',
      until: 'in two weeks',
    }),
  ],
  escalated: [
    ...toTheClinic,
    asks('chair', 'clinic.disagreed', {
      positions: [
        { agency: 'police', position: 'youth-conditional-caution' },
        { agency: 'social-care', position: 'diversionary-activity' },
      ],
    }),
  ],
  sentBack: [
    ...toTheClinic,
    asks('chair', 'case.sentBack', { reason: 'more-investigation-needed' }),
  ],
  held: [
    accept,
    asks('team-leader', 'case.held', {
      reason: 'exploitation-looked-into',
      reviewOn: 'in two weeks',
    }),
  ],
  withSpecialists: [accept, asks('team-leader', 'case.routed', { to: 'exploitation-panel' })],
  withProsecutors: [
    accept,
    asks('inspector', 'cps.consulted', { question: 'authority-to-caution' }),
  ],
  decided,
  confirmed: [...decided, ...confirmed],
  representations: [
    ...decided,
    asks('practitioner', 'representations.received', {
      from: 'solicitor',
      text: 'Please say why no further action was not enough.',
    }),
  ],
  offering: [...decided, ...confirmed, ...offered],
  given: [...decided, ...confirmed, ...offered, ...given],
  delivering,
  concern: [...delivering, missed],
  reconsidering: [
    ...delivering,
    missed,
    tried,
    tried,
    found,
    asks('team-leader', 'police.notified'),
  ],
  completed: [...delivering, ...ended],
  closed: [...delivering, ...ended, ...last],
} as const satisfies Readonly<Record<string, Journey>>
export type JourneyName = keyof typeof journeys
