import type { Case } from '../domain/case.ts'
import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import type { Clock, Recommendation } from '../domain/recommendation.ts'
import type { Evaluate } from '../rules/evaluate.ts'
import { type RuleSet, rulesInForce } from '../rules/rule-set.ts'
import { firstDay } from '../rules/schema.ts'
import { findings, liveEffects, type MatterResult } from './findings.ts'
import * as lists from './lists.ts'
import { needToKnow } from './need-to-know.ts'
import { options } from './options.ts'
import { readReferral } from './referral.ts'
import { startingPoints } from './starting-points.ts'
import { statusOf } from './status.ts'

/**
 * Facts and rules in, a recommendation out. Pure and deterministic: the same case, as-at date and
 * rule set give the same bytes. It is advice; people decide (ADR 0003).
 * @param given the case as handed in, its answers not yet checked
 * @param asAt the day whose rules apply (the decision's day); an offence's own dates are facts
 * @returns the recommendation, or the problems for which the case cannot be read
 */
export async function recommend(
  ruleSet: RuleSet,
  given: Case,
  asAt: string,
  evaluate: Evaluate,
): Promise<Result<Recommendation>> {
  const referral = readReferral(ruleSet, given, asAt)
  if (!referral.ok) return referral
  const { matters, notKnown } = referral.value
  const { policy } = ruleSet
  const rules = rulesInForce(ruleSet, asAt)
  if (rules.length === 0) return refuse(noRulesYet(ruleSet, asAt))
  const results: MatterResult[] = []
  for (const matter of matters)
    for (const result of await evaluate(rules, matter.facts)) results.push({ matter, result })

  const effects = liveEffects(results)
  const numbers = [...new Set(matters.map(({ offence }) => offence))]
  return fine({
    kind: 'recommendation',
    advisory: true,
    status: statusOf(effects, numbers),
    offences: numbers.map((offence) => {
      const open = options(policy, effects, offence, asAt)
      const mine = effects.filter(({ matter }) => matter.offence === offence)
      const code = matters.find((one) => one.offence === offence)?.facts['offence.code']
      const row = typeof code === 'string' ? policy.offences.get(code) : undefined
      return {
        offence,
        ...(row ? { code: row.code, title: row.title } : {}),
        exclusions: lists.exclusions(policy, mine),
        options: open,
        ...startingPoints(policy, effects, offence, open),
      }
    }),
    exclusions: lists.exclusions(policy, effects),
    holds: lists.holds(policy, effects),
    routes: lists.routes(policy, effects),
    requirements: lists.requirements(policy, effects),
    prompts: lists.prompts(policy, effects),
    referrals: lists.referrals(policy, effects),
    clocks: binding(lists.clocks(policy, effects, asAt)),
    needToKnow: needToKnow(policy, effects, notKnown),
    findings: findings(policy, results),
    ruleSet: { partnership: ruleSet.partnership, digest: ruleSet.digest, asAt },
  })
}

type Unbound = Omit<Clock, 'binds'>

/** A hard clock binds where none for the same thing ends earlier, for any offence or victim of it. */
const binding = (clocks: readonly Unbound[]): Clock[] =>
  clocks.map((clock) => {
    const earlier = clocks.filter((other) => endsEarlier(other, clock))
    const people = clock.victims.length > 0 ? clock.victims : [undefined]
    const binds = clock.offences.some((offence) =>
      people.some((victim) => !earlier.some((other) => isAbout(other, offence, victim))),
    )
    return { ...clock, binds: clock.hard && clock.due !== undefined && binds }
  })

/** Without rules nothing is open: a day before the first of them has no answer. */
function noRulesYet({ rules }: RuleSet, asAt: string): Problem {
  const first = rules.map(({ in_force }) => firstDay(in_force)).sort()[0]
  return {
    message: `No rule is in force on ${asAt}.`,
    mend: first ? `The first begins on ${first}: ask as at that day or later.` : 'Load some rules.',
    pointer: '/asAt',
  }
}

/** An undecided clock may bind beside a met one, and never takes its place. */
const endsEarlier = (other: Unbound, clock: Unbound): boolean =>
  other.hard &&
  other.what === clock.what &&
  (other.verdict === 'met' || clock.verdict === 'need-to-know') &&
  (other.due ?? '9999-12-31') < (clock.due ?? '')

const isAbout = ({ offences, victims }: Unbound, offence: number, victim: number | undefined) =>
  offences.includes(offence) &&
  (victim === undefined || victims.length === 0 || victims.includes(victim))
