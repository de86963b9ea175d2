import { readdirSync, readFileSync } from 'node:fs'
import { caseSchema } from '../../src/domain/case.ts'
import { type Disposal, disposals } from '../../src/domain/lists.ts'
import type { OffenceResult, Recommendation } from '../../src/domain/recommendation.ts'
import { recommend } from '../../src/recommend/recommend.ts'
import type { Evaluate } from '../../src/rules/evaluate.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { composeRuleSet } from '../../src/rules/rule-set.ts'
import type { EffectKind, Rule } from '../../src/rules/schema.ts'
import { orThrow, readOwnYaml } from '../catalogue.ts'

/** The published cases of test/real-cases, run on the national rules. */

/** The day as at which cases before April 2013, or without a date, are run. */
export const counterfactualDay = '2026-11-22'

/** A published record, as far as the report shows it. */
export type PublishedRecord = {
  id: string
  source: { title: string; year: number | null; url: string; type: string }
  ageText: string | null
  offence: string | null
  circumstances: string | null
  outcomeText: string | null
  reviewer: string | null
  reviewerSaidShouldHave: string | null
}

/** One child of one record, turned into facts by hand; only what the source states. */
export type RealCase = {
  file: string
  record: string
  child: number
  as_at: string
  as_at_basis: string
  counterfactual: 'yes' | 'no'
  facts: Record<string, unknown>
  offences: Record<string, unknown>[]
  left_unknown: string[]
  really_happened: Disposal | null
  really_happened_note?: string
  really_happened_by_offence?: (Disposal | null)[]
  really_happened_one_of?: Disposal[]
  first_decision: Disposal | null
  reviewer: { verdict: string; of: string | null; lesser: Disposal[] }
}

/** Why a reviewer found a decision wrong, with the policy items that say the same. */
export type Reasons = {
  record: string
  verdict: string
  of: string
  reasons: { reason: string; quoted: string; place: string; means: string[] }[]
}

const folder = 'test/real-cases'

export const publishedRecords = (): PublishedRecord[] =>
  JSON.parse(readFileSync(`${folder}/records.json`, 'utf8')) as PublishedRecord[]

export const notRun = () => readOwnYaml<{ id: string; reason: string }[]>(`${folder}/not-run.yaml`)

export const reviewersReasons = () => readOwnYaml<Reasons[]>(`${folder}/reasons.yaml`)

export const realCases = (): RealCase[] =>
  readdirSync(`${folder}/cases`)
    .sort()
    .map((file) => ({ ...readOwnYaml<Omit<RealCase, 'file'>>(`${folder}/cases/${file}`), file }))

/** A case with what the rules say of it. */
export type RealRun = { real: RealCase; asAt: string; recommendation: Recommendation }

export async function runRealCases(policy: Policy, evaluate: Evaluate): Promise<RealRun[]> {
  const ruleSet = orThrow(composeRuleSet(policy, 'national'))
  const runs: RealRun[] = []
  for (const real of realCases()) {
    const asAt = real.counterfactual === 'yes' ? counterfactualDay : real.as_at
    const given = caseSchema.parse({ facts: real.facts, offences: real.offences })
    const recommendation = orThrow(await recommend(ruleSet, given, asAt, evaluate))
    runs.push({ real, asAt, recommendation })
  }
  return runs
}

/** What really happened to one offence, as far as the source says. */
export function happened({ real }: RealRun, offence: number): Disposal[] {
  const own = real.really_happened_by_offence?.[offence - 1]
  if (real.really_happened_by_offence) return own ? [own] : []
  return real.really_happened_one_of ?? (real.really_happened ? [real.really_happened] : [])
}

/** The standing of a disposal, the met rules that rule it out, and those it waits for. */
export function standingOf(result: OffenceResult, disposal: Disposal) {
  const option = result.options.find((one) => one.disposal === disposal)
  return {
    standing: option?.standing ?? ('not-in-force' as const),
    rules: (option?.because ?? []).filter(({ verdict }) => verdict === 'met'),
    waits: (option?.because ?? []).filter(({ verdict }) => verdict === 'need-to-know'),
  }
}

/**
 * The policy items that a recommendation raises: those of rules that are met, and those of rules
 * that wait for a fact and would then decide the status, an option or a starting point. A prompt
 * that might come up raises nothing.
 */
export function raised(policy: Policy, { recommendation }: RealRun) {
  const items = new Map<string, 'met' | 'need-to-know'>()
  const rules = new Map(policy.rules.map((rule) => [`${rule.layer} ${rule.id}`, rule]))
  for (const { rule: said, verdict } of recommendation.findings) {
    const rule = rules.get(`${said.layer} ${said.id}`)
    if (!rule || (verdict !== 'met' && verdict !== 'need-to-know')) continue
    if (verdict === 'need-to-know' && !decides(rule)) continue
    for (const item of rule.covers)
      if (verdict === 'met' || !items.has(item)) items.set(item, verdict)
  }
  return items
}

const decides = (rule: Rule): boolean =>
  rule.then.some((effect) => deciding.some((kind) => kind in effect))
const deciding: readonly EffectKind[] = ['exclude', 'hold', 'rule-out', 'start-at']

/**
 * The answers between doing nothing and a charge that are open, or that wait for something. No
 * rule ever closes no further action or another agency's, so they show nothing.
 */
export function lesserOptions(result: OffenceResult) {
  const between = [disposals.indexOf('other-agency-action'), disposals.indexOf('charge')] as const
  const lesser = result.options.filter(
    ({ disposal }) =>
      disposals.indexOf(disposal) > between[0] && disposals.indexOf(disposal) < between[1],
  )
  return {
    open: lesser.filter(({ standing }) => standing === 'open').map(({ disposal }) => disposal),
    waiting: lesser
      .filter(({ standing }) => standing === 'cannot-tell')
      .map(({ disposal }) => disposal),
  }
}
