import { digestOf, type RuleSet, rulesInForce } from './rule-set.ts'
import type { Rule } from './schema.ts'

type Named = { id: string; title: string }
/** Rules that begin, rules that end, and rules that stand on both sides and say something else. */
export type RuleChanges = { begins: Named[]; ends: Named[]; changes: Named[] }

/**
 * What changes between two days in the rules that are in force.
 * @param from a plain date, as is `to`; the first need not be the earlier
 */
export const compareDays = (ruleSet: RuleSet, from: string, to: string): RuleChanges =>
  compare(rulesInForce(ruleSet, from), rulesInForce(ruleSet, to), saysWithoutDays)

/** What differs between the rules of two versions; the days on which a rule says it count too. */
export const compareRules = (before: readonly Rule[], after: readonly Rule[]): RuleChanges =>
  compare(before, after, says)

function compare(
  rulesBefore: readonly Rule[],
  rulesAfter: readonly Rule[],
  meaning: (rule: Rule | undefined) => string,
): RuleChanges {
  const before = byId(rulesBefore)
  const after = byId(rulesAfter)
  const both = [...after.keys()].filter((id) => before.has(id))
  return {
    begins: [...after.values()].filter(({ id }) => !before.has(id)).map(named),
    ends: [...before.values()].filter(({ id }) => !after.has(id)).map(named),
    changes: both
      .filter((id) => meaning(before.get(id)) !== meaning(after.get(id)))
      .flatMap((id) => [after.get(id)].filter((one) => one !== undefined))
      .map(named),
  }
}

const byId = (rules: readonly Rule[]) => new Map(rules.map((rule) => [rule.id, rule]))
const named = ({ id, title }: Rule): Named => ({ id, title })

/** What a rule says, without its examples and its file. */
function says(rule: Rule | undefined): string {
  if (!rule) return ''
  const { examples: _examples, file: _file, ...meaning } = rule
  return digestOf(meaning)
}

/** What a rule says, without the days on which it says it. */
function saysWithoutDays(rule: Rule | undefined): string {
  if (!rule) return ''
  const { examples: _examples, file: _file, in_force: _days, ...meaning } = rule
  return digestOf(meaning)
}
