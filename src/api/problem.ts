import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Problem } from '../domain/problem.ts'
import { block } from './answers/parts.ts'

/** Errors as RFC 9457 problems. No stack and no personal data ever stands in one. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string().describe('JSON Pointer (RFC 6901) to what is wrong'),
          detail: z.string(),
          mend: z.string().optional(),
        }),
      )
      .optional(),
    allowed: z.array(z.string()).optional().describe('The other events that would be recorded now'),
    blockedBy: z.array(block).optional().describe('What has to come first'),
  })
  .openapi('Problem')
export type ProblemDetails = z.infer<typeof problemSchema>

/** The kinds of problem, with their status and title. */
export const problemKinds = {
  malformed: [400, 'The request is malformed'],
  unauthenticated: [401, 'Nobody is signed in'],
  forbidden: [403, 'Your role may not do this'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'This address does not answer that method'],
  'not-allowed-now': [409, 'This cannot be recorded now'],
  'under-way': [409, 'The same request is under way'],
  taken: [409, 'It is taken'],
  erased: [410, 'It was erased'],
  stale: [412, 'It has changed since you read it'],
  'too-large': [413, 'The request is too large'],
  'wrong-content-type': [415, 'The content type is not the one expected'],
  'cannot-be-used': [422, 'The request is well-formed but cannot be used'],
  'key-used-otherwise': [422, 'The idempotency key was used for another request'],
  'version-missing': [428, 'Say which version you saw'],
  'too-many': [429, 'Too many requests'],
  internal: [500, 'Something went wrong here'],
  unavailable: [503, 'The service cannot answer now'],
} as const
export type ProblemKind = keyof typeof problemKinds

export function problemDetails(
  kind: ProblemKind,
  detail: string,
  instance: string,
  errors: readonly Problem[] = [],
): ProblemDetails {
  const [status, title] = problemKinds[kind]
  return {
    type: `urn:waymark:problem:${kind}`,
    title,
    status,
    detail,
    instance,
    ...(errors.length > 0
      ? {
          errors: errors.map(({ pointer, message, mend }) => ({
            pointer: pointer ?? '',
            detail: message,
            ...(mend ? { mend } : {}),
          })),
        }
      : {}),
  }
}

/** Answers a request with a problem; `headers` where HTTP wants one beside it. */
export function problem<K extends ProblemKind>(
  c: Context,
  kind: K,
  detail: string,
  errors: readonly Problem[] = [],
  headers: Record<string, string> = {},
) {
  const status = problemKinds[kind][0] as (typeof problemKinds)[K][0]
  return c.json(problemDetails(kind, detail, c.req.path, errors), status, {
    'content-type': 'application/problem+json',
    ...headers,
  })
}
