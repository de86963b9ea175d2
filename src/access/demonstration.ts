import type { Role } from '../domain/roles.ts'
import type { Caller, Grant } from './caller.ts'

/** Made-up people, for a demonstration on one's own computer. Nobody is called so. */
const partnerships = ['derby', 'west-mercia'] as const

type Post = { role: Role; agency: Grant['agency']; id: string; name: string }

const posts: readonly Post[] = [
  { role: 'police-decision-maker', agency: 'police', id: 'inspector', name: 'Inspector' },
  { role: 'referring-officer', agency: 'police', id: 'officer', name: 'Officer' },
  {
    role: 'youth-justice-practitioner',
    agency: 'youth-justice',
    id: 'practitioner',
    name: 'Practitioner',
  },
  { role: 'team-leader', agency: 'youth-justice', id: 'team-leader', name: 'Team Leader' },
  { role: 'clinic-chair', agency: 'chair', id: 'chair', name: 'Chair' },
  { role: 'clinic-member', agency: 'health', id: 'health', name: 'Health Member' },
  { role: 'clinic-member', agency: 'education', id: 'education', name: 'Education Member' },
  { role: 'clinic-member', agency: 'social-care', id: 'social-care', name: 'Social Care Member' },
  { role: 'social-worker', agency: 'social-care', id: 'social-worker', name: 'Social Worker' },
  {
    role: 'victim-liaison-officer',
    agency: 'victim-liaison',
    id: 'victim-liaison',
    name: 'Victim Liaison Officer',
  },
  { role: 'policy-lead', agency: 'partnership', id: 'policy-lead', name: 'Policy Lead' },
  { role: 'rule-approver', agency: 'partnership', id: 'rule-approver', name: 'Rule Approver' },
  { role: 'scrutiny-member', agency: 'partnership', id: 'scrutiny', name: 'Scrutiny Member' },
  { role: 'information-analyst', agency: 'partnership', id: 'analyst', name: 'Analyst' },
  { role: 'auditor', agency: 'partnership', id: 'auditor', name: 'Auditor' },
  { role: 'administrator', agency: 'partnership', id: 'administrator', name: 'Administrator' },
]

/** The posts, by which the made-up people are called: `chair` for `chair-1`. */
export const demonstrationPosts: readonly string[] = posts.map(({ id }) => id)

/** One person for each post in each partnership: `chair-1` is of derby, `chair-2` of west-mercia. */
export const demonstrationPeople: readonly Caller[] = partnerships.flatMap((partnership, place) =>
  posts.map(({ id, name, role, agency }) => ({
    person: `${id}-${place + 1}`,
    name: `Demonstration ${name}`,
    grants: [{ role, agency, partnership }],
    by: 'demonstration' as const,
  })),
)

/** Somebody who has not signed in: may read what anyone may, and nothing else. */
export const visitor: Caller = { person: 'visitor-0', grants: [], by: 'demonstration' }

const header = /^Demonstration ([a-z0-9-]{1,64})$/

/**
 * Whom a request comes from in a demonstration: the person that `Authorization: Demonstration
 * chair-1` names. For demonstrations on loopback only: it takes everybody at their word.
 * @returns the visitor where there is no such header, and `refused` where it names nobody
 */
export function demonstrationCaller(authorization: string | undefined): Caller | 'refused' {
  if (authorization === undefined) return visitor
  const named = header.exec(authorization)?.[1]
  return demonstrationPeople.find(({ person }) => person === named) ?? 'refused'
}
