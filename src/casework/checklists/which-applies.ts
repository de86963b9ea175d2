import { inWords } from '../../domain/plain-date.ts'
import type { Recommendation, RuleReference } from '../../domain/recommendation.ts'
import { referenceTo } from '../../rules/citation.ts'
import { type RuleSet, rulesInForce } from '../../rules/rule-set.ts'
import type { EffectOf, Rule } from '../../rules/schema.ts'
import { leavesOf } from '../../rules/tests-of.ts'
import type { Instrument, Point } from './instruments.ts'

type Asks = EffectOf<'require'>['require']
export type Requirement = Recommendation['requirements'][number]
export type Summary = Pick<Recommendation, 'requirements' | 'ruleSet'>

/** Whether a form goes with a case, by which rules, and why in a sentence. */
export type Applies = {
  applies: 'yes' | 'no' | 'cannot-tell'
  /** The rules that ask for it; where it does not apply, those that would and are not met. */
  rules: readonly RuleReference[]
  why: string
}

/**
 * Whether the rules ask for a form in this case. No date and no route is looked at here: the rules
 * in force on the day say it, and their requirements carry it.
 * @param summary the recommendation that holds
 * @param ruleSet the rules that it was made with
 */
export function whichApplies(instrument: Instrument, summary: Summary, ruleSet: RuleSet): Applies {
  const day = summary.ruleSet.asAt
  const asking = rulesInForce(ruleSet, day).filter((rule) => asksFor(instrument, rule))
  const live = summary.requirements.filter(({ rule, task }) =>
    asking.some(
      (one) => same(one, rule) && asked(instrument, one).some((ask) => ask.task === task),
    ),
  )
  const met = live.filter(({ verdict }) => verdict === 'met')
  const cited = (all: readonly Requirement[]) => [
    ...new Map(all.map(({ rule }) => [rule.id, rule])).values(),
  ]
  if (met.length > 0)
    return { applies: 'yes', rules: cited(met), why: `The rules of ${inWords(day)} ask for it.` }
  if (live.length > 0)
    return {
      applies: 'cannot-tell',
      rules: cited(live),
      why: 'Whether it is asked for cannot be told yet: something is not known.',
    }
  const why =
    asking.length > 0
      ? `The rules of ${inWords(day)} that ask for it are not about this case.`
      : `No rule in force on ${inWords(day)} asks for it.`
  return { applies: 'no', rules: asking.map((rule) => referenceTo(ruleSet.policy, rule)), why }
}

const same = (one: Rule, other: RuleReference) => one.id === other.id && one.layer === other.layer

const asksFor = (instrument: Instrument, rule: Rule) => asked(instrument, rule).length > 0

/** The requirements of a rule that ask for the form as a whole, or for one of its points. */
const asked = ({ progress, points }: Instrument, rule: Rule): Asks[] =>
  rule.then.flatMap((effect): Asks[] => {
    if (!('require' in effect)) return []
    const { point, done_when } = effect.require
    const whole = done_when && leavesOf(done_when).some(({ leaf }) => leaf.fact === progress)
    const one = point !== undefined && points.some(({ number }) => number === point)
    return whole || one ? [effect.require] : []
  })

/** What the rules ask for a point in this case; none where they do not ask for it. */
export const requirementsFor = ({ number }: Point, { requirements }: Summary): Requirement[] =>
  number === undefined ? [] : requirements.filter((one) => one.point === number)
