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
import { casePage, erased } from '../casework/shapes/case.ts'
import { comparison, explained, madeOnes } from '../casework/shapes/recommendation.ts'
import { accessPage, explanation, historyShape } from '../casework/shapes/story.ts'
import { type Call, named, reads, writes } from './call.ts'

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

/** The calls that read cases and their records. */
export const caseReadingCalls = (deps: Deps): Call[] => [
  reads({
    path: '/v1/cases',
    summary: 'The cases that you may list, newest change first',
    tag,
    answers: 'A page of cases, and where the next begins',
    schema: casePage,
    query: caseQuerySchema,
    answer: ({ request, query }) => listCases(deps, request, query),
  }),
  reads({
    path: `${one}/recommendation`,
    summary: 'The latest recommendation, with every finding made again from the rules of its day',
    tag,
    answers: 'The recommendation, and whether it is that of its day to the letter',
    schema: explained,
    ofTheChild: true,
    answer: ({ request, at }) => latestRecommendation(deps, request, at.id),
  }),
  reads({
    path: `${one}/recommendations`,
    summary: 'Every recommendation, oldest first',
    tag,
    answers: 'When each was made, by which rules',
    schema: madeOnes,
    ofTheChild: true,
    answer: async ({ request, at }) =>
      named('recommendations', await recommendations(deps, request, at.id)),
  }),
  reads({
    path: `${one}/recommendations/comparison`,
    summary: 'What changed between two recommendations?',
    tag,
    answers: 'The changes, as data and in sentences',
    schema: comparison,
    ofTheChild: true,
    query: comparisonQuery,
    answer: ({ request, at, query: { before, after } }) =>
      compareRecommendations(deps, request, at.id, before, after),
  }),
  reads({
    path: `${one}/history`,
    summary: 'What happened, in order',
    tag,
    answers: 'The events',
    schema: historyShape,
    answer: ({ request, at }) => history(deps, request, at.id),
  }),
  reads({
    path: `${one}/explanation`,
    summary: 'The case told in plain words',
    tag,
    answers: 'What happened, why, what is not known, and what comes next',
    schema: explanation,
    answer: ({ request, at }) => narrative(deps, request, at.id),
  }),
  writes({
    method: 'delete',
    path: `${one}/child`,
    summary: 'Erase the child of a closed case',
    tag,
    answers: 'When it was erased',
    schema: erased,
    versioned: false,
    answer: ({ request, at }) => eraseChild(deps, request, at.id),
  }),
  reads({
    path: '/v1/audit',
    summary: 'Who saw and changed what',
    tag: 'Audit',
    answers: 'A page of the access log',
    schema: accessPage,
    query: accessQuerySchema,
    answer: ({ request, query }) => accessLog(deps, request, query),
  }),
]
