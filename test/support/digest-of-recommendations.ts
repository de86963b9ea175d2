import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { recommend } from '../../src/recommend/recommend.ts'
import { evaluateByReference } from '../../src/rules/evaluate.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { seed } from './always.ts'
import { realPolicy, ruleSetOf } from './real-rules.ts'
import { type Drawn, referrals } from './referrals.ts'

/** One digest over the recommendations for some referrals, the same ones every time. */
export async function digestOfRecommendations(
  policy: Policy,
  some: readonly Drawn[],
): Promise<string> {
  const hash = createHash('sha256')
  for (const { given, asAt } of some) {
    const ruleSet = ruleSetOf(policy, given.partnership)
    hash.update(JSON.stringify(await recommend(ruleSet, given, asAt, evaluateByReference)))
  }
  return hash.digest('hex')
}

export const someReferrals = (policy: Policy): Drawn[] =>
  fc.sample(referrals(policy), { seed, numRuns: 10 })

// Run by itself, it tells the digest, and under which settings it was made.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const policy = realPolicy()
  const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const digest = await digestOfRecommendations(policy, someReferrals(policy))
  console.log(JSON.stringify({ digest, locale, timeZone }))
}
