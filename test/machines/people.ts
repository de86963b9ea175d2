import type { Actor } from '../../src/domain/roles.ts'

/** The people of the tests: all made up, known by their ids alone. */
export const chair: Actor = { person: 'person-1', role: 'clinic-chair', agency: 'chair' }
export const police: Actor = { person: 'person-2', role: 'police-decision-maker', agency: 'police' }
export const practitioner: Actor = {
  person: 'person-3',
  role: 'youth-justice-practitioner',
  agency: 'youth-justice',
}
export const teamLeader: Actor = {
  person: 'person-4',
  role: 'team-leader',
  agency: 'youth-justice',
}
export const policyLead: Actor = { person: 'person-5', role: 'policy-lead', agency: 'partnership' }
export const approver: Actor = { person: 'person-6', role: 'rule-approver', agency: 'partnership' }
export const sweeper: Actor = { person: 'sweeper-1', role: 'sweeper', agency: 'partnership' }
/** The chair's own hand, signed in as the police decision-maker. */
export const chairAsPolice: Actor = { ...police, person: chair.person }
export const everybody = [chair, police, practitioner, teamLeader, policyLead, approver, sweeper]
