import type { CaseInput } from '../../src/domain/case.ts'
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

/** A referral that takes nothing but the small rules, as it opens a case. */
export const aReferral = {
  partnership: 'derby',
  child: { name: 'Example Child' },
  facts: { 'child.date_of_birth': '2011-05-14', 'case.entry': 'voluntary-interview' },
  offences: [{ 'offence.code': 'criminal-damage-low', 'offence.date': '2026-10-20' }],
}

/** One that every rule of fewRules (api.ts) can be asked about, as a recommendation is asked for. */
export const toRecommend: CaseInput = {
  partnership: 'derby',
  asAt: '2026-11-02',
  facts: { 'child.date_of_birth': '2011-05-14', 'child.care_status': 'looked-after' },
  offences: [{ 'offence.code': 'criminal-damage-low', 'offence.date': '2026-10-20' }],
}
