import { agreedWithTheChild } from '../../domain/disposal-kinds.ts'
import type { Chosen } from '../../domain/events/parts.ts'
import type { Disposal } from '../../domain/lists.ts'
import type { OffenceResult, Recommendation } from '../../domain/recommendation.ts'

export type Offences = Pick<Recommendation, 'offences'>

/**
 * What is chosen with its standing by the recommendation; what it does not offer is ruled out, and
 * so is whatever asks something of the child for an offence that is excluded. Whether an offence
 * that may be excluded can have it cannot be told.
 */
export const withStandings = (
  chosen: readonly Pick<Chosen, 'offence' | 'disposal'>[],
  { offences }: Offences,
): Chosen[] =>
  chosen.map(({ offence, disposal }) => {
    const result = offences.find((one) => one.offence === offence)
    return { offence, disposal, standing: result ? standingOf(result, disposal) : 'ruled-out' }
  })

/** Events that look again whether what was decided still stands by the rules of the day. */
export const standAgain: ReadonlySet<string> = new Set([
  'decision.countersigned',
  'offer.opened',
  'decision.passedToPolice',
  'disposal.given',
])

/** What an event does of what was chosen: a charge is no part of what is given. */
export const givenBy = <C extends Pick<Chosen, 'disposal'>>(event: string, chosen: readonly C[]) =>
  chosen.filter(({ disposal }) => event !== 'disposal.given' || disposal !== 'charge')

function standingOf({ exclusions, options }: OffenceResult, disposal: Disposal) {
  const standing = options.find((option) => option.disposal === disposal)?.standing ?? 'ruled-out'
  if (!agreedWithTheChild.includes(disposal) || standing === 'ruled-out') return standing
  if (exclusions.some(isMet)) return 'ruled-out'
  return exclusions.length > 0 ? 'cannot-tell' : standing
}

export const isMet = ({ verdict }: { verdict: string }) => verdict === 'met'

/** The offences that a decision says nothing of: they stay with the police. */
export const leftToPolice = (
  chosen: readonly Pick<Chosen, 'offence'>[],
  { offences }: Offences,
): number[] =>
  offences
    .map(({ offence }) => offence)
    .filter((offence) => !chosen.some((one) => one.offence === offence))
