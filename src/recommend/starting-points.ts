import type { Option, StartingPoint } from '../domain/recommendation.ts'
import type { Policy } from '../rules/policy.ts'
import { gather, type LiveEffect, ofKind } from './findings.ts'

/**
 * The rebuttable starting points of one offence: every met `start-at`, less those that another met
 * one names in `over`. One that is undecided, or that yields if an undecided one turns out to be
 * met, is listed as not to be told yet, so that a missing fact never makes a start more severe.
 * Survivors that differ are all shown, and never resolved by severity (practice note 13).
 */
export function startingPoints(
  policy: Policy,
  effects: readonly LiveEffect[],
  offence: number,
  options: readonly Option[],
): { startingPoints: StartingPoint[]; sourcesDiffer: boolean } {
  const mine = ofKind(effects, 'start-at').filter(({ matter }) => matter.offence === offence)
  const yielding = yieldingRules(mine, 'met')
  const mayYield = yieldingRules(mine, 'need-to-know')
  const standing = mine.filter(({ result }) => !yielding.has(result.rule.id))
  const points = gather(policy, standing, (effect) => {
    const { disposal, reconsider = [] } = (effect as LiveEffect<'start-at'>).params
    const option = options.find((one) => one.disposal === disposal)
    const sure = effect.verdict === 'met' && !mayYield.has(effect.result.rule.id)
    const state = sure ? ('starting-point' as const) : ('cannot-tell' as const)
    return {
      disposal,
      state,
      standing: option?.standing ?? ('not-in-force' as const),
      reconsider: [...reconsider],
      says: says(option?.title ?? disposal, state, option?.standing, reconsider),
    }
  })
  const named = new Set(
    points.filter(({ state }) => state === 'starting-point').map(({ disposal }) => disposal),
  )
  return { startingPoints: points, sourcesDiffer: named.size > 1 }
}

/** The rules that yield to a met rule, or that would yield to an undecided one. */
export const yieldingRules = (
  effects: readonly LiveEffect<'start-at'>[],
  to: LiveEffect['verdict'],
): Set<string> =>
  new Set(
    effects.filter(({ verdict }) => verdict === to).flatMap(({ params }) => params.over ?? []),
  )

function says(
  title: string,
  state: StartingPoint['state'],
  standing: Option['standing'] | undefined,
  reconsider: readonly string[],
): string {
  const first =
    state === 'starting-point'
      ? `The starting point is: ${title}.`
      : `Whether the starting point is "${title}" cannot be told yet.`
  const closed =
    standing === 'ruled-out' || standing === undefined
      ? ' It is not open for this offence, so the clinic starts from the options that are.'
      : standing === 'cannot-tell'
        ? ' Whether it is open at all cannot be told yet.'
        : ''
  const grounds =
    reconsider.length > 0
      ? `for example because of: ${reconsider.join('; ')}`
      : 'because of the circumstances of the offence or of the child'
  return `${first}${closed} It may be departed from, with a recorded reason, ${grounds}.`
}
