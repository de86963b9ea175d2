import type { Context } from 'hono'
import type { z } from 'zod'
import { pointer } from '../domain/problem.ts'
import { shapeProblems } from '../domain/shape-problems.ts'
import { problem } from '../http/problem.ts'

/** The query of an address, with nothing that is not asked for and nothing twice. */
export function queryIn<T>(c: Context, schema: z.ZodType<T>): T | Response {
  const all = c.req.queries()
  const twice = Object.keys(all).find((key) => (all[key] ?? []).length > 1)
  if (twice)
    return problem(c, 'cannot-be-used', 'The query says one thing twice.', [
      { message: `"${twice}" stands twice.`, pointer: pointer(twice) },
    ])
  const given = c.req.query()
  const read = schema.safeParse(given)
  return read.success
    ? read.data
    : problem(c, 'cannot-be-used', 'The query cannot be read.', shapeProblems(read.error, given))
}
