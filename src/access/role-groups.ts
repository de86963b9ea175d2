import { decidingRoles, type Role } from '../domain/roles.ts'

/** Groups of roles that the tables name together. */

export const deciders: readonly Role[] = decidingRoles

export const police: readonly Role[] = ['police-decision-maker', 'referring-officer']

export const managers: readonly Role[] = ['team-leader']

/** Who works with the child. */
export const workers: readonly Role[] = [
  'youth-justice-practitioner',
  'team-leader',
  'social-worker',
]

/** Who carries the work of the youth justice service. */
export const youthJustice: readonly Role[] = ['youth-justice-practitioner', 'team-leader']

/** Everybody who takes part in a case. */
export const members: readonly Role[] = [
  'police-decision-maker',
  'referring-officer',
  'youth-justice-practitioner',
  'team-leader',
  'clinic-chair',
  'clinic-member',
  'social-worker',
  'victim-liaison-officer',
]
