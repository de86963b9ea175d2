import type { Answer } from '../domain/fact.ts'
import type { Concern, Finding } from '../domain/recommendation.ts'
import { referenceTo } from '../rules/citation.ts'
import type { RuleResult, Trace } from '../rules/evaluate.ts'
import { explain } from '../rules/explain.ts'
import type { Policy } from '../rules/policy.ts'
import type { Effect, EffectKind, EffectOf } from '../rules/schema.ts'
import { factsOf } from '../rules/tests-of.ts'
import type { Matter } from './referral.ts'

/** What one rule said of one matter. */
export type MatterResult = { matter: Matter; result: RuleResult }

/** One effect of a rule that is met, or that cannot be told yet. */
export type LiveEffect<K extends EffectKind = EffectKind> = MatterResult & {
  index: number
  verdict: 'met' | 'need-to-know'
  kind: K
  params: EffectOf<K>[K]
}

/** The effects that are met or undecided, of one kind or all. */
export function liveEffects(results: readonly MatterResult[]): LiveEffect[] {
  return results.flatMap(({ matter, result }) => {
    const { verdict } = result
    if (verdict !== 'met' && verdict !== 'need-to-know') return []
    return result.rule.then.map((effect: Effect, index) => {
      const kind = Object.keys(effect)[0] as EffectKind
      const params = Object.values(effect)[0] as LiveEffect['params']
      return { matter, result, index, verdict, kind, params }
    })
  })
}

export const ofKind = <K extends EffectKind>(
  effects: readonly LiveEffect[],
  kind: K,
): LiveEffect<K>[] => effects.filter((one): one is LiveEffect<K> => one.kind === kind)

/** True when the rule reads facts about a victim, so that it may say different things of each. */
export const readsVictim = (result: RuleResult): boolean =>
  [...factsOf(result.rule)].some((id) => id.startsWith('victim.'))

/**
 * Puts entries together that say the same of several offences or victims: one entry, which lists
 * whom it concerns.
 */
export function gather<T extends object>(
  policy: Policy,
  effects: readonly LiveEffect[],
  entry: (effect: LiveEffect) => T,
): (Concern & T)[] {
  const groups = new Map<unknown, { first: LiveEffect; all: LiveEffect[]; content: T }>()
  const one = ofOneMatter(effects)
  for (const effect of effects) {
    const content = entry(effect)
    const { rule } = effect.result
    const key = one
      ? effect
      : JSON.stringify([rule.id, rule.layer, effect.index, effect.verdict, content])
    const group = groups.get(key)
    if (group) group.all.push(effect)
    else groups.set(key, { first: effect, all: [effect], content })
  }
  return [...groups.values()].map(({ first, all, content }) => ({
    rule: referenceTo(policy, first.result.rule),
    verdict: first.verdict,
    ...concerned(all),
    ...content,
  }))
}

/** True where nothing can be put together, because only one matter was asked about. */
const ofOneMatter = (results: readonly MatterResult[]): boolean =>
  results.every(({ matter }) => matter === results[0]?.matter)

/** The offences and victims that some results are about, each once and in order. */
export function concerned(results: readonly MatterResult[]) {
  const numbers = (all: (number | undefined)[]) =>
    [...new Set(all)].filter((one): one is number => one !== undefined).sort((a, b) => a - b)
  return {
    offences: numbers(results.map(({ matter }) => matter.offence)),
    victims: numbers(
      results.map(({ matter, result }) => (readsVictim(result) ? matter.victim : undefined)),
    ),
  }
}

/** Every rule's finding, fired or not; findings that are the same of several matters stand once. */
export function findings(policy: Policy, results: readonly MatterResult[]): Finding[] {
  const groups = new Map<unknown, MatterResult[]>()
  const single = ofOneMatter(results)
  for (const one of results) {
    const { rule, verdict, appliesTo, when } = one.result
    const key = single
      ? one
      : JSON.stringify([rule.id, rule.layer, verdict, answersIn(appliesTo), answersIn(when)])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].map((same) => {
    const { result } = same[0] as MatterResult
    return {
      rule: referenceTo(policy, result.rule),
      verdict: result.verdict,
      ...concerned(same),
      tests: [...(result.appliesTo ? [result.appliesTo] : []), result.when].map(traceNode),
      explanation: explain(policy, result),
    }
  })
}

const answersIn = (trace: Trace | undefined): unknown =>
  trace === undefined
    ? null
    : trace.kind === 'leaf'
      ? [trace.verdict, trace.given ?? null]
      : trace.tests.map(answersIn)

function traceNode(trace: Trace): Finding['tests'][number] {
  if (trace.kind !== 'leaf')
    return { kind: trace.kind, verdict: trace.verdict, tests: trace.tests.map(traceNode) }
  const { leaf, verdict, given, comparedWith } = trace
  const looked = typeof leaf.value === 'object' && 'fact' in leaf.value
  return {
    kind: 'leaf',
    verdict,
    fact: leaf.fact,
    operator: leaf.operator,
    value: looked
      ? ((comparedWith ?? (leaf.value as { fact: string }).fact) as string | number)
      : (leaf.value as string | number | (string | number)[]),
    ...(given === undefined ? {} : { given: given as Exclude<Answer, readonly string[]> }),
  }
}
