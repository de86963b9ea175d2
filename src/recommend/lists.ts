import { isPeriod } from '../domain/fact.ts'
import type { RequirementState } from '../domain/lists.ts'
import { endOfPeriod, endOfTimeFromBirth, type Period } from '../domain/plain-date.ts'
import type { Clock, Recommendation } from '../domain/recommendation.ts'
import type { Policy } from '../rules/policy.ts'
import { gather, type LiveEffect, ofKind } from './findings.ts'

/** The lists of a recommendation that are not about one offence's options. */

/** An effect of one kind as the list entry that people read. */
const entries = <K extends LiveEffect['kind'], T extends object>(
  policy: Policy,
  effects: readonly LiveEffect[],
  kind: K,
  entry: (effect: LiveEffect<K>) => T,
) => gather(policy, ofKind(effects, kind), (effect) => entry(effect as LiveEffect<K>))

export const exclusions = (policy: Policy, effects: readonly LiveEffect[]) =>
  entries(policy, effects, 'exclude', ({ params }) => ({ ...params }))

export const holds = (policy: Policy, effects: readonly LiveEffect[]): Recommendation['holds'] =>
  entries(policy, effects, 'hold', ({ params, matter }) => {
    const within = params.review_within ? matter.facts[params.review_within] : undefined
    return {
      until: params.until,
      by: params.by,
      disposals: params.disposals,
      ...(isPeriod(within) ? { reviewWithin: within as Period } : {}),
    }
  })

export const routes = (policy: Policy, effects: readonly LiveEffect[]) =>
  entries(policy, effects, 'route', ({ params }) => ({ ...params }))

export const prompts = (policy: Policy, effects: readonly LiveEffect[]) =>
  entries(policy, effects, 'consider', ({ params }) => ({ ...params }))

export const referrals = (policy: Policy, effects: readonly LiveEffect[]) =>
  entries(policy, effects, 'refer', ({ params }) => ({ ...params }))

/** Whether what a requirement asks for is done, by its own test; without a test it is outstanding. */
export function requirementState(effect: LiveEffect): RequirementState {
  const verdict = effect.result.doneWhen.get(effect.index)?.verdict ?? 'no'
  return ({ yes: 'done', no: 'outstanding', 'need-to-know': 'cannot-tell' } as const)[verdict]
}

export const requirements = (
  policy: Policy,
  effects: readonly LiveEffect[],
): Recommendation['requirements'] =>
  entries(policy, effects, 'require', (effect) => {
    const { task, of, before, hard, point } = effect.params
    return {
      task,
      of,
      before,
      ...(effect.params.for ? { for: effect.params.for } : {}),
      hard: hard === 'yes',
      ...(point === undefined ? {} : { point }),
      state: requirementState(effect),
    }
  })

/** Deadlines with their days, as far as the dates they start from are known. */
export const clocks = (
  policy: Policy,
  effects: readonly LiveEffect[],
  asAt: string,
): Omit<Clock, 'binds'>[] =>
  entries(policy, effects, 'clock', ({ params, matter }) => {
    const start = matter.facts[params.from]
    const within = matter.facts[params.within]
    const startsOn = typeof start === 'string' ? start : undefined
    const period = isPeriod(within) ? (within as Period) : undefined
    const end = params.from === 'child.date_of_birth' ? endOfTimeFromBirth : endOfPeriod
    const due = startsOn && period ? end(startsOn, period, policy.bankHolidays) : undefined
    return {
      what: params.what,
      from: params.from,
      ...(startsOn ? { startsOn } : {}),
      ...(period ? { within: period } : {}),
      ...(due ? { due, passed: due < asAt } : {}),
      hard: params.hard === 'yes',
    }
  })
