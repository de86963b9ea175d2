import type { Case } from '../domain/case.ts'
import { type Problem, type Result, refuse } from '../domain/problem.ts'
import type { Recommendation } from '../domain/recommendation.ts'
import { recommend } from '../recommend/recommend.ts'
import type { Evaluate } from '../rules/evaluate.ts'
import type { Policy } from '../rules/policy.ts'
import { composeRuleSet, type RuleSet } from '../rules/rule-set.ts'
import { withoutAnswer } from './read-referral.ts'

/** The rule sets that the service answers from, composed once, and how it answers. */
export type RuleBook = {
  readonly ruleSets: readonly RuleSet[]
  ruleSet(partnership: string): Result<RuleSet>
  /** Puts a rule set in the place of the one that its partnership had. */
  use(ruleSet: RuleSet): void
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
    get ruleSets() {
      return [...ruleSets.values()]
    },
    ruleSet,
    use: (set) => void ruleSets.set(set.partnership, set),
    today,
    recommend: async (given) => {
      const set = ruleSet(given.partnership)
      if (!set.ok) return set
      const result = await recommend(set.value, given, given.asAt ?? today(), politely(evaluate))
      if (result.ok) return result
      return refuse(...result.problems.map((problem) => withoutAnswer(problem, given)))
    },
  }
}

/** Lets the requests of others have their turn before each offence of a long referral. */
const politely =
  (evaluate: Evaluate): Evaluate =>
  async (rules, facts) => {
    await new Promise((turn) => setImmediate(turn))
    return evaluate(rules, facts)
  }

const messages = (problems: readonly Problem[]) => problems.map(({ message }) => message).join(' ')
