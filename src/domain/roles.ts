import { z } from 'zod'
import { agencies } from './lists.ts'

/** What a person may be in a partnership. What each may do and see is one table in `src/access`. */
export const personRoles = [
  'police-decision-maker',
  'referring-officer',
  'youth-justice-practitioner',
  'team-leader',
  'clinic-chair',
  'clinic-member',
  'social-worker',
  'victim-liaison-officer',
  'policy-lead',
  'rule-approver',
  'scrutiny-member',
  'information-analyst',
  'auditor',
  'administrator',
] as const

/** What is not a person: the sweeper turns due dates into events, a service is another system. */
export const machineRoles = ['sweeper', 'service'] as const

export const roles = [...personRoles, ...machineRoles] as const
export type Role = (typeof roles)[number]

/** Who may decide about a child, and whose two confirmations make a decision stand. */
export const decidingRoles = ['clinic-chair', 'police-decision-maker'] as const

/**
 * An id of ours. It holds a digit, and no capital and no space, so that a person's name does not
 * pass for one.
 */
export const idSchema = z
  .string()
  .max(64)
  .regex(/^(?=.*[0-9])[a-z0-9]+(?:[-_][a-z0-9]+)*$/, {
    error: 'is not an id: small letters, digits and single dashes, at least one digit',
  })

/** Who did it: always a person's or a system's id, in a role, for an agency. Never a name. */
export const actorSchema = z.strictObject({
  person: idSchema,
  role: z.enum(roles),
  agency: z.enum(agencies),
})
export type Actor = z.infer<typeof actorSchema>

export const isPerson = ({ role }: Actor): boolean =>
  (personRoles as readonly string[]).includes(role)
