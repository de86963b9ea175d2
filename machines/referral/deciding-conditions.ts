import { youthCautions } from '../../src/domain/disposal-kinds.ts'
import { decidingRoles, isPerson } from '../../src/domain/roles.ts'
import {
  choosing,
  chosen,
  chosenIn,
  decisionIn,
  ofActor,
  ofCase,
  ofEvent,
  outstandingIn,
  side,
} from './reading.ts'

export const whoMayDoIt = {
  byAPerson: ofActor('A named person must do this, not a system.', (_, by) => isPerson(by)),
  byADecider: ofActor('The clinic chair or the police decision-maker must do this.', (_, by) =>
    (decidingRoles as readonly string[]).includes(by.role),
  ),
  byThePolice: ofActor(
    'The police decision-maker must do this: it is for the police to decide.',
    (_, by) => by.role === 'police-decision-maker',
  ),
}

export const whatMustBeDone = {
  nothingOutstanding: ofEvent(
    'Everything that comes first must be done, or set aside by a named person.',
    (_, event) => outstandingIn(event)?.length === 0,
  ),
  canBeDepartedFrom: ofEvent(
    'It must not be asked by statute nor marked as hard: that cannot be set aside.',
    (_, event) =>
      event.type === 'departure.recorded' &&
      (event.from.what === 'starting-point' ||
        !(event.from.hard || event.from.authority === 'statute')),
  ),
  everythingAnswered: ofCase(
    'Representations must be answered first.',
    ({ unanswered }) => unanswered.length === 0,
  ),
}

export const whatIsDecided = {
  quorate: ofEvent('The clinic must have its quorum.', (_, event) =>
    event.type === 'clinic.opened' ? event.quorum === 'met' : decisionIn(event)?.quorum === 'met',
  ),
  nothingRuledOut: ofEvent(
    'No disposal may be ruled out for its offence by the rules of today.',
    (_, event) =>
      chosenIn(event).length > 0 &&
      chosenIn(event).every(({ standing }) => standing !== 'ruled-out'),
  ),
  everythingOpen: ofEvent(
    'Each disposal must be open for its offence by the rules of today: what is not known is asked first.',
    (_, event) =>
      chosenIn(event).length > 0 && chosenIn(event).every(({ standing }) => standing === 'open'),
  ),
  cautionsFit: ofEvent(
    'After the eighteenth birthday neither youth caution can be chosen or given.',
    ({ turnedEighteen }, event) =>
      !turnedEighteen ||
      (chosenIn(event).length > 0 &&
        chosenIn(event).every(({ disposal }) => !youthCautions.includes(disposal))),
  ),
  noneTakenOut: ofEvent(
    'No offence may be decided that was excluded, that lost its evidence, whose time is over, or of which the police have reported.',
    ({ takenOut, reported }, event) =>
      chosenIn(event).every(
        ({ offence }) => !takenOut.includes(offence) && !reported.includes(offence),
      ),
  ),
  aNewDecision: ofEvent(
    'It must be a new decision: one that was superseded is never made again.',
    ({ superseded }, event) => {
      const decision = decisionIn(event)
      return decision !== undefined && !superseded.includes(decision.decisionId)
    },
  ),
  answersDecided: choosing(
    ofEvent('The answer must be a decision.', (_, event) => !!decisionIn(event)),
  ),
  answersReturned: choosing(
    ofEvent(
      'The answer must be to send the case back to the police.',
      (_, event) => event.type === 'escalation.resolved' && event.answer.to === 'returned',
    ),
  ),
}

export const whoConfirmed = {
  thisDecision: ofEvent(
    'It must be about the decision that stands.',
    ({ decision }, event) => 'decisionId' in event && event.decisionId === decision?.id,
  ),
  sideStillToConfirm: ofActor('This side must not have confirmed already.', ({ decision }, by) =>
    decision ? decision[side(by.role)] === null : false,
  ),
  twoDifferentPeople: ofActor(
    'The chair and the police decision-maker must be two different people.',
    ({ decision }, by) => decision?.[side(by.role) === 'chair' ? 'police' : 'chair'] !== by.person,
  ),
  fromTheLadder: ofActor(
    'The difference must have gone up a rung first, or the police decision-maker settles it.',
    ({ rung }, by) => rung !== null || by.role === 'police-decision-maker',
  ),
  aThirdPerson: ofActor(
    'It must be somebody other than the two who confirm the decision.',
    ({ decision }, by) => decision?.chair !== by.person && decision?.police !== by.person,
  ),
  confirmedByTwo: ofCase(
    'The chair and the police decision-maker must both have confirmed the decision.',
    ({ decision }) => !!decision?.chair && !!decision.police && decision.chair !== decision.police,
  ),
  ratifiedWhereNeeded: ofCase(
    'The decision must be ratified first.',
    ({ decision }) => decision?.ratification !== 'needed',
  ),
  countersignatureNeeded: ofCase(
    'This partnership must ask for a countersignature.',
    ({ decision }) => decision?.countersignature === 'needed',
  ),
  noCountersignatureNeeded: ofCase(
    'A decision to be countersigned must wait for the countersignature, which opens the offer.',
    ({ decision }) => decision?.countersignature === 'not-needed',
  ),
  somethingToOffer: ofCase('The decision must hold something to offer the child.', (context) =>
    chosen(context).some((disposal) => disposal !== 'charge'),
  ),
  onlyACharge: ofCase('The decision must ask for nothing but a charge.', (context) =>
    chosen(context).every((disposal) => disposal === 'charge'),
  ),
}
