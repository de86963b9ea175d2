import { didYouMean, type Problem } from '../domain/problem.ts'
import { idSchema } from '../domain/roles.ts'
import type { Grant } from './caller.ts'
import { looksLikePerson } from './person-id.ts'

export type NewServiceKey = {
  /** The system that will hold it: an id, never a person's name. */
  system: string
  /** Where, and for which agency. The role is always `service`: no key decides about a child. */
  grants: readonly Grant[]
  /** An instant, UTC, in milliseconds. */
  expiresAt: number
}

/** The longest that a key may last, in milliseconds: a year and a day. */
export const longestKeyLife = 366 * 24 * 60 * 60_000

const areaPattern = /^[a-z]+(?:-[a-z0-9]+)*$/

/**
 * Why a key may not be made as it is asked for, or nothing where it may.
 * @param partnerships every one there is
 */
export function unfitKey(
  { system, grants, expiresAt }: NewServiceKey,
  now: number,
  partnerships: readonly string[],
): Problem | undefined {
  return unfitSystem(system) ?? unfitGrants(grants, partnerships) ?? unfitEnd(expiresAt, now)
}

function unfitSystem(system: string): Problem | undefined {
  if (!idSchema.safeParse(system).success)
    return {
      message:
        'The system needs an id: small letters, digits and single dashes, at least one digit.',
    }
  return looksLikePerson(system)
    ? {
        message: `"${system}" is an id that a person has or may come to have.`,
        mend: 'Call the system after what it is, such as police-records-1.',
      }
    : undefined
}

function unfitGrants(
  grants: readonly Grant[],
  partnerships: readonly string[],
): Problem | undefined {
  if (grants.length === 0) return { message: 'The key needs a partnership that it is for.' }
  if (grants.some(({ role }) => role !== 'service'))
    return {
      message: 'A key is for a system, so its role must be "service". People sign in themselves.',
    }
  const stranger = grants.find(({ partnership }) => !partnerships.includes(partnership))
  if (stranger)
    return {
      message: `There is no partnership "${stranger.partnership}" in the rules folder.${didYouMean(stranger.partnership, partnerships)}`,
      mend: `The partnerships are: ${partnerships.join(', ')}.`,
    }
  if (grants.some(({ area }) => area !== undefined && !areaPattern.test(area)))
    return { message: 'An area is written in small letters, digits and single dashes.' }
  if (grants.some(({ area }) => area !== undefined) && grants.length > 1)
    return { message: 'A key for one area is for one partnership.', mend: 'Make a key for each.' }
  return undefined
}

function unfitEnd(expiresAt: number, now: number): Problem | undefined {
  if (!(expiresAt > now)) return { message: 'The key must expire later than now.' }
  if (!(expiresAt <= now + longestKeyLife)) return { message: 'The key must expire within a year.' }
  return undefined
}
