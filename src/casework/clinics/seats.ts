import type { Agency } from '../../domain/lists.ts'
import type { Role } from '../../domain/roles.ts'

/**
 * For whom each role sits at a clinic. A role that takes no part in cases has no seat, and nobody
 * sits for an agency that is not theirs: the quorum counts seats.
 */
export const seats = {
  'police-decision-maker': ['police'],
  'referring-officer': ['police'],
  'youth-justice-practitioner': ['youth-justice'],
  'team-leader': ['youth-justice'],
  'clinic-chair': ['chair'],
  'clinic-member': ['social-care', 'health', 'education', 'partnership'],
  'social-worker': ['social-care'],
  'victim-liaison-officer': ['victim-liaison'],
} as const satisfies Partial<Record<Role, readonly Agency[]>>
type Seated = keyof typeof seats

export const seatedRoles = Object.keys(seats) as [Seated, ...Seated[]]

/** The agencies for which a role may sit; none for a role without a seat. */
export const seatsOf = (role: Role): readonly Agency[] =>
  (seats as Partial<Record<Role, readonly Agency[]>>)[role] ?? []

/** Somebody who is there, as what, and for whom. */
export type Sitter = { role: Role; agency: Agency }

/** Whether somebody counts for their agency. For the police, only who may decide for them does. */
export const countsFor = ({ role, agency }: Sitter): boolean =>
  seatsOf(role).includes(agency) && (agency !== 'police' || role === 'police-decision-maker')
