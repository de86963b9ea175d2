import { agreedWithTheChild, reconsidered } from '../../src/domain/disposal-kinds.ts'
import type { ReferralEvent } from '../../src/domain/events.ts'
import { disposalsOfCode } from '../../src/domain/outcome-codes.ts'
import type { Condition } from '../conditions.ts'
import { type BeforeOffering, beforeOffering, type ReferralContext } from './context.ts'
import { choosing, chosen, ofCase, ofEvent } from './reading.ts'

export const howItIsGiven = {
  independentAdult: ofEvent(
    'An independent appropriate adult must be there when it is given.',
    (context, event) =>
      event.type === 'disposal.given' &&
      (event.appropriateAdult === 'independent' ||
        !chosen(context).some((disposal) => agreedWithTheChild.includes(disposal))),
  ),
  nothingFollows: choosing(
    ofEvent(
      'Nothing must follow.',
      (_, event) => event.type === 'disposal.given' && event.follows === 'nothing',
    ),
  ),
  deliveryFollows: choosing(
    ofEvent(
      'Delivery must follow.',
      (_, event) => event.type === 'disposal.given' && event.follows === 'delivery',
    ),
  ),
  nothingNeedFollow: ofCase(
    'A conditional caution, a deferred prosecution and a diversion must be delivered.',
    (context) => !chosen(context).some((disposal) => reconsidered.includes(disposal)),
  ),
  comesBackToThePolice: choosing(
    ofCase(
      'It must hold a conditional caution, a deferred prosecution or a diversion.',
      (context) => chosen(context).some((disposal) => reconsidered.includes(disposal)),
    ),
  ),
  outcomeFits: ofEvent(
    'Outcomes 2, 8, 22 and 23 say that a disposal was given: it must have been given, and stand.',
    (context, event) => {
      const needed = 'outcomeCode' in event ? disposalsOfCode[event.outcomeCode] : []
      return !needed || (context.given && chosen(context).some((one) => needed.includes(one)))
    },
  ),
  outcome22Earned: ofEvent(
    'Outcome 22 must wait until the activity is finished.',
    ({ uncompleted }, event) =>
      'outcomeCode' in event && (event.outcomeCode !== 22 || !uncompleted),
  ),
  outcomeOfThePolice: ofEvent(
    'What was left to the police cannot end with the outcome of a disposal that was given here.',
    (_, event) => 'outcomeCode' in event && !disposalsOfCode[event.outcomeCode],
  ),
  theirOffences: ofEvent(
    'It must be about offences that were left to the police.',
    ({ withPolice }, event) =>
      event.type === 'police.reported' && event.offences.every((one) => withPolice.includes(one)),
  ),
  nothingLeft: choosing(
    ofEvent(
      'The police must have reported of every offence.',
      (_, event) => event.type === 'police.reported' && event.left.length === 0,
    ),
  ),
  nothingWithPolice: ofCase(
    'The police must first report what came of the offences that were left to them.',
    ({ withPolice }) => withPolice.length === 0,
  ),
  noDisposalStands: ofCase(
    'A disposal that was given and completed must be set aside first.',
    ({ given, uncompleted }) => !given || uncompleted,
  ),
  aDisposalStands: ofCase('A disposal must have been given, and stand.', ({ given }) => given),
}

export const whereItGoes = {
  wholeReferral: choosing(
    ofEvent(
      'It must concern the whole referral.',
      (_, event) => 'scope' in event && event.scope === 'referral',
    ),
  ),
  toTheProsecutors: choosing(
    ofEvent(
      'It must go to the prosecutors.',
      (_, event) => event.type === 'exclusion.confirmed' && event.route === 'cps',
    ),
  ),
  toSpecialists: choosing(
    ofEvent(
      'It must go to specialists.',
      (_, event) => event.type === 'exclusion.confirmed' && event.route === 'specialist-panel',
    ),
  ),
  notYetEighteen: ofCase(
    'The birthday must not be recorded already.',
    ({ turnedEighteen }) => !turnedEighteen,
  ),
  newRepresentations: ofEvent(
    'These representations must not be recorded already.',
    ({ unanswered }, event) =>
      event.type === 'representations.received' && !unanswered.includes(event.representationsId),
  ),
  theseRepresentations: ofEvent(
    'These representations must be waiting for an answer.',
    ({ unanswered }, event) =>
      event.type === 'representations.answered' && unanswered.includes(event.representationsId),
  ),
  theyWereRight: choosing(
    ofEvent(
      'The representations must be upheld, wholly or in part.',
      (_, event) => event.type === 'representations.answered' && event.answer !== 'not-upheld',
    ),
  ),
  newHold: ofEvent(
    'This hold must not stand already.',
    ({ holds }, event) => event.type === 'case.held' && !holds.includes(event.holdId),
  ),
  thisHold: ofEvent(
    'The hold must be one that stands.',
    ({ holds }, event) => 'holdId' in event && holds.includes(event.holdId),
  ),
  otherHoldsStand: choosing(ofCase('Another hold must stand.', ({ holds }) => holds.length > 1)),
  aHoldStands: choosing(ofCase('A hold must stand.', ({ holds }) => holds.length > 0)),
}

export const heldFrom = Object.fromEntries(
  beforeOffering.map((state): [string, Condition<ReferralContext, ReferralEvent>] => [
    `heldFrom:${state}`,
    choosing(
      ofCase(`The hold must have begun in "${state}".`, (context) => context.heldFrom === state),
    ),
  ]),
) as Record<`heldFrom:${BeforeOffering}`, Condition<ReferralContext, ReferralEvent>>
