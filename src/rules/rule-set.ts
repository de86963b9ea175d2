import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Answer, Facts } from '../domain/fact.ts'
import { didYouMean, fine, type Result, refuse } from '../domain/problem.ts'
import type { DatedValue } from './catalogue.ts'
import type { Policy } from './policy.ts'
import { covers, firstDay, type Rule } from './schema.ts'

/** The rules of one partnership for all dates: the national layer and its own, with a digest. */
export type RuleSet = {
  /** `national` for the national rules alone. */
  partnership: string
  title: string
  /** `sha256-…` over the canonical content (RFC 8785), so that any old case can be explained. */
  digest: string
  policy: Policy
  rules: readonly Rule[]
}

/** Composes the rule set of a partnership. */
export function composeRuleSet(policy: Policy, partnership: string): Result<RuleSet> {
  const definition = Object.hasOwn(policy.partnerships, partnership)
    ? policy.partnerships[partnership]
    : undefined
  const known = ['national', ...Object.keys(policy.partnerships).sort()]
  if (!definition && partnership !== 'national')
    return refuse({
      message: `I don't know the partnership "${partnership}".${didYouMean(partnership, known)}`,
      mend: `Partnerships here are: ${known.join(', ')}.`,
      pointer: '/partnership',
    })
  const rules = policy.rules
    .filter(({ layer }) => layer === 'national' || layer === partnership)
    .sort(byIdentity)
  return fine({
    partnership,
    title: definition?.title ?? 'National rules alone',
    digest: digestOf(contentOf({ partnership, policy, rules })),
    policy,
    rules,
  })
}

/** What a rule set says, without examples and file names: all that its digest is made over. */
export function contentOf({
  partnership,
  policy,
  rules,
}: Pick<RuleSet, 'partnership' | 'policy' | 'rules'>) {
  const { facts, sources, disposals, parameters, bankHolidays } = policy
  return {
    partnership: policy.partnerships[partnership] ?? ('national' as const),
    rules: rules.map(({ examples: _examples, file: _file, ...meaning }) => meaning),
    facts,
    sources,
    disposals,
    parameters,
    offences: Object.fromEntries(policy.offences),
    bankHolidays: { ...bankHolidays, dates: [...bankHolidays.dates].sort() },
  }
}

/** A digest that depends on what a value says, not on how it was written down. */
export function digestOf(content: unknown): string {
  const canonical = canonicalize(JSON.parse(JSON.stringify(content))) ?? ''
  return `sha256-${createHash('sha256').update(canonical).digest('hex')}`
}

/** In order of id, the national layer before a partnership's, earlier dates before later. */
function byIdentity(a: Rule, b: Rule): number {
  const key = (rule: Rule) =>
    `${rule.id} ${rule.layer === 'national' ? 0 : 1} ${firstDay(rule.in_force)} ${rule.file}`
  return key(a) < key(b) ? -1 : 1
}

/**
 * The rules in force on a day. A partnership's rule that replaces a national one stands in its
 * place while it is in force itself; when it ends, the national rule returns.
 */
export function rulesInForce(ruleSet: RuleSet, asAt: string): readonly Rule[] {
  const inForce = ruleSet.rules.filter((rule) => covers(rule.in_force, asAt))
  const replaced = new Set(inForce.flatMap((rule) => (rule.replaces ? [rule.replaces.id] : [])))
  return inForce.filter((rule) => rule.layer !== 'national' || !replaced.has(rule.id))
}

/** Parameters and provisions as facts on a day: the partnership's own value, else the national one. */
export function localFacts(
  { policy, partnership }: Pick<RuleSet, 'policy' | 'partnership'>,
  asAt: string,
): Facts {
  const own = policy.partnerships[partnership]
  const facts: Record<string, Answer> = {}
  const set = (id: string, values: readonly DatedValue[]) => {
    const current = values.find((value) => covers(value, asAt))
    if (current) facts[id] = current.value
  }
  for (const [id, parameter] of Object.entries(policy.parameters)) set(id, parameter.values)
  for (const [id, values] of Object.entries(own?.parameters ?? {})) set(id, values)
  for (const [id, values] of Object.entries(own?.provisions ?? {})) set(id, values)
  return facts
}
