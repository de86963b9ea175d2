import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readReferral } from '../../src/recommend/referral.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import { type Evaluate, evaluateByReference, type RuleResult } from '../../src/rules/evaluate.ts'
import { rulesInForce } from '../../src/rules/rule-set.ts'
import { exampleFacts } from '../../src/rules/run-examples.ts'
import type { Operator, Rule } from '../../src/rules/schema.ts'
import { amount } from '../support/amount.ts'
import { realPolicy, ruleSetOf } from '../support/real-rules.ts'
import { referrals } from '../support/referrals.ts'

const policy = realPolicy()
const seed = 20261122

/** Everything that a result says, leaf for leaf. */
const said = (results: readonly RuleResult[]) =>
  results.map(({ rule, verdict, appliesTo, when, doneWhen }) => ({
    id: rule.id,
    verdict,
    appliesTo,
    when,
    doneWhen: [...doneWhen],
  }))

describe('the compiled rules', () => {
  it('say of every generated referral, leaf for leaf, what json-rules-engine says', async () => {
    await fc.assert(
      fc.asyncProperty(referrals(policy), async ({ given, asAt }) => {
        const ruleSet = ruleSetOf(policy, given.partnership)
        const referral = readReferral(ruleSet, given, asAt)
        if (!referral.ok) return
        const rules = rulesInForce(ruleSet, asAt)
        for (const { facts } of referral.value.matters)
          expect(said(await evaluateCompiled(rules, facts))).toEqual(
            said(await evaluateByReference(rules, facts)),
          )
      }),
      { numRuns: amount(20, 150), seed },
    )
  })

  it('say of every example of every rule what json-rules-engine says', async () => {
    for (const rule of policy.rules)
      for (const example of rule.examples) {
        const { facts } = exampleFacts(policy, rule, example)
        expect(said(await evaluateCompiled([rule], facts)), rule.id).toEqual(
          said(await evaluateByReference([rule], facts)),
        )
      }
  })

  it('would be caught by this comparison if one operator meant something else', async () => {
    const broken: Evaluate = async (rules, facts) =>
      evaluateCompiled(
        rules.map((rule) => swap(rule, 'lessThan', 'lessThanInclusive')),
        facts,
      )
    const rule = policy.rules.find(({ id }) => id === 'exclusions/under-ten') as Rule
    const facts = { 'child.age_at_offence': 10, 'parameter.child_from': 10 }
    const [honest] = await evaluateByReference([rule], facts)
    const [other] = await broken([rule], facts)
    expect(other?.verdict).not.toBe(honest?.verdict)
  })
})

function swap(rule: Rule, from: Operator, to: Operator): Rule {
  return JSON.parse(JSON.stringify(rule).replaceAll(`"${from}"`, `"${to}"`)) as Rule
}
