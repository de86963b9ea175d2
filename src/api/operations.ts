import { createRoute, z } from '@hono/zod-openapi'
import { demonstrationPeople } from '../access/demonstration.ts'
import { done } from '../casework/casework.ts'
import type { Told } from '../domain/told.ts'
import type { Operations } from '../http/operations.ts'
import { problem } from '../http/problem.ts'
import { type Call, reads } from './call.ts'
import { shared } from './describe-shared.ts'
import { problemAnswer } from './problem-answers.ts'

const tag = 'Operations'
const well = z.object({ status: z.literal('ok') })
const isWell: Told<typeof well> = { status: 'ok' }

/** Whether the process runs, and whether it can answer. */
export const healthCalls = (ready: () => boolean | Promise<boolean>): Call[] => [
  reads({
    path: '/healthz',
    summary: 'Is the service running?',
    tag,
    answers: 'It is running',
    schema: well,
    answer: () => done(isWell),
  }),
  reads({
    path: '/readyz',
    summary: 'Can the service answer?',
    tag,
    answers: 'It can answer',
    schema: well,
    also: { 503: problemAnswer('It is starting or stopping, or the store takes no writes') },
    answer: async ({ c }) => ((await ready()) ? done(isWell) : problem(c, 'unavailable', notReady)),
  }),
]

const notReady = 'The service is starting or stopping, or cannot store anything now.'

/** Who the caller is here. */
const me = z
  .object({
    person: z.string(),
    name: z.string().nullable(),
    grants: z.array(
      z.object({
        role: z.string(),
        agency: z.string(),
        partnership: z.string(),
        area: z.string().optional(),
      }),
    ),
    by: z.string().describe('How you signed in'),
  })
  .meta({ id: 'Me' })

/** Who the caller is here, and what they hold. */
export const meCall: Call = reads({
  path: '/v1/me',
  summary: 'Who am I here, and what do I hold?',
  tag,
  answers: 'You, with your roles',
  schema: me,
  answer: ({ request: { caller } }) => {
    const { person, name = null, grants, by } = caller
    return done({ person, name, grants, by })
  },
})

/** The counts, as Prometheus reads them: text, so it is described by hand. */
export const metricsCall = ({ registry }: Operations): Call => ({
  route: createRoute({
    ...{ method: 'get', path: '/metrics', summary: 'How much does the service do?', tags: [tag] },
    security: shared('get', '/metrics').security,
    responses: {
      200: {
        description: 'The counts, as Prometheus reads them',
        content: { 'text/plain': { schema: z.string() } },
      },
      ...shared('get', '/metrics').responses,
    },
  }),
  handle: async (c) =>
    c.body(await registry.metrics(), 200, { 'content-type': registry.contentType }),
})

const somebody = z.object({
  person: z.string(),
  name: z.string(),
  role: z.string(),
  agency: z.string(),
  partnership: z.string(),
})

/** The people of a demonstration, each with what they hold. */
export const demonstrationPeopleCall: Call = reads({
  path: '/demonstration/people',
  summary: 'Who are the made-up people of this demonstration?',
  tag,
  answers: 'The people; send one in Authorization: Demonstration <person>',
  schema: z.object({ people: z.array(somebody) }),
  answer: () =>
    done({
      people: demonstrationPeople.flatMap(({ person, name = '', grants }) =>
        grants.map(({ role, agency, partnership }) => ({
          ...{ person, name, role, agency, partnership },
        })),
      ),
    }),
})
