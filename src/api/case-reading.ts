import type { OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { accessLog, accessQuerySchema } from '../casework/audit.ts'
import type { Deps } from '../casework/casework.ts'
import { eraseChild } from '../casework/erase.ts'
import { history } from '../casework/history.ts'
import { caseQuerySchema, listCases } from '../casework/list-cases.ts'
import { narrative } from '../casework/narrative.ts'
import {
  compareRecommendations,
  latestRecommendation,
  recommendations,
} from '../casework/recommendations.ts'
import { casePage, erased } from './answers/case.ts'
import { comparison, explained, madeOnes } from './answers/recommendation.ts'
import { accessPage, explanation, history as historySchema } from './answers/story.ts'
import { requestOf } from './cases.ts'
import { reads, writes } from './describe.ts'
import type { Identified } from './identify.ts'
import { queryIn, shown } from './reading.ts'

const tag = 'Cases'
const one = '/v1/cases/{id}'
const comparisonQuery = z.strictObject({
  before: z
    .string()
    .max(64)
    .optional()
    .describe('The earlier; the one before the latest when left out'),
  after: z.string().max(64).optional().describe('The later; the latest when left out'),
})

const routes = [
  reads({
    path: '/v1/cases',
    summary: 'The cases that you may list, newest change first',
    tag,
    answers: 'A page of cases, and where the next begins',
    schema: casePage,
    query: caseQuerySchema,
  }),
  reads({
    path: `${one}/recommendation`,
    summary: 'The latest recommendation, with every finding made again from the rules of its day',
    tag,
    answers: 'The recommendation, and whether it is that of its day to the letter',
    schema: explained,
    ofTheChild: true,
  }),
  reads({
    path: `${one}/recommendations`,
    summary: 'Every recommendation, oldest first',
    tag,
    answers: 'When each was made, by which rules',
    schema: madeOnes,
    ofTheChild: true,
  }),
  reads({
    path: `${one}/recommendations/comparison`,
    summary: 'What changed between two recommendations?',
    tag,
    answers: 'The changes, as data and in sentences',
    schema: comparison,
    ofTheChild: true,
    query: comparisonQuery,
  }),
  reads({
    path: `${one}/history`,
    summary: 'What happened, in order',
    tag,
    answers: 'The events',
    schema: historySchema,
  }),
  reads({
    path: `${one}/explanation`,
    summary: 'The case told in plain words',
    tag,
    answers: 'What happened, why, what is not known, and what comes next',
    schema: explanation,
  }),
  writes({
    method: 'delete',
    path: `${one}/child`,
    summary: 'Erase the child of a closed case',
    tag,
    answers: 'When it was erased',
    schema: erased,
    versioned: false,
  }),
  reads({
    path: '/v1/audit',
    summary: 'Who saw and changed what',
    tag: 'Audit',
    answers: 'A page of the access log',
    schema: accessPage,
    query: accessQuerySchema,
  }),
]

/** The calls that read cases and their records. */
export function addCaseReading(app: OpenAPIHono<Identified>, deps: Deps): void {
  for (const route of routes) app.openAPIRegistry.registerPath(route)
  app.get('/v1/cases', async (c) => {
    const query = queryIn(c, caseQuerySchema)
    if (query instanceof Response) return query
    return shown(c, await listCases(deps, requestOf(c), query), (page) => page)
  })
  app.get('/v1/cases/:id/recommendation', async (c) =>
    shown(c, await latestRecommendation(deps, requestOf(c), c.req.param('id')), (it) => it),
  )
  app.get('/v1/cases/:id/recommendations', async (c) =>
    shown(c, await recommendations(deps, requestOf(c), c.req.param('id')), (all) => ({
      recommendations: all,
    })),
  )
  app.get('/v1/cases/:id/recommendations/comparison', async (c) => {
    const query = queryIn(c, comparisonQuery)
    if (query instanceof Response) return query
    const { before, after } = query
    const id = c.req.param('id')
    return shown(c, await compareRecommendations(deps, requestOf(c), id, before, after), (it) => it)
  })
  app.get('/v1/cases/:id/history', async (c) =>
    shown(c, await history(deps, requestOf(c), c.req.param('id')), (it) => it),
  )
  app.get('/v1/cases/:id/explanation', async (c) =>
    shown(c, await narrative(deps, requestOf(c), c.req.param('id')), (it) => it),
  )
  app.delete('/v1/cases/:id/child', async (c) =>
    shown(c, await eraseChild(deps, requestOf(c), c.req.param('id')), (it) => it),
  )
  app.get('/v1/audit', async (c) => {
    const query = queryIn(c, accessQuerySchema)
    if (query instanceof Response) return query
    return shown(c, await accessLog(deps, requestOf(c), query), (page) => page)
  })
}
