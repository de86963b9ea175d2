import type { EventType } from '../domain/events.ts'
import type { Role } from '../domain/roles.ts'
import { deciders, managers, members, police, workers, youthJustice } from './role-groups.ts'

/**
 * Events that the program writes itself, as part of something else that somebody may ask for: a
 * referral, facts, a disposal, a delivery that ends, a rule set, a day that comes.
 */
export const programEvents = [
  'referral.received',
  'facts.recorded',
  'record.corrected',
  'child.turnedEighteen',
  'delivery.agreed',
  'delivery.stopped',
  'delivery.finished',
  'delivery.withdrawn',
  'delivery.failed',
  'ruleSet.loaded',
  'ruleSet.proposed',
  'ruleSet.approved',
  'ruleSet.cameIntoForce',
  'ruleSet.shipped',
  'ruleSet.superseded',
  'ruleSet.withdrawn',
] as const satisfies readonly EventType[]

/** An event that somebody asks for. A new event type does not compile until it stands in one list. */
export type AskedEvent = Exclude<EventType, (typeof programEvents)[number]>

const decidersAndManagers = [...deciders, ...managers]
const clinicStaff = [...deciders, ...youthJustice]

/**
 * Who may record each event. The charts look again, and ask more of some: that two people who
 * confirm differ, that it is the police decision-maker.
 */
export const eventRoles: Readonly<Record<AskedEvent, readonly Role[]>> = {
  // Before the clinic
  'referral.accepted': youthJustice,
  'referral.rejected': youthJustice,
  'case.listed': [...youthJustice, 'clinic-chair'],
  'case.postponed': clinicStaff,
  'case.held': clinicStaff,
  'hold.reviewed': clinicStaff,
  'hold.lifted': decidersAndManagers,
  'case.routed': clinicStaff,
  'specialists.reported': [...youthJustice, 'police-decision-maker', 'social-worker'],
  'specialists.kept': decidersAndManagers,
  'cps.consulted': police,
  'cps.authorised': police,
  'cps.refused': police,
  'cps.returnedForResolution': police,
  'cps.charged': police,
  'exclusion.confirmed': decidersAndManagers,
  // Deciding
  'clinic.opened': deciders,
  'clinic.decided': deciders,
  'clinic.adjourned': deciders,
  'clinic.disagreed': deciders,
  'case.sentBack': deciders,
  'escalation.passedUp': decidersAndManagers,
  'escalation.resolved': deciders,
  'decision.confirmed': deciders,
  'decision.ratified': managers,
  'decision.countersigned': managers,
  'offer.opened': clinicStaff,
  'decision.passedToPolice': decidersAndManagers,
  'decision.returned': decidersAndManagers,
  'departure.recorded': decidersAndManagers,
  // After the decision. The officer who gives it may record that it was given, and what was said.
  'disposal.given': police,
  'disposal.declined': [...police, ...youthJustice],
  'offence.notAdmitted': [...police, ...youthJustice],
  'offer.lapsed': clinicStaff,
  'police.tookNoAction': ['police-decision-maker'],
  'disposal.varied': ['police-decision-maker'],
  'prosecution.started': ['police-decision-maker'],
  'disposal.setAside': ['police-decision-maker'],
  'police.reported': ['police-decision-maker'],
  'case.referredAgain': police,
  'case.closed': [...youthJustice, 'police-decision-maker'],
  'scrutiny.sampled': ['scrutiny-member'],
  // At any time
  'safeguarding.raised': members,
  'limitation.confirmedExpired': ['police-decision-maker'],
  'evidence.fellAway': ['police-decision-maker'],
  'case.transferred': decidersAndManagers,
  'representations.received': members,
  'representations.answered': decidersAndManagers,
  'circumstances.changed': members,
  'newOffence.linked': [...police, ...youthJustice],
  // Delivery
  'delivery.started': youthJustice,
  'contact.made': youthJustice,
  'contact.missed': youthJustice,
  'condition.met': youthJustice,
  'conditions.varied': youthJustice,
  'conditions.allMet': youthJustice,
  'child.withdrew': youthJustice,
  'reengagement.tried': workers,
  'manager.reviewed': managers,
  'police.notified': youthJustice,
  'risk.reported': members,
}
