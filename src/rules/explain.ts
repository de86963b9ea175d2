import { type Answer, fixedAnswersOf, isPeriod, lookUp } from '../domain/fact.ts'
import type { FindingVerdict } from '../domain/lists.ts'
import { inWords, isPlainDate } from '../domain/plain-date.ts'
import type { RuleResult, Trace } from './evaluate.ts'
import type { Policy } from './policy.ts'
import type { Leaf } from './schema.ts'

/** Plain sentences for what a rule said and why, fired or not. A pure function of its result. */
export function explain(policy: Policy, { rule, verdict, appliesTo, when }: RuleResult): string[] {
  return [
    opening[verdict],
    ...(appliesTo ? ['Whether the rule is about this case:', ...lines(policy, appliesTo, 1)] : []),
    ...(verdict === 'does-not-apply'
      ? []
      : [appliesTo ? 'What it then asks:' : 'What it asks:', ...lines(policy, when, 1)]),
    ...(verdict === 'met' ? [`Why it matters: ${rule.because.trim().replace(/\s+/g, ' ')}`] : []),
  ]
}

const opening: Record<FindingVerdict, string> = {
  met: 'This rule is met.',
  'not-met': 'This rule is not met.',
  'need-to-know': 'This rule cannot be told yet: something is not known.',
  'does-not-apply': 'This rule is not about this case.',
}

const answered = { yes: 'Yes.', no: 'No.', 'need-to-know': 'Not known.' }

function lines(policy: Policy, trace: Trace, depth: number): string[] {
  const indent = '  '.repeat(depth)
  if (trace.kind === 'leaf') return [`${indent}${leafSentence(policy, trace)}`]
  const inner = trace.tests.flatMap((one) => lines(policy, one, depth + 1))
  if (trace.kind !== 'not' && trace.tests.length === 1)
    return trace.tests.flatMap((one) => lines(policy, one, depth))
  const heading = {
    all: 'All of these:',
    any: 'At least one of these:',
    not: 'The opposite of this:',
  }[trace.kind]
  return [`${indent}${heading} ${answered[trace.verdict]}`, ...inner]
}

/** `The child's age on the day of the offence: 9. The rule asks for less than 10. Yes.` */
function leafSentence(policy: Policy, trace: Extract<Trace, { kind: 'leaf' }>): string {
  const { leaf, given, comparedWith, verdict } = trace
  const said = given === undefined ? 'not known yet' : answerInWords(given)
  const { name, asks } = wordsOf(policy, leaf)
  const wanted = comparedWith === undefined ? asks : askedFor(policy, leaf, comparedWith)
  return `${name}: ${said}. The rule asks for ${wanted}. ${answered[verdict]}`
}

/** The words of a test that do not depend on the case, found once. */
function wordsOf(policy: Policy, leaf: Leaf): { name: string; asks: string } {
  const known = leafWords.get(policy)?.get(leaf)
  if (known) return known
  const words = {
    name: capital(lookUp(policy.facts, leaf.fact)?.name ?? leaf.fact),
    asks: askedFor(policy, leaf),
  }
  const ofPolicy = leafWords.get(policy) ?? new WeakMap()
  leafWords.set(policy, ofPolicy.set(leaf, words))
  return words
}

const leafWords = new WeakMap<Policy, WeakMap<Leaf, { name: string; asks: string }>>()

/** What a test asks for: `less than 10`, `one of: denied, no comment`. */
export function askedFor(policy: Policy, leaf: Leaf, comparedWith?: Answer): string {
  const { value } = leaf
  const wanted =
    typeof value === 'object' && 'fact' in value
      ? comparedWith === undefined
        ? `${lookUp(policy.facts, value.fact)?.name ?? value.fact}, which is not set`
        : `${answerInWords(comparedWith)} (${lookUp(policy.facts, value.fact)?.name ?? value.fact})`
      : Array.isArray(value)
        ? value.map((one) => answerInWords(one)).join(', ')
        : answerInWords(value)
  const fact = lookUp(policy.facts, leaf.fact)
  const dated = fact?.answers === 'date'
  const yesNo = fact && fixedAnswersOf(fact.answers)?.length === 2
  switch (leaf.operator) {
    case 'equal':
      return wanted
    case 'notEqual':
      return yesNo ? `anything but ${wanted}` : `something other than ${wanted}`
    case 'in':
      return `one of: ${wanted}`
    case 'notIn':
      return `none of: ${wanted}`
    case 'lessThan':
      return dated ? `a day before ${wanted}` : `less than ${wanted}`
    case 'lessThanInclusive':
      return dated ? `${wanted} or earlier` : `${wanted} or less`
    case 'greaterThan':
      return dated ? `a day after ${wanted}` : `more than ${wanted}`
    case 'greaterThanInclusive':
      return dated ? `${wanted} or later` : `${wanted} or more`
    case 'contains':
      return `a list with ${wanted}`
    case 'doesNotContain':
      return `a list without ${wanted}`
  }
}

/** An answer as people say it: `no comment`, `12 February 2026`, `28 days`. */
export function answerInWords(answer: Answer): string {
  if (typeof answer === 'number') return String(answer)
  if (typeof answer === 'string')
    return isPlainDate(answer)
      ? inWords(answer)
      : /^[a-z0-9]+(-[a-z0-9]+)+$/.test(answer)
        ? answer.replace(/-/g, ' ')
        : answer
  if (isPeriod(answer)) return periodInWords(answer as { n: number; unit: string })
  const list = answer as readonly string[]
  return list.length === 0 ? 'none' : list.map((one) => answerInWords(one)).join(', ')
}

/** `{ n: 10, unit: working-day }` as `10 working days`. */
export const periodInWords = ({ n, unit }: { n: number; unit: string }): string =>
  `${n} ${unit.replace('-', ' ')}${n === 1 ? '' : 's'}`

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
