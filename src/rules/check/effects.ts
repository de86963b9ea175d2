import { describeAnswers, isPeriod, lookUp } from '../../domain/fact.ts'
import { type Disposal, disposals } from '../../domain/lists.ts'
import { didYouMean, type Problem } from '../../domain/problem.ts'
import type { Policy } from '../policy.ts'
import { type Effect, type EffectOf, effectsOf, type Rule } from '../schema.ts'
import { factsOf } from '../tests-of.ts'
import type { Path, YamlFile } from '../yaml-file.ts'
import { eachRule } from './context.ts'
import { unknownFact } from './unknown-fact.ts'

/** What effects name exists: rules that yield, parameters that are periods, facts that are dates. */
export const checkEffects = eachRule((rule, yaml, { policy }) =>
  rule.then.flatMap((effect, i) => {
    const path = ['then', i]
    if ('start-at' in effect) return yieldProblems(effect, rule, path, policy, yaml)
    if ('clock' in effect) return clockProblems(effect, path, policy, yaml)
    if ('hold' in effect && effect.hold.review_within)
      return periodProblems(
        effect.hold.review_within,
        [...path, 'hold', 'review_within'],
        policy,
        yaml,
      )
    return []
  }),
)

function yieldProblems(
  effect: EffectOf<'start-at'>,
  rule: Rule,
  path: Path,
  { rules }: Policy,
  yaml: YamlFile,
): Problem[] {
  const ids = [...new Set(rules.map(({ id }) => id))]
  return (effect['start-at'].over ?? []).flatMap((id, j) => {
    const at = [...path, 'start-at', 'over', j]
    if (id === rule.id)
      return [
        yaml.problem(
          at,
          'A rule cannot yield to itself.',
          'Name the rules whose starting point gives way to this one.',
        ),
      ]
    return ids.includes(id)
      ? []
      : [
          yaml.problem(
            at,
            `There is no rule "${id}".${didYouMean(id, ids)}`,
            'over names the rules whose starting point gives way to this one.',
          ),
        ]
  })
}

function clockProblems(
  { clock }: EffectOf<'clock'>,
  path: Path,
  policy: Policy,
  yaml: YamlFile,
): Problem[] {
  const from = [...path, 'clock', 'from']
  const fact = lookUp(policy.facts, clock.from)
  const problems = periodProblems(clock.within, [...path, 'clock', 'within'], policy, yaml)
  if (!fact) return [...problems, unknownFact(yaml, from, clock.from, policy)]
  return fact.answers === 'date'
    ? problems
    : [
        ...problems,
        yaml.problem(
          from,
          `A clock starts on a date; the answer to "${clock.from}" is ${describeAnswers(fact.answers)}.`,
          'Name a fact whose answers are dates, such as offence.date.',
        ),
      ]
}

function periodProblems(id: string, path: Path, policy: Policy, yaml: YamlFile): Problem[] {
  const parameter = lookUp(policy.parameters, id)
  if (!parameter)
    return [
      yaml.problem(
        path,
        `I don't know the parameter "${id}".${didYouMean(id, Object.keys(policy.parameters))}`,
        'Parameters are listed in rules/parameters.yaml.',
      ),
    ]
  return parameter.values.every(({ value }) => isPeriod(value))
    ? []
    : [
        yaml.problem(
          path,
          `"${id}" is not a length of time.`,
          'Its values are written { n: 6, unit: month }.',
        ),
      ]
}

/**
 * Needs facts may soften, support or adjust. They never close a lesser option, hold one back,
 * exclude a child or raise a starting point (practice note 21).
 */
export const checkNeeds = eachRule((rule, yaml, { policy }) => {
  const need = [...factsOf(rule)].find((id) => lookUp(policy.facts, id)?.needs)
  const harmful = need === undefined ? -1 : rule.then.findIndex(isHarmful)
  return harmful < 0
    ? []
    : [
        yaml.problem(
          ['then', harmful],
          `"${need}" is a need of the child. It may add support or soften, never close a lesser option or raise a start.`,
          'Use require, consider or refer.',
        ),
      ]
})

function isHarmful(effect: Effect): boolean {
  if ('exclude' in effect || 'hold' in effect) return true
  if ('rule-out' in effect) return !closesFromTheTop(effect['rule-out'].disposals)
  return 'start-at' in effect && rank(effect['start-at'].disposal) > rank('community-resolution')
}

const rank = (disposal: Disposal) => disposals.indexOf(disposal)

/** True when everything more criminalising than the least of these is among them. */
function closesFromTheTop(closed: readonly Disposal[]): boolean {
  const least = Math.min(...closed.map(rank))
  return disposals.slice(least).every((one) => closed.includes(one))
}

/** Every `done_when` is shown done by an example. */
export const checkDone = eachRule((rule: Rule, yaml) =>
  effectsOf(rule, 'require').some(({ done_when }) => done_when) &&
  !rule.examples.some(({ done }) => done === 'done')
    ? [
        yaml.problem(
          ['examples'],
          'No example shows the requirement done.',
          'Add one with the facts that settle it, and done: done.',
          'key',
        ),
      ]
    : [],
)
