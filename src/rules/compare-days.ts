import { digestOf, type RuleSet, rulesInForce } from './rule-set.ts'
import type { Rule } from './schema.ts'

type Named = { id: string; title: string }

/**
 * What changes between two days in the rules that are in force: those that begin, those that end,
 * and those that stand on both days and say something else.
 * @param from a plain date, as is `to`; the first need not be the earlier
 */
export function compareDays(
  ruleSet: RuleSet,
  from: string,
  to: string,
): { begins: Named[]; ends: Named[]; changes: Named[] } {
  const before = byId(rulesInForce(ruleSet, from))
  const after = byId(rulesInForce(ruleSet, to))
  const both = [...after.keys()].filter((id) => before.has(id))
  return {
    begins: [...after.values()].filter(({ id }) => !before.has(id)).map(named),
    ends: [...before.values()].filter(({ id }) => !after.has(id)).map(named),
    changes: both
      .filter((id) => says(before.get(id)) !== says(after.get(id)))
      .flatMap((id) => [after.get(id)].filter((one) => one !== undefined))
      .map(named),
  }
}

const byId = (rules: readonly Rule[]) => new Map(rules.map((rule) => [rule.id, rule]))
const named = ({ id, title }: Rule): Named => ({ id, title })

/** What a rule says, without the days on which it says it, its examples and its file. */
function says(rule: Rule | undefined): string {
  if (!rule) return ''
  const { examples: _examples, file: _file, in_force: _days, ...meaning } = rule
  return digestOf(meaning)
}
