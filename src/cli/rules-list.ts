import { inWords } from '../domain/plain-date.ts'
import type { Result } from '../domain/problem.ts'
import { referenceTo } from '../rules/citation.ts'
import { answerInWords } from '../rules/explain.ts'
import { usePolicy } from '../rules/load-built.ts'
import { composeRuleSet, type RuleSet, rulesInForce } from '../rules/rule-set.ts'
import type { InForce, Rule } from '../rules/schema.ts'
import { type Console, colours, type ExitCode, fold, printProblems } from './output.ts'

export type RulesOptions = { rules: string; json: boolean; partnership?: string; asAt?: string }

/** `waymark rules list`: the rules of a partnership that are in force on a day. */
export function rulesList(console: Console, options: RulesOptions): ExitCode {
  const loaded = loadRuleSet(options)
  if (!loaded.ok) return printProblems(console, loaded.problems, options.json)
  const ruleSet = loaded.value
  const asAt = options.asAt ?? console.today
  const rules = rulesInForce(ruleSet, asAt).map((rule) => entry(ruleSet, rule))
  const { partnership, title, digest } = ruleSet
  if (options.json) {
    console.out(JSON.stringify({ partnership, title, digest, asAt, rules }, null, 2))
    return 0
  }
  const paint = colours(console)
  console.out(`${title}: ${rules.length} rules in force on ${inWords(asAt)}\n`)
  for (const { id, title: name, layer, authority, in_force, checkBeforeUse } of rules) {
    console.out(`${paint.bold(id)}${checkBeforeUse ? '*' : ''}`)
    const facts = [layer, answerInWords(authority), inForceWords(in_force)].join(', ')
    console.out(`${fold(name, '  ')}\n${fold(facts, '    ')}`)
  }
  console.out('\n* not everything it rests on was read in full: check before use.')
  console.out('One rule in plain sentences: waymark rules explain ID')
  return 0
}

/** The rule set of the options, or why there is none. */
export function loadRuleSet({ rules, partnership }: RulesOptions): Result<RuleSet> {
  const loaded = usePolicy(rules)
  return loaded.ok ? composeRuleSet(loaded.value, partnership ?? 'national') : loaded
}

function entry({ policy }: RuleSet, rule: Rule) {
  const { id, title, layer, authority, checkBeforeUse } = referenceTo(policy, rule)
  return { id, title, layer, authority, in_force: rule.in_force, checkBeforeUse }
}

/** `from 8 April 2013 until 11 February 2026`. */
export function inForceWords({ from, applied_from, until }: InForce): string {
  const end = until ? ` until ${inWords(until)}` : ''
  if (from !== 'not-stated') return `from ${inWords(from)}${end}`
  const start = applied_from ? `applied from ${inWords(applied_from)}` : 'applied from no day yet'
  return `${start}${end} (nobody has read its own first day)`
}
