import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { done } from '../casework/casework.ts'
import { isPlainDate } from '../domain/plain-date.ts'
import { didYouMean } from '../domain/problem.ts'
import { problem } from '../http/problem.ts'
import { referenceTo } from '../rules/citation.ts'
import { compareDays } from '../rules/compare-days.ts'
import { type RuleSet, rulesInForce } from '../rules/rule-set.ts'
import { type Call, reads } from './call.ts'
import { problemAnswer } from './problem-answers.ts'
import type { RuleBook } from './rule-book.ts'
import { oneRule, ruleSetComparison, ruleSetOfDay, ruleSets } from './rule-shapes.ts'

const tag = 'Rules'
const one = '/v1/rule-sets/{partnership}'
const also = {
  404: problemAnswer('No such partnership or rule'),
  422: problemAnswer('A day is no date or stands twice, or something else was asked for'),
}
const asAtQuery = z.strictObject({
  asAt: z
    .string()
    .optional()
    .describe('The day whose rules are meant (YYYY-MM-DD); today when left out'),
})
const comparisonQuery = z.strictObject({
  from: z.string().describe('The earlier day (YYYY-MM-DD)'),
  to: z.string().describe('The later day (YYYY-MM-DD)'),
})

/** The rule sets, as a policy lead or another system reads them. */
export const ruleSetCalls = (book: RuleBook): Call[] => [
  reads({
    path: '/v1/rule-sets',
    summary: 'Which rule sets are there?',
    tag,
    answers: 'The rule sets',
    schema: ruleSets,
    answer: () => done({ ruleSets: book.ruleSets.map(inShort) }),
  }),
  reads({
    path: one,
    summary: 'Which rules are in force for a partnership on a day?',
    tag,
    answers: 'The rules in force',
    schema: ruleSetOfDay,
    query: asAtQuery,
    also,
    answer: ({ c, at, query }) => {
      const set = onDay(c, book, at.partnership, query.asAt)
      if (set instanceof Response) return set
      const rules = set.rules.map((rule) => {
        const { id, title, layer, authority, checkBeforeUse } = referenceTo(set.policy, rule)
        return { id, title, layer, authority, in_force: rule.in_force, checkBeforeUse }
      })
      return done({ ...inShort(set.set), asAt: set.asAt, rules })
    },
  }),
  reads({
    path: `${one}/comparison`,
    summary: 'Which rules begin, end or change between two days?',
    tag,
    answers: 'The rules that differ',
    schema: ruleSetComparison,
    query: comparisonQuery,
    also,
    answer: ({ c, at, query: { from, to } }) => {
      const found = book.ruleSet(at.partnership)
      if (!found.ok) return problem(c, 'not-found', messageOf(found.problems))
      if (!isPlainDate(from) || !isPlainDate(to))
        return problem(c, 'cannot-be-used', 'from and to are dates, YYYY-MM-DD.')
      const differing = compareDays(found.value, from, to)
      return done({ ...inShort(found.value), from, to, ...differing })
    },
  }),
  reads({
    path: `${one}/rules/{area}/{name}`,
    summary: 'One rule with its source, tests and examples',
    tag,
    answers: 'The rule',
    schema: oneRule,
    query: asAtQuery,
    also,
    answer: ({ c, at, query }) => {
      const set = onDay(c, book, at.partnership, query.asAt)
      if (set instanceof Response) return set
      const id = `${at.area}/${at.name}`
      const rule = set.rules.find((one) => one.id === id)
      if (!rule) return noRule(c, id, set)
      const { layer, file: _file, ...content } = rule
      return done({ reference: referenceTo(set.policy, rule), rule: content, layer })
    },
  }),
]

const inShort = ({ partnership, title, digest, rules }: RuleSet) => ({
  partnership,
  title,
  digest,
  rules: rules.length,
})

type OfDay = { set: RuleSet; policy: RuleSet['policy']; asAt: string; rules: RuleSet['rules'] }

/** The rules of a partnership on a day, or the answer that says why there are none. */
function onDay(
  c: Context,
  book: RuleBook,
  partnership: string,
  asAt = book.today(),
): OfDay | Response {
  const found = book.ruleSet(partnership)
  if (!found.ok) return problem(c, 'not-found', messageOf(found.problems))
  if (!isPlainDate(asAt)) return problem(c, 'cannot-be-used', 'asAt is a date, YYYY-MM-DD.')
  const set = found.value
  return { set, policy: set.policy, asAt, rules: rulesInForce(set, asAt) }
}

function noRule(c: Context, id: string, { rules, asAt }: OfDay) {
  const known = rules.map((one) => one.id)
  return problem(c, 'not-found', `No rule "${id}" is in force on ${asAt}.${didYouMean(id, known)}`)
}

const messageOf = (problems: readonly { message: string }[]) =>
  problems.map(({ message }) => message).join(' ')
