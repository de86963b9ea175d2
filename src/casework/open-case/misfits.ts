import { didYouMean, type Problem, pointer } from '../../domain/problem.ts'
import { broughtAlong } from '../answers/typed.ts'
import type { Deps } from '../casework.ts'
import type { ReferralInput } from './referral.ts'

/** Says which partnerships there are, and never what was written in the place of one. */
export function noSuchPartnership(deps: Deps, written: string): Problem {
  const any = deps.ruleSet('national')
  const known = any.ok ? Object.keys(any.value.policy.partnerships).sort() : []
  return {
    message: `There is no such partnership that takes cases.${didYouMean(written, known)}`,
    mend: `Partnerships here are: ${known.join(', ')}.`,
    pointer: '/partnership',
  }
}

/** Why a referral cannot be taken as it was written. */
export function misfits(input: ReferralInput, areas: readonly string[]): Problem[] {
  const problems: Problem[] = []
  if (input.area && !areas.includes(input.area))
    problems.push({
      message: 'That is not an area of this partnership.',
      mend: `Its areas are: ${areas.join(', ')}.`,
      pointer: '/area',
    })
  if (typeof input.facts['case.entry'] !== 'string')
    problems.push({
      message: 'The referral does not say how the case came.',
      mend: 'Give case.entry, for example voluntary-interview.',
      pointer: '/facts/case.entry',
    })
  return problems
}

/** What an event of ours shows cannot have happened yet, but for what was so when the case came. */
export function notYetHappened(input: ReferralInput): Problem[] {
  const entry = input.facts['case.entry']
  const places = [
    { at: ['facts'], facts: input.facts },
    ...(input.offences ?? []).map((facts, i) => ({ at: ['offences', i], facts })),
    ...(input.victims ?? []).map(({ facts }, i) => ({ at: ['victims', i, 'facts'], facts })),
  ]
  return places.flatMap(({ at, facts }) =>
    Object.entries(facts).flatMap(([fact, answer]) => {
      const wrong = broughtAlong({ fact, answer }, entry)
      return wrong ? [{ ...wrong, pointer: pointer(...at, fact) }] : []
    }),
  )
}
