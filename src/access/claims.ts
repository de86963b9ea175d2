import { z } from 'zod'
import { agencies } from '../domain/lists.ts'
import { personRoles, type Role } from '../domain/roles.ts'
import type { Caller, Grant } from './caller.ts'
import { personIdOf } from './person-id.ts'

/** How an issuer's claims say who somebody is and what they hold. */
export type ClaimsMapping = {
  /**
   * The claim that holds a list of `{ role, agency, partnership or force, area? }`. An issuer that
   * can only list texts writes `role/agency/partnership` or `role/agency/partnership/area`.
   */
  rolesClaim: string
  /** The claim that names the person; `sub` where not given. `personIdOf` makes an id of it. */
  personClaim?: string
  /** The issuer's words for our roles. Where not given, the issuer uses ours. */
  roles?: Readonly<Record<string, Role>>
  /** Every partnership there is. A claim of any other is refused. */
  partnerships: readonly string[]
  /** The partnerships under each police force, for a role held across a whole force. */
  forces?: Readonly<Record<string, readonly string[]>>
}

const slug = z
  .string()
  .max(80)
  .regex(/^[a-z]+(?:-[a-z0-9]+)*$/)

const claimed = { role: z.string().max(80), agency: z.enum(agencies) }
const inPartnership = z.strictObject({ ...claimed, partnership: slug, area: slug.optional() })
const claimedRole = z.union([
  z.preprocess(inOneWord, inPartnership),
  z.strictObject({ ...claimed, force: slug }),
])
const claimedRoles = z.array(claimedRole).min(1).max(50)
type ClaimedRole = z.infer<typeof claimedRole>

/** A name for people to read: printable, and no longer than a line. */
const nameSchema = z
  .string()
  .max(100)
  .regex(/^[^\p{C}]+$/u)

/** Issuers that give a person a list of words, and no objects, put one entry into each word. */
function inOneWord(given: unknown): unknown {
  if (typeof given !== 'string') return given
  const [role, agency, partnership, area, ...more] = given.split('/')
  const inArea = area === undefined ? {} : { area }
  return more.length > 0 ? undefined : { role, agency, partnership, ...inArea }
}

/** Why claims cannot be used. It never quotes them. */
export type UnfitClaims = 'person' | 'roles'

/**
 * Reads who somebody is and what they hold from claims whose signature has been checked. One entry
 * that cannot be understood refuses them all: half of what an issuer meant is not what it meant.
 * `service` is for systems; a person who signs in cannot hold it.
 */
export function readClaims(
  claims: Readonly<Record<string, unknown>>,
  mapping: ClaimsMapping,
  as: 'person' | 'person-or-system',
): Omit<Caller, 'by'> | UnfitClaims {
  const person = personIdOf(own(claims, 'iss'), own(claims, mapping.personClaim ?? 'sub'))
  if (person === undefined) return 'person'
  const roles = claimedRoles.safeParse(own(claims, mapping.rolesClaim))
  if (!roles.success) return 'roles'
  const grants = roles.data.map((one) => grantsOf(one, mapping, as))
  if (grants.some((some) => some.length === 0)) return 'roles'
  const name = nameSchema.safeParse(own(claims, 'name'))
  return {
    person,
    ...(name.success && { name: name.data }),
    grants: grants.flat(),
  }
}

/** The grants that one entry stands for; none where it names something that is not ours. */
function grantsOf(
  { role: word, agency, ...place }: ClaimedRole,
  { roles, partnerships, forces = {} }: ClaimsMapping,
  as: 'person' | 'person-or-system',
): Grant[] {
  const role = roles ? own(roles, word) : word
  const known: readonly string[] =
    as === 'person' ? personRoles : [...personRoles, 'service' satisfies Role]
  if (typeof role !== 'string' || !known.includes(role)) return []
  const where =
    'force' in place ? ((own(forces, place.force) ?? []) as string[]) : [place.partnership]
  if (!where.every((partnership) => partnerships.includes(partnership))) return []
  const area = 'area' in place && place.area !== undefined ? { area: place.area } : {}
  return where.map((partnership) => ({ role: role as Role, agency, partnership, ...area }))
}

/** Own properties only, so that `constructor` and its like are never found. */
const own = (table: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(table, key) ? table[key] : undefined
