import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { authorities } from '../domain/lists.ts'
import { isPlainDate } from '../domain/plain-date.ts'
import { didYouMean } from '../domain/problem.ts'
import { ruleReferenceSchema } from '../domain/recommendation.ts'
import { shapeProblems } from '../domain/shape-problems.ts'
import { referenceTo } from '../rules/citation.ts'
import { compareDays } from '../rules/compare-days.ts'
import { type RuleSet, rulesInForce } from '../rules/rule-set.ts'
import { inForceSchema, ruleSchema } from '../rules/schema.ts'
import { shared } from './describe-shared.ts'
import { problem } from './problem.ts'
import { problemAnswer } from './problem-answers.ts'
import type { RuleBook } from './rule-book.ts'

const summarySchema = z.object({
  partnership: z.string(),
  title: z.string(),
  digest: z.string(),
  rules: z.int(),
})
const setSchema = summarySchema.extend({
  asAt: z.string(),
  rules: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      layer: z.string(),
      authority: z.enum(authorities),
      in_force: inForceSchema,
      checkBeforeUse: z.boolean(),
    }),
  ),
})
/** A rule as OpenAPI describes it; its tests are json-rules-engine conditions of any depth. */
const describedRule = ruleSchema.extend({
  applies_to: z.record(z.string(), z.unknown()).optional(),
  when: z.record(z.string(), z.unknown()),
  then: z.array(z.record(z.string(), z.unknown())),
})
const comparisonQuery = z.strictObject({
  from: z.string().openapi({ description: 'The earlier day (YYYY-MM-DD)' }),
  to: z.string().openapi({ description: 'The later day (YYYY-MM-DD)' }),
})
const named = z.array(z.object({ id: z.string(), title: z.string() }))
const comparisonSchema = summarySchema.extend({
  from: z.string(),
  to: z.string(),
  begins: named,
  ends: named,
  changes: named,
})
const oneRuleSchema = z.object({
  reference: ruleReferenceSchema,
  rule: describedRule,
  layer: z.string(),
})

const refused = {
  404: problemAnswer('No such partnership or rule'),
  422: problemAnswer('A day is no date or stands twice, or something else was asked for'),
}
const open = shared('get', '/v1/rule-sets')
const asAtQuery = z.strictObject({
  asAt: z
    .string()
    .optional()
    .openapi({ description: 'The day whose rules are meant (YYYY-MM-DD); today when left out' }),
})
const answer = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** The rule sets, as a policy lead or another system reads them. */
export function ruleSets(book: RuleBook): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) =>
      result.success
        ? undefined
        : problem(
            c,
            'cannot-be-used',
            'The query cannot be read.',
            shapeProblems(result.error, c.req.query()),
          ),
  })
  const summary = ({ partnership, title, digest, rules }: RuleSet) => ({
    partnership,
    title,
    digest,
    rules: rules.length,
  })
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/rule-sets',
      summary: 'Which rule sets are there?',
      tags: ['Rules'],
      security: open.security,
      responses: {
        200: answer(z.object({ ruleSets: z.array(summarySchema) }), 'The rule sets'),
        ...open.responses,
      },
    }),
    (c) => c.json({ ruleSets: book.ruleSets.map(summary) }, 200),
  )

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/rule-sets/{partnership}',
      summary: 'Which rules are in force for a partnership on a day?',
      tags: ['Rules'],
      security: open.security,
      request: { params: z.object({ partnership: z.string() }), query: asAtQuery },
      responses: { 200: answer(setSchema, 'The rules in force'), ...refused, ...open.responses },
    }),
    (c) => {
      const found = book.ruleSet(c.req.param('partnership'))
      if (!found.ok) return problem(c, 'not-found', messageOf(found.problems))
      const asAt = c.req.query('asAt') ?? book.today()
      if (!isPlainDate(asAt)) return problem(c, 'cannot-be-used', 'asAt is a date, YYYY-MM-DD.')
      const rules = rulesInForce(found.value, asAt).map((rule) => {
        const { id, title, layer, authority, checkBeforeUse } = referenceTo(
          found.value.policy,
          rule,
        )
        return { id, title, layer, authority, in_force: rule.in_force, checkBeforeUse }
      })
      return c.json({ ...summary(found.value), asAt, rules }, 200)
    },
  )

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/rule-sets/{partnership}/comparison',
      summary: 'Which rules begin, end or change between two days?',
      tags: ['Rules'],
      security: open.security,
      request: { params: z.object({ partnership: z.string() }), query: comparisonQuery },
      responses: {
        200: answer(comparisonSchema, 'The rules that differ'),
        ...refused,
        ...open.responses,
      },
    }),
    (c) => {
      const found = book.ruleSet(c.req.param('partnership'))
      if (!found.ok) return problem(c, 'not-found', messageOf(found.problems))
      const from = c.req.query('from') ?? ''
      const to = c.req.query('to') ?? ''
      if (!isPlainDate(from) || !isPlainDate(to))
        return problem(c, 'cannot-be-used', 'from and to are dates, YYYY-MM-DD.')
      return c.json(
        { ...summary(found.value), from, to, ...compareDays(found.value, from, to) },
        200,
      )
    },
  )

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/rule-sets/{partnership}/rules/{area}/{name}',
      summary: 'One rule with its source, tests and examples',
      tags: ['Rules'],
      security: open.security,
      request: {
        params: z.object({ partnership: z.string(), area: z.string(), name: z.string() }),
        query: asAtQuery,
      },
      responses: { 200: answer(oneRuleSchema, 'The rule'), ...refused, ...open.responses },
    }),
    (c) => {
      const found = book.ruleSet(c.req.param('partnership'))
      if (!found.ok) return problem(c, 'not-found', messageOf(found.problems))
      const asAt = c.req.query('asAt') ?? book.today()
      if (!isPlainDate(asAt)) return problem(c, 'cannot-be-used', 'asAt is a date, YYYY-MM-DD.')
      const id = `${c.req.param('area')}/${c.req.param('name')}`
      const rules = rulesInForce(found.value, asAt)
      const rule = rules.find((one) => one.id === id)
      if (!rule)
        return problem(
          c,
          'not-found',
          `No rule "${id}" is in force on ${asAt}.${didYouMean(
            id,
            rules.map((one) => one.id),
          )}`,
        )
      const { layer, file: _file, ...content } = rule
      return c.json({ reference: referenceTo(found.value.policy, rule), rule: content, layer }, 200)
    },
  )
  return app
}

const messageOf = (problems: readonly { message: string }[]) =>
  problems.map(({ message }) => message).join(' ')
