import { z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { isPurpose, type Purpose, purposeNames, purposes } from '../domain/purposes.ts'
import { problem } from '../http/problem.ts'

/** The calls that open what is kept of a child: there, the log may say what for. */
const places = ['/v1/referrals', '/v1/cases', '/v1/clinics', '/v1/chase-list']

/** Whether the log of a call says what it was for. */
export const takesPurpose = (path: string): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`))

/** The header as OpenAPI describes it. */
export const purposeHeader = z
  .enum(purposeNames)
  .optional()
  .describe(
    `Why you look, outside the ordinary work on a case; it is kept in the access log. What was sealed is shown only to those who may read it and say this. ${Object.entries(
      purposes,
    )
      .map(([name, says]) => `${name}: ${says}`)
      .join(' ')}`,
  )

/** Refuses a purpose that is none of the list: dropped in silence, it would seem to have been kept. */
export const knownPurpose: MiddlewareHandler = async (c, next) => {
  const given = c.req.header('x-purpose')
  if (given === undefined || isPurpose(given)) return next()
  return problem(c, 'cannot-be-used', `X-Purpose must be one of: ${purposeNames.join(', ')}.`)
}

/** The purpose that a request says, if any. */
export const purposeIn = (given: string | undefined): Purpose | undefined =>
  given !== undefined && isPurpose(given) ? given : undefined
