import { isPeriod, lookUp } from '../../domain/fact.ts'
import { type Disposal, disposals } from '../../domain/lists.ts'
import { didYouMean, type Problem } from '../../domain/problem.ts'
import type { Policy } from '../policy.ts'
import { effectsOf, type Rule } from '../schema.ts'
import { factsOf } from '../tests-of.ts'
import { eachRule } from './context.ts'

/** What effects name exists: rules that yield, parameters that are periods, facts that are dates. */
export const checkEffects = eachRule((rule, yaml, { policy }) =>
  rule.then.flatMap((effect, i) => {
    if ('start-at' in effect) {
      const ids = [...new Set(policy.rules.map(({ id }) => id))]
      return (effect['start-at'].over ?? []).flatMap((id, j) =>
        id === rule.id || !ids.includes(id)
          ? [
              yaml.problem(
                ['then', i, 'start-at', 'over', j],
                id === rule.id
                  ? 'A rule cannot yield to itself.'
                  : `There is no rule "${id}".${didYouMean(id, ids)}`,
              ),
            ]
          : [],
      )
    }
    if ('clock' in effect) {
      const path = ['then', i, 'clock']
      const problems = periodProblems(
        effect.clock.within,
        [...path, 'within'],
        policy,
        yaml.problem,
      )
      const fact = lookUp(policy.facts, effect.clock.from)
      if (fact?.answers !== 'date')
        problems.push(
          yaml.problem(
            [...path, 'from'],
            fact
              ? `A clock starts on a date; "${effect.clock.from}" is not a date.`
              : `I don't know the fact "${effect.clock.from}".${didYouMean(effect.clock.from, Object.keys(policy.facts))}`,
          ),
        )
      return problems
    }
    if ('hold' in effect && effect.hold.review_within)
      return periodProblems(
        effect.hold.review_within,
        ['then', i, 'hold', 'review_within'],
        policy,
        yaml.problem,
      )
    return []
  }),
)

function periodProblems(
  id: string,
  path: (string | number)[],
  policy: Policy,
  problem: (path: (string | number)[], message: string, mend?: string) => Problem,
): Problem[] {
  const parameter = lookUp(policy.parameters, id)
  if (!parameter)
    return [
      problem(
        path,
        `I don't know the parameter "${id}".${didYouMean(id, Object.keys(policy.parameters))}`,
        'Parameters are listed in rules/parameters.yaml.',
      ),
    ]
  return parameter.values.every(({ value }) => isPeriod(value))
    ? []
    : [
        problem(
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
  if (!need) return []
  const rank = (disposal: Disposal) => disposals.indexOf(disposal)
  const harmful = rule.then.findIndex((effect) => {
    if ('exclude' in effect || 'hold' in effect) return true
    if ('rule-out' in effect) return !closesFromTheTop(effect['rule-out'].disposals)
    if ('start-at' in effect)
      return rank(effect['start-at'].disposal) > rank('community-resolution')
    return false
  })
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

/** True when everything more criminalising than the least of these is among them. */
function closesFromTheTop(closed: readonly Disposal[]): boolean {
  const least = Math.min(...closed.map((one) => disposals.indexOf(one)))
  return disposals.slice(least).every((one) => closed.includes(one))
}

/** Words that must never be said, and the length that a clinic member will read. */
export const checkWords = eachRule((rule, yaml) => {
  const problems: Problem[] = []
  const sentences = rule.because
    .replace(/\b(s|ss|para|no|e\.g|i\.e)\./gi, '$1')
    .match(/[.!?](\s|$)/g)
  if ((sentences?.length ?? 0) > 2)
    problems.push(
      yaml.problem(
        ['because'],
        'Say it in at most two sentences.',
        'Move the rest to doubts or to the source.',
      ),
    )
  const said = [rule.title, rule.because, ...rule.then.map((effect) => JSON.stringify(effect))]
  if (said.some((text) => /must (be )?charged?\b/i.test(text)))
    problems.push(
      yaml.problem(
        [],
        'No rule says that a child must be charged.',
        'A starting point may always be departed from.',
      ),
    )
  if (/\b[a-z]+\.[a-z]+_[a-z_]+\b|`/.test(rule.because))
    problems.push(
      yaml.problem(
        ['because'],
        'Speak to a clinic member: no fact ids or code words.',
        'Say it in everyday words.',
      ),
    )
  return problems
})

/** Every `done_when` is shown done by an example. */
export const checkDone = eachRule((rule: Rule, yaml) =>
  effectsOf(rule, 'require').some(({ done_when }) => done_when) &&
  !rule.examples.some(({ done }) => done === 'done')
    ? [
        yaml.problem(
          ['examples'],
          'No example shows the requirement done.',
          'Add one with the facts that settle it, and done: done.',
        ),
      ]
    : [],
)
