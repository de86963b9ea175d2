import { createHash } from 'node:crypto'
import { fine, type Result } from '../domain/problem.ts'
import type { Finding, Recommendation } from '../domain/recommendation.ts'
import type { Actor } from '../domain/roles.ts'
import { recommend } from '../recommend/recommend.ts'
import { keepRuleSet } from '../rules/kept-rule-set.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { asInUse } from './answers/in-use.ts'
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
 * Runs the rules of today on the answers that stand, as far as these rules know them. Where the answers, the day and the rules are
 * those of the latest recommendation, that one still holds: running again would give the same bytes.
 */
export async function runRules(deps: Deps, input: Input): Promise<Result<Run>> {
  const { row, latest, by, at } = input
  const set = deps.ruleSet(row.partnership)
  if (!set.ok) return set
  const asAt = deps.today()
  const ruleSet = set.value
  // A referral that is being opened has nothing in it that is older than the rules.
  const answers = latest ? asInUse(ruleSet.policy, input.answers, at) : input.answers
  const given = assemble(row.partnership, row.offences, input.victims, answers)
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
    grounds: groundsOf(made.value),
    digest: digestOfRecommendation(made.value),
    given,
  }
  return fine({ entry, fresh: true, ruleSet })
}

/**
 * What each rule that asks for something, or holds something, looked at. How far the process has
 * come is left out: the decision that a departure is made for must not undo it.
 */
function groundsOf({ findings, requirements, holds }: Recommendation): Record<string, string> {
  const asking = new Set([...requirements, ...holds].map(({ rule }) => rule.id))
  const looked = new Map<string, string[]>()
  for (const { rule, offences, victims, tests } of findings)
    if (asking.has(rule.id)) {
      const seen = JSON.stringify([offences, victims, tests.flatMap(answersIn)])
      looked.set(rule.id, [...(looked.get(rule.id) ?? []), seen])
    }
  return Object.fromEntries(
    [...looked].map(([id, seen]) => [id, sha256(seen.sort().join('\n')).slice(0, 16)]),
  )
}

const answersIn = (test: Finding['tests'][number]): unknown[] =>
  test.kind !== 'leaf'
    ? test.tests.flatMap(answersIn)
    : /^(decision|process)\./.test(test.fact)
      ? []
      : [[test.fact, test.given ?? null]]

/** What proves that a recommendation made again, years later, is the one that was given. */
export const digestOfRecommendation = (recommendation: Recommendation): string =>
  `sha256-${sha256(JSON.stringify(recommendation))}`

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

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
