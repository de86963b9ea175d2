import type { Agency } from '../domain/lists.ts'
import type { Actor, Role } from '../domain/roles.ts'
import { type Action, closedOnly, policy } from './policy.ts'

/** A role that somebody holds in one partnership (or one area of it), for an agency. */
export type Grant = { role: Role; agency: Agency; partnership: string; area?: string }

/** Who calls: a person or another system, and all that they hold. */
export type Caller = {
  /** An id (`idSchema`). */
  person: string
  /** Shown to people, never logged. */
  name?: string
  grants: readonly Grant[]
  by: 'bearer' | 'session' | 'service-key' | 'demonstration'
  /** The id of the service key, where one was used: a system may hold several. */
  serviceKey?: string
}

/** Where something happens. `area` is the case's own; a case without one is in no area. */
export type Where = { partnership: string; area?: string }

/**
 * The actor as whom a caller may do `action`: the first grant that permits it, and one that is
 * limited to closed cases only where no other does. A caller who does something open to anyone
 * without holding a grant is no actor.
 */
export function actorFor(caller: Caller, action: Action, where: Where): Actor | undefined {
  const here = caller.grants.filter((grant) => covers(grant, where))
  const grants = policy[action].who === 'signed-in' ? [...here, ...caller.grants] : here
  const fit = grants.filter((grant) => permits(grant, action))
  const grant = fit.find(({ role }) => !closedOnly(role)) ?? fit[0]
  return grant && { person: caller.person, role: grant.role, agency: grant.agency }
}

/** Whether a caller may do `action` in a partnership, or in one area of it. */
export const mayDo = (caller: Caller, action: Action, where: Where): boolean =>
  policy[action].who === 'anyone' || actorFor(caller, action, where) !== undefined

/** Whether there is any place at all where a caller may: what can be asked at the door. */
export const mayDoSomewhere = (caller: Caller, action: Action): boolean =>
  policy[action].who === 'anyone' || caller.grants.some((grant) => permits(grant, action))

/**
 * The partnerships in the whole of which a caller may do `action`: the scope of a list. What is
 * held for one area only is not among them; `scopesFor` gives those too.
 */
export const partnershipsFor = (caller: Caller, action: Action): string[] => [
  ...new Set(
    scopesFor(caller, action)
      .filter(({ area }) => area === undefined)
      .map(({ partnership }) => partnership),
  ),
]

/** Each partnership, or area of one, where a caller may do `action`. */
export const scopesFor = (caller: Caller, action: Action): Where[] =>
  caller.grants
    .filter((grant) => permits(grant, action))
    .map(({ partnership, area }) => (area === undefined ? { partnership } : { partnership, area }))

/** A grant without an area covers its whole partnership; one with an area, that area's cases. */
export const covers = (grant: Grant, { partnership, area }: Where): boolean =>
  grant.partnership === partnership && (grant.area === undefined || grant.area === area)

/** The sweeper works inside the program: nothing that comes from outside acts as it. */
function permits({ role }: Grant, action: Action): boolean {
  const { who } = policy[action]
  if (role === 'sweeper') return false
  return who === 'anyone' || who === 'signed-in' || who.includes(role)
}
