import type { Case } from '../domain/case.ts'
import type { Problem, Result } from '../domain/problem.ts'
import type { Recommendation } from '../domain/recommendation.ts'
import { recommend } from '../recommend/recommend.ts'
import type { Evaluate } from '../rules/evaluate.ts'
import type { Policy } from '../rules/policy.ts'
import { composeRuleSet, type RuleSet } from '../rules/rule-set.ts'

/** The rule sets that the service answers from, composed once, and how it answers. */
export type RuleBook = {
  ruleSets: readonly RuleSet[]
  ruleSet(partnership: string): Result<RuleSet>
  recommend(given: Case): Promise<Result<Recommendation>>
  today(): string
}

/**
 * @param today reads the day in Europe/London when a request names none
 * @throws when a partnership of the policy cannot be composed, which a checked policy never does
 */
export function ruleBook(policy: Policy, evaluate: Evaluate, today: () => string): RuleBook {
  const ids = ['national', ...Object.keys(policy.partnerships).sort()]
  const ruleSets = new Map(
    ids.map((id) => {
      const composed = composeRuleSet(policy, id)
      if (!composed.ok) throw new Error(messages(composed.problems))
      return [id, composed.value]
    }),
  )
  const ruleSet = (partnership: string): Result<RuleSet> => {
    const known = ruleSets.get(partnership)
    return known ? { ok: true, value: known } : composeRuleSet(policy, partnership)
  }
  return {
    ruleSets: [...ruleSets.values()],
    ruleSet,
    today,
    recommend: async (given) => {
      const set = ruleSet(given.partnership)
      return set.ok ? recommend(set.value, given, given.asAt ?? today(), evaluate) : set
    },
  }
}

const messages = (problems: readonly Problem[]) => problems.map(({ message }) => message).join(' ')
