import type { Context } from 'hono'
import type { No } from '../casework/casework.ts'
import { problem, problemDetails, refuse } from '../http/problem.ts'

/** Why nothing was done, as HTTP says it. */
export function refuseWith(c: Context, no: No) {
  if (no.why === 'absent') return problem(c, 'not-found', 'There is nothing at this address.')
  if (no.why === 'not-allowed') return problem(c, 'forbidden', no.says)
  if (no.why === 'erased') return problem(c, 'erased', no.says)
  if (no.why === 'unusable')
    return problem(c, 'cannot-be-used', 'What was sent cannot be recorded.', no.problems)
  if (no.why === 'taken') return problem(c, 'taken', no.says)
  if (no.why === 'repeated')
    return problem(c, 'under-way', 'Send it again for its answer.', [], { 'retry-after': '1' })
  if (no.why === 'refused') {
    const { why, allowed, blockedBy } = no.refusal
    const details = problemDetails('not-allowed-now', why, c.req.path)
    return refuse(c, { ...details, allowed, blockedBy })
  }
  return problem(
    c,
    'stale',
    'Somebody changed it since you read it. Read it again, and say the new version in If-Match.',
  )
}

/** The version that a caller saw, from `If-Match: "7"`; or the answer that says what is missing. */
export function versionIn(c: Context): number | Response {
  const given = c.req.header('if-match')
  if (given === undefined)
    return problem(
      c,
      'version-missing',
      'Say in If-Match which version you saw: it is the ETag of the answer that you read.',
    )
  const version = /^"(\d{1,9})"$/.exec(given)?.[1]
  return version === undefined
    ? problem(c, 'malformed', 'If-Match is the ETag of the answer that you read, such as "7".')
    : Number(version)
}

export const etag = (version: number) => ({ etag: `"${version}"` })
