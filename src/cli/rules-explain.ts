import { lookUp } from '../domain/fact.ts'
import { inWords } from '../domain/plain-date.ts'
import { didYouMean, type Problem } from '../domain/problem.ts'
import { referenceTo } from '../rules/citation.ts'
import { localFacts, type RuleSet, rulesInForce } from '../rules/rule-set.ts'
import { type Console, type ExitCode, printProblems } from './output.ts'
import { ruleText } from './rule-text.ts'
import { ruleWords } from './rule-words.ts'
import { inForceWords, loadRuleSet, type RulesOptions } from './rules-list.ts'

/** `waymark rules explain`: one rule in plain sentences. */
export function rulesExplain(console: Console, id: string, options: RulesOptions): ExitCode {
  const loaded = loadRuleSet(options)
  if (!loaded.ok) return printProblems(console, loaded.problems, options.json)
  const ruleSet = loaded.value
  const { policy, partnership } = ruleSet
  const asAt = options.asAt ?? console.today
  const found = rulesInForce(ruleSet, asAt).filter((rule) => rule.id === id)
  if (found.length === 0)
    return printProblems(console, [notInForce(ruleSet, id, asAt)], options.json)
  const local = localFacts(ruleSet, asAt)
  const explained = found.map((rule) => {
    const { file: _file, layer, ...content } = rule
    const words = ruleWords(policy, rule, local)
    const title = lookUp(policy.partnerships, layer)?.title
    const whose = title ? `Rule of ${title}` : 'National rule'
    return { whose, reference: referenceTo(policy, rule), rule: content, words }
  })
  console.out(
    options.json
      ? JSON.stringify({ partnership, asAt, rules: explained }, null, 2)
      : explained.map((one) => ruleText(console, one)).join('\n\n'),
  )
  return 0
}

/** Why a rule is not there: replaced, of another day, of another partnership, or misspelt. */
function notInForce(ruleSet: RuleSet, id: string, asAt: string): Problem {
  const { policy, rules, title } = ruleSet
  const message = `No rule "${id}" is in force on ${inWords(asAt)} (${title}).`
  const local = rulesInForce(ruleSet, asAt).find(({ replaces }) => replaces?.id === id)
  if (local) return { message, mend: `The rule "${local.id}" stands in its place there.` }
  const dates = rules.filter((rule) => rule.id === id).map((rule) => inForceWords(rule.in_force))
  if (dates.length > 0)
    return { message, mend: `Its dates: ${dates.join('; ')}. Ask with --as-at DATE.` }
  const elsewhere = policy.rules.find((rule) => rule.id === id)
  if (elsewhere)
    return {
      message,
      mend: `It is a rule of ${elsewhere.layer}: add --partnership ${elsewhere.layer}.`,
    }
  const known = rules.map((rule) => rule.id)
  return {
    message: `${message}${didYouMean(id, known)}`,
    mend: 'List them with: waymark rules list',
  }
}
