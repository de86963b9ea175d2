import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { problem } from './problem.ts'
import { problemAnswer } from './problem-answers.ts'

const state = z.object({ status: z.literal('ok') })
const answers = (says: string) => ({
  description: says,
  content: { 'application/json': { schema: state } },
})

/** Whether the process runs, and whether it can answer. */
export function health(ready: () => boolean | Promise<boolean>): OpenAPIHono {
  const app = new OpenAPIHono()
  app.openapi(
    createRoute({
      method: 'get',
      path: '/healthz',
      summary: 'Is the service running?',
      tags: ['Operations'],
      security: [],
      responses: { 200: answers('It is running') },
    }),
    (c) => c.json({ status: 'ok' as const }, 200),
  )
  app.openapi(
    createRoute({
      method: 'get',
      path: '/readyz',
      summary: 'Can the service answer?',
      tags: ['Operations'],
      security: [],
      responses: {
        200: answers('It can answer'),
        503: problemAnswer('It is starting or stopping, or the store takes no writes'),
      },
    }),
    async (c) =>
      (await ready())
        ? c.json({ status: 'ok' as const }, 200)
        : problem(
            c,
            'unavailable',
            'The service is starting or stopping, or cannot store anything now.',
          ),
  )
  return app
}
