import { type Facts, lookUp } from '../domain/fact.ts'
import { answerInWords, askedFor, capital } from '../rules/explain.ts'
import type { Policy } from '../rules/policy.ts'
import type { Example, Rule, Test } from '../rules/schema.ts'
import { effectWords } from './effect-words.ts'

/** A rule in plain sentences, without a case. Lines of a test are indented as its groups are. */
export type RuleWords = {
  /** Which cases it is about; empty where it is about every case. */
  isAbout: string[]
  asks: string[]
  does: string[]
  examples: { name: string; given: string; says: string }[]
}

/** @param local the parameters and provisions of the partnership on the day */
export function ruleWords(policy: Policy, rule: Rule, local: Facts): RuleWords {
  const tested = (test: Test) => testLines(policy, test, local)
  return {
    isAbout: rule.applies_to ? tested(rule.applies_to) : [],
    asks: tested(rule.when),
    does: rule.then.flatMap((effect) => effectWords(policy, effect, { local, tested })),
    examples: rule.examples.map((example) => exampleWords(policy, example)),
  }
}

/** One line a test, each fact with what is asked of it: `<name> is <answer>`. */
export function testLines(policy: Policy, test: Test, local: Facts, depth = 0): string[] {
  const indent = '  '.repeat(depth)
  if ('fact' in test) {
    const { value } = test
    const comparedWith =
      typeof value === 'object' && 'fact' in value ? local[value.fact] : undefined
    return [
      `${indent}${capital(nameOf(policy, test.fact))} is ${askedFor(policy, test, comparedWith)}.`,
    ]
  }
  const members = 'all' in test ? test.all : 'any' in test ? test.any : [test.not]
  const [only] = members
  if (only && members.length === 1 && !('not' in test)) return testLines(policy, only, local, depth)
  const heading =
    'all' in test ? 'All of these:' : 'any' in test ? 'At least one of these:' : 'Not:'
  const inner = members.flatMap((one) => testLines(policy, one, local, depth + 1))
  return [`${indent}${heading}`, ...inner]
}

function exampleWords(policy: Policy, { name, given, expect }: Example) {
  const known = Object.entries(given).map(([id, answer]) =>
    answer === null
      ? `${nameOf(policy, id)} is not known`
      : `${nameOf(policy, id)} is ${answerInWords(answer)}`,
  )
  return { name, given: known.join('; ') || 'nothing is known', says: said[expect] }
}

const said: Record<Example['expect'], string> = {
  met: 'met',
  'not-met': 'not met',
  'need-to-know': 'cannot be told yet',
  'does-not-apply': 'not about such a case',
}

const nameOf = (policy: Policy, id: string): string => lookUp(policy.facts, id)?.name ?? id
