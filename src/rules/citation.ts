import { lookUp } from '../domain/fact.ts'
import { type Confirmation, confirmations } from '../domain/lists.ts'
import type { RuleReference } from '../domain/recommendation.ts'
import type { Policy } from './policy.ts'
import type { Citation, Rule } from './schema.ts'

/** How well one cited place was confirmed: its own mark, else that of its source. */
export function confirmationOfCitation(policy: Policy, citation: Citation): Confirmation {
  return citation.confirmed ?? lookUp(policy.sources, citation.ref)?.confirmed ?? 'recalled'
}

/** How well a rule was confirmed: as well as the weakest place that it rests on. */
export function confirmationOf(policy: Policy, rule: Pick<Rule, 'source'>): Confirmation {
  const worst = Math.max(
    ...rule.source.map((one) => confirmations.indexOf(confirmationOfCitation(policy, one))),
  )
  return confirmations[worst] ?? 'recalled'
}

/** What stands beside everything that a rule says: its words, its source, what is not confirmed. */
export function referenceTo(policy: Policy, rule: Rule): RuleReference {
  const known = references.get(policy)?.get(rule)
  if (known) return known
  const reference: RuleReference = {
    id: rule.id,
    title: rule.title,
    because: rule.because,
    authority: rule.authority,
    layer: rule.layer,
    source: rule.source.map((citation) => cite(policy, citation)),
    checkBeforeUse: confirmationOf(policy, rule) !== 'read',
    doubts: rule.doubts ?? [],
  }
  const ofPolicy = references.get(policy) ?? new WeakMap()
  references.set(policy, ofPolicy.set(rule, reference))
  return reference
}

// A policy never changes once it is read, so neither does what stands beside its rules.
const references = new WeakMap<Policy, WeakMap<Rule, RuleReference>>()

/** A citation with its source's title and how well the place was confirmed. */
export const cite = (policy: Policy, citation: Citation): RuleReference['source'][number] => ({
  ref: citation.ref,
  title: lookUp(policy.sources, citation.ref)?.title ?? citation.ref,
  at: citation.at,
  confirmed: confirmationOfCitation(policy, citation),
})
