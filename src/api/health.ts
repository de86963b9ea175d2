import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { problem, problemSchema } from './problem.ts'

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
      responses: {
        200: answers('It can answer'),
        503: {
          description: 'It is starting or stopping',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
    }),
    async (c) =>
      (await ready())
        ? c.json({ status: 'ok' as const }, 200)
        : problem(c, 'unavailable', 'The service is starting or stopping.'),
  )
  return app
}
