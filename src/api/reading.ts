import type { Context } from 'hono'
import type { z } from 'zod'
import type { Outcome } from '../casework/casework.ts'
import { shapeProblems } from '../domain/shape-problems.ts'
import { etag, refuseWith } from './answer.ts'
import { problem } from './problem.ts'

/** An outcome as the answer to a reading; what has a version carries it as its ETag. */
export function shown<T>(c: Context, outcome: Outcome<T>, wrap: (value: T) => object) {
  if (!outcome.ok) return refuseWith(c, outcome)
  const body = wrap(outcome.value)
  const version = (body as { version?: unknown }).version
  return c.json(body, 200, typeof version === 'number' ? etag(version) : {})
}

/** The query of an address, with nothing that is not asked for and nothing twice. */
export function queryIn<T>(c: Context, schema: z.ZodType<T>): T | Response {
  const all = c.req.queries()
  const twice = Object.keys(all).find((key) => (all[key] ?? []).length > 1)
  if (twice) return problem(c, 'cannot-be-used', `The query says one thing twice.`)
  const given = c.req.query()
  const read = schema.safeParse(given)
  return read.success
    ? read.data
    : problem(c, 'cannot-be-used', 'The query cannot be read.', shapeProblems(read.error, given))
}
