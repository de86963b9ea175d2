import { Engine, type TopLevelCondition } from 'json-rules-engine'
import type { Answer, Facts } from '../domain/fact.ts'
import type { FindingVerdict, Verdict } from '../domain/lists.ts'
import type { Group, Leaf, Rule, Test } from './schema.ts'

/**
 * Three-valued evaluation read from json-rules-engine's own result tree (ADR 0004). The engine says
 * yes or no of every leaf; a leaf whose fact is not in our snapshot is "need to know" whatever it
 * says, and the groups are folded here. Nothing is short-circuited: every leaf has a verdict.
 */

/** How one test was answered, with the answer that was looked at. */
export type Trace =
  | { kind: 'all' | 'any'; verdict: Verdict; tests: Trace[] }
  | { kind: 'not'; verdict: Verdict; tests: [Trace] }
  | { kind: 'leaf'; verdict: Verdict; leaf: Leaf; given?: Answer; comparedWith?: Answer }

/** What a rule says of one set of facts. `doneWhen` stands at the index of its effect. */
export type RuleResult = {
  rule: Rule
  verdict: FindingVerdict
  appliesTo?: Trace
  when: Trace
  doneWhen: ReadonlyMap<number, Trace>
}

/** Answers every test of every rule. The reference and the compiled form mean the same. */
export type Evaluate = (rules: readonly Rule[], facts: Facts) => Promise<RuleResult[]>

/** The verdict of `all`: no if any is no, else need to know if any is, else yes. */
export const foldAll = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('no') ? 'no' : verdicts.includes('need-to-know') ? 'need-to-know' : 'yes'

/** The verdict of `any`: yes if any is yes, else need to know if any is, else no. */
export const foldAny = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('yes') ? 'yes' : verdicts.includes('need-to-know') ? 'need-to-know' : 'no'

/** The verdict of `not`: yes and no change places. */
export const foldNot = (verdict: Verdict): Verdict =>
  verdict === 'yes' ? 'no' : verdict === 'no' ? 'yes' : verdict

/** Whether the rule applies, and then what its test says. */
export function findingVerdict(appliesTo: Verdict | undefined, when: Verdict): FindingVerdict {
  if (appliesTo === 'no') return 'does-not-apply'
  if (appliesTo === 'need-to-know' || when === 'need-to-know') return 'need-to-know'
  return when === 'yes' ? 'met' : 'not-met'
}

/** Every test of a rule, by the part it plays. */
export function partsOf(rule: Rule): { part: string; test: Group }[] {
  return [
    ...(rule.applies_to ? [{ part: 'applies_to', test: rule.applies_to }] : []),
    { part: 'when', test: rule.when },
    ...rule.then.flatMap((effect, i) =>
      'require' in effect && effect.require.done_when
        ? [{ part: String(i), test: effect.require.done_when }]
        : [],
    ),
  ]
}

/** Puts the traces of a rule's parts together into its result. */
export function assemble(rule: Rule, traceOf: (part: string) => Trace): RuleResult {
  const doneWhen = new Map<number, Trace>()
  for (const { part } of partsOf(rule))
    if (part !== 'when' && part !== 'applies_to') doneWhen.set(Number(part), traceOf(part))
  const when = traceOf('when')
  const appliesTo = rule.applies_to ? traceOf('applies_to') : undefined
  return {
    rule,
    verdict: findingVerdict(appliesTo?.verdict, when.verdict),
    ...(appliesTo ? { appliesTo } : {}),
    when,
    doneWhen,
  }
}

/** The reference: json-rules-engine, with a fresh Engine for every run. */
export const evaluateByReference: Evaluate = async (rules, facts) => {
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const [id, answer] of Object.entries(facts)) engine.addFact(id, answer)
  for (const [index, rule] of rules.entries())
    for (const { part, test } of partsOf(rule))
      engine.addRule({
        name: `${index} ${part}`,
        conditions: test as TopLevelCondition,
        event: { type: 'effects', params: { effects: rule.then } },
      })
  const { results, failureResults } = await engine.run()
  const answered = new Map(
    [...results, ...failureResults].map(({ name, conditions }) => [name, conditions as EngineNode]),
  )
  return rules.map((rule, index) => {
    const parts = new Map(partsOf(rule).map(({ part, test }) => [part, test]))
    return assemble(rule, (part) => {
      const node = answered.get(`${index} ${part}`)
      const test = parts.get(part)
      if (!node || !test) throw new Error(`json-rules-engine skipped ${rule.id} (${part})`)
      return readNode(test, node, facts)
    })
  })
}

/** What json-rules-engine leaves in its live result tree. */
type EngineNode = { result?: boolean; all?: EngineNode[]; any?: EngineNode[]; not?: EngineNode }

function readNode(test: Test, node: EngineNode, facts: Facts): Trace {
  if ('all' in test || 'any' in test) {
    const kind = 'all' in test ? 'all' : 'any'
    const members = 'all' in test ? test.all : test.any
    const tests = members.map((member, i) => readNode(member, (node[kind] ?? [])[i] ?? {}, facts))
    const verdicts = tests.map(({ verdict }) => verdict)
    return { kind, verdict: kind === 'all' ? foldAll(verdicts) : foldAny(verdicts), tests }
  }
  if ('not' in test) {
    const inner = readNode(test.not, node.not ?? {}, facts)
    return { kind: 'not', verdict: foldNot(inner.verdict), tests: [inner] }
  }
  if (node.result === undefined) throw new Error(`json-rules-engine left "${test.fact}" unanswered`)
  return leafTrace(test, node.result, facts)
}

/** A leaf is need-to-know when our own snapshot lacks either side. */
export function leafTrace(leaf: Leaf, holds: boolean, facts: Facts): Trace {
  const given = facts[leaf.fact]
  const looksUp = typeof leaf.value === 'object' && 'fact' in leaf.value
  const comparedWith = looksUp ? facts[(leaf.value as { fact: string }).fact] : undefined
  const unknown = given === undefined || (looksUp && comparedWith === undefined)
  return {
    kind: 'leaf',
    verdict: unknown ? 'need-to-know' : holds ? 'yes' : 'no',
    leaf,
    ...(given === undefined ? {} : { given }),
    ...(comparedWith === undefined ? {} : { comparedWith }),
  }
}
