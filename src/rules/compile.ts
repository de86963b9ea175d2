import type { Answer, Facts } from '../domain/fact.ts'
import type { Verdict } from '../domain/lists.ts'
import {
  type Evaluate,
  findingVerdict,
  foldAll,
  foldAny,
  foldNot,
  leafTrace,
  type RuleResult,
  type Trace,
} from './evaluate.ts'
import type { Leaf, Operator, Rule, Test } from './schema.ts'

/**
 * The compiled form of the rules: one closure a test, made once for a list of rules. It means what
 * the reference means, leaf for leaf; a differential test over generated referrals proves it
 * (ADR 0004). No code is generated.
 */

type Ask = (facts: Facts) => Trace

/** What each operator says of a known answer, as json-rules-engine says it of the same types. */
const holds: Record<Operator, (given: Answer, value: Answer) => boolean> = {
  equal: (given, value) => given === value,
  notEqual: (given, value) => given !== value,
  in: (given, value) => (value as readonly unknown[]).includes(given),
  notIn: (given, value) => !(value as readonly unknown[]).includes(given),
  lessThan: (given, value) => given < value,
  lessThanInclusive: (given, value) => given <= value,
  greaterThan: (given, value) => given > value,
  greaterThanInclusive: (given, value) => given >= value,
  contains: (given, value) => (given as readonly unknown[]).includes(value),
  doesNotContain: (given, value) => !(given as readonly unknown[]).includes(value),
}

function compileLeaf(leaf: Leaf): Ask {
  const compare = holds[leaf.operator]
  const { fact, value } = leaf
  const lookedUp = typeof value === 'object' && 'fact' in value ? value.fact : undefined
  return (facts) => {
    const given = facts[fact]
    const wanted = lookedUp === undefined ? (value as Answer) : facts[lookedUp]
    const known = given !== undefined && wanted !== undefined
    return leafTrace(leaf, known && compare(given, wanted), facts)
  }
}

function compileTest(test: Test): Ask {
  if ('all' in test || 'any' in test) {
    const kind = 'all' in test ? 'all' : 'any'
    const fold: (verdicts: readonly Verdict[]) => Verdict = kind === 'all' ? foldAll : foldAny
    const members = ('all' in test ? test.all : test.any).map(compileTest)
    return (facts) => {
      const tests = members.map((ask) => ask(facts))
      return { kind, verdict: fold(tests.map(({ verdict }) => verdict)), tests }
    }
  }
  if ('not' in test) {
    const inner = compileTest(test.not)
    return (facts) => {
      const asked = inner(facts)
      return { kind: 'not', verdict: foldNot(asked.verdict), tests: [asked] }
    }
  }
  return compileLeaf(test)
}

function compileRule(rule: Rule): (facts: Facts) => RuleResult {
  const appliesTo = rule.applies_to && compileTest(rule.applies_to)
  const when = compileTest(rule.when)
  const doneWhen = rule.then.flatMap((effect, i) =>
    'require' in effect && effect.require.done_when
      ? [[i, compileTest(effect.require.done_when)] as const]
      : [],
  )
  return (facts) => {
    const scope = appliesTo?.(facts)
    const answer = when(facts)
    return {
      rule,
      verdict: findingVerdict(scope?.verdict, answer.verdict),
      ...(scope ? { appliesTo: scope } : {}),
      when: answer,
      doneWhen: new Map(doneWhen.map(([i, ask]) => [i, ask(facts)])),
    }
  }
}

const compiled = new WeakMap<Rule, ReturnType<typeof compileRule>>()

/** Answers every test of every rule with closures that are made on first use of a rule. */
export const evaluateCompiled: Evaluate = async (rules, facts) =>
  rules.map((rule) => {
    let ask = compiled.get(rule)
    if (!ask) {
      ask = compileRule(rule)
      compiled.set(rule, ask)
    }
    return ask(facts)
  })
