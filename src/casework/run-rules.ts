import { createHash } from 'node:crypto'
import { fine, type Result } from '../domain/problem.ts'
import type { Recommendation } from '../domain/recommendation.ts'
import type { Actor } from '../domain/roles.ts'
import { recommend } from '../recommend/recommend.ts'
import { keepRuleSet } from '../rules/kept-rule-set.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { assemble } from './assemble.ts'
import type { Deps } from './casework.ts'
import type { AnswerEntry, CaseRow, RecommendationEntry, VictimRow } from './ports.ts'

type Input = {
  row: Pick<CaseRow, 'partnership' | 'offences'>
  victims: readonly VictimRow[]
  answers: readonly AnswerEntry[]
  /** The latest recommendation, if any. */
  latest: RecommendationEntry | null
  by: Actor
  at: string
}

/** The recommendation that holds now, and whether it had to be made. */
export type Run = { entry: RecommendationEntry; fresh: boolean; ruleSet: RuleSet }

/**
 * Runs the rules of today on the answers that stand. Where the answers, the day and the rules are
 * those of the latest recommendation, that one still holds: running again would give the same bytes.
 */
export async function runRules(deps: Deps, input: Input): Promise<Result<Run>> {
  const { row, latest, by, at } = input
  const set = deps.ruleSet(row.partnership)
  if (!set.ok) return set
  const given = assemble(row.partnership, row.offences, input.victims, input.answers)
  const asAt = deps.today()
  const ruleSet = set.value
  if (
    latest?.asAt === asAt &&
    latest.ruleSet === ruleSet.digest &&
    JSON.stringify(latest.given) === JSON.stringify(given)
  )
    return fine({ entry: latest, fresh: false, ruleSet })
  const made = await recommend(ruleSet, given, asAt, deps.evaluate)
  if (!made.ok) return made
  const { findings: _findings, ...summary } = made.value
  const entry: RecommendationEntry = {
    id: deps.newId(),
    by,
    at,
    asAt,
    ruleSet: ruleSet.digest,
    status: made.value.status,
    summary,
    digest: digestOfRecommendation(made.value),
    given,
  }
  return fine({ entry, fresh: true, ruleSet })
}

/** What proves that a recommendation made again, years later, is the one that was given. */
export const digestOfRecommendation = (recommendation: Recommendation): string =>
  `sha256-${createHash('sha256').update(JSON.stringify(recommendation)).digest('hex')}`

/** What each store is known to hold already, so that a large text is written out once only. */
const kept = new WeakMap<Deps['store'], Set<string>>()

/** Keeps the rule set by its digest, so that what was made with it can always be explained. */
export async function keepRules({ store }: Deps, ruleSet: RuleSet, at: string): Promise<void> {
  const { digest, partnership } = ruleSet
  const known = kept.get(store) ?? new Set()
  if (known.has(digest)) return
  await store.keepRuleSet({ digest, partnership, content: keepRuleSet(ruleSet), at })
  kept.set(store, known.add(digest))
}
