import { when } from './conditions.ts'
import { type BeforeOffering, beforeOffering } from './context.ts'

type State = BeforeOffering | 'onHold' | 'offering' | 'delivering' | 'reconsidering'
type AnyState = State | 'completed' | 'returned'

/** Where a case stands when the rules must run again: what was gathered stays, a decision does not. */
const again = <S extends AnyState>(state: S) =>
  (['listed', 'inClinic', 'escalated', 'decided', 'offering'] as AnyState[]).includes(state)
    ? ('preparing' as const)
    : state

/** Representations can come at any time, also about a case that is closed. */
export const letters = <const S extends AnyState | 'closed'>(state: S) =>
  ({
    'representations.received': {
      guard: when('newRepresentations'),
      target: state,
      actions: 'keepRepresentations',
    },
    // What was decided and is not given yet is decided again where they were right.
    'representations.answered': [
      {
        guard: when('byAPerson', 'theseRepresentations', 'theyWereRight'),
        target: decidedAgain(state),
        actions: ['answerRepresentations', 'prepareAfterTheHold'],
      },
      {
        guard: when('byAPerson', 'theseRepresentations'),
        target: state,
        actions: 'answerRepresentations',
      },
    ],
  }) as const

const decidedAgain = <S extends AnyState | 'closed'>(state: S) =>
  state === 'decided' || state === 'offering' ? ('preparing' as const) : state

/** What can happen in any open state. */
export const open = <const S extends AnyState>(state: S) => {
  const inPart = { target: again(state), actions: ['takeOut', 'prepareAfterTheHold'] } as const
  const falls = [
    { guard: when('byAPerson', 'wholeReferral'), target: 'returned' },
    { guard: when('byAPerson'), ...inPart },
  ] as const
  return {
    'safeguarding.raised': state,
    'facts.recorded': state,
    'record.corrected': state,
    'circumstances.changed': state,
    'newOffence.linked': state,
    // Another partnership decides for itself.
    'case.transferred': { target: again(state), actions: 'prepareAfterTheHold' },
    'departure.recorded': { guard: when('byAPerson', 'canBeDepartedFrom'), target: state },
    ...letters(state),
    'child.turnedEighteen': {
      guard: when('notYetEighteen'),
      target: again(state),
      actions: ['turnEighteen', 'prepareAfterTheHold'],
    },
    'limitation.confirmedExpired': falls,
    'evidence.fellAway': falls,
  } as const
}

/** What can happen, besides, in any state before an offer is made. */
export const early = <const S extends BeforeOffering | 'onHold'>(state: S) =>
  ({
    ...open(state),
    'exclusion.confirmed': [
      { guard: when('byAPerson', 'wholeReferral', 'toTheProsecutors'), target: 'withCps' },
      { guard: when('byAPerson', 'wholeReferral', 'toSpecialists'), target: 'withSpecialists' },
      { guard: when('byAPerson', 'wholeReferral'), target: 'returned' },
      {
        guard: when('byAPerson'),
        target: again(state),
        actions: ['takeOut', 'prepareAfterTheHold'],
      },
    ],
    'case.held': {
      guard: when('newHold'),
      target: 'onHold',
      actions: ['hold', { type: 'holdFrom', params: { state } }],
    },
    'case.routed': 'withSpecialists',
    'cps.consulted': 'withCps',
  }) as const

/** The way back from specialists and prosecutors: to the hold where one stands, else to preparing. */
export const back = [
  { guard: when('aHoldStands'), target: 'onHold', actions: 'holdAgainFromPreparing' },
  { target: 'preparing' },
] as const

const decides = [
  'byADecider',
  'quorate',
  'nothingOutstanding',
  'nothingRuledOut',
  'cautionsFit',
  'noneTakenOut',
  'aNewDecision',
] as const
const confirmed = ['thisDecision', 'confirmedByTwo', 'everythingAnswered'] as const
const mayBeOffered = [
  ...confirmed,
  'ratifiedWhereNeeded',
  'somethingToOffer',
  'nothingOutstanding',
  'nothingRuledOut',
  'cautionsFit',
] as const
const given = [
  'byAPerson',
  'thisDecision',
  'independentAdult',
  'everythingAnswered',
  'nothingOutstanding',
  'everythingOpen',
  'cautionsFit',
] as const

/** The guards that ask several things at once. */
export const guards = {
  decides: when(...decides),
  settles: when('answersDecided', 'fromTheLadder', ...decides),
  confirms: when(
    'thisDecision',
    'byADecider',
    'sideStillToConfirm',
    'twoDifferentPeople',
    'everythingAnswered',
  ),
  countersigns: when('byAPerson', 'aThirdPerson', 'countersignatureNeeded', ...mayBeOffered),
  opensTheOffer: when('noCountersignatureNeeded', ...mayBeOffered),
  passesToThePolice: when('byAPerson', ...confirmed, 'onlyACharge', 'nothingRuledOut'),
  ends: when(...given, 'nothingFollows', 'nothingNeedFollow'),
  begins: when(...given, 'deliveryFollows'),
}

/** What the police report of offences that were left to them, while the others go on. */
export const reports = <const S extends 'offering' | 'delivering' | 'reconsidering' | 'completed'>(
  state: S,
) =>
  ({
    'police.reported': {
      guard: when('byThePolice', 'theirOffences', 'outcomeOfThePolice'),
      target: state,
      actions: 'report',
    },
  }) as const

export const setAside = {
  'disposal.setAside': {
    guard: when('byThePolice', 'aDisposalStands', 'thisDecision'),
    target: 'preparing',
  },
} as const
export const notCompleted = [
  { guard: when('comesBackToThePolice'), target: 'reconsidering' },
  { target: 'completed' },
] as const

/** A hold that is lifted leads back to where it began, once no other hold stands. */
export const lifted = [
  {
    guard: when('byAPerson', 'thisHold', 'otherHoldsStand'),
    target: 'onHold',
    actions: 'lift',
  } as const,
  ...beforeOffering.map((state) => ({
    guard: when('byAPerson', 'thisHold', `heldFrom:${state}`),
    target: state,
    actions: 'lift' as const,
  })),
]
