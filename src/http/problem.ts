import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { z } from 'zod'
import type { Problem } from '../domain/problem.ts'
import { block } from '../domain/refusal.ts'

/** How much one refusal says at most, however much is wrong: what is sent decides nothing of it. */
export const mostProblems = 20
const longestPointer = 300
const longestSentence = 2_000

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
          pointer: z
            .string()
            .max(longestPointer)
            .describe(
              'JSON Pointer (RFC 6901) to what is wrong; cut, with "…", where it is longer',
            ),
          detail: z.string().max(longestSentence),
          mend: z.string().max(longestSentence).optional(),
        }),
      )
      .max(mostProblems)
      .optional(),
    more: z.int().optional().describe('How many more things are wrong than "errors" holds'),
    allowed: z.array(z.string()).optional().describe('The other events that would be recorded now'),
    blockedBy: z.array(block).optional().describe('What has to come first'),
  })
  .meta({ id: 'Problem' })
export type ProblemDetails = z.infer<typeof problemSchema>

/** The kinds of problem, with their status and title. */
export const problemKinds = {
  malformed: [400, 'The request is malformed'],
  unauthenticated: [401, 'Nobody is signed in'],
  forbidden: [403, 'Your role may not do this'],
  'from-elsewhere': [403, 'This was not sent from our own pages'],
  'not-found': [404, 'Not found'],
  'method-not-allowed': [405, 'This address does not answer that method'],
  'not-allowed-now': [409, 'This cannot be recorded now'],
  'under-way': [409, 'The same request is under way'],
  taken: [409, 'It is taken'],
  erased: [410, 'It was erased'],
  stale: [412, 'It has changed since you read it'],
  'too-large': [413, 'The request is too large'],
  'wrong-content-type': [415, 'The content type is not the one expected'],
  misdirected: [421, 'This service is not called so'],
  'cannot-be-used': [422, 'The request is well-formed but cannot be used'],
  'key-used-otherwise': [422, 'The idempotency key was used for another request'],
  'version-missing': [428, 'Say which version you saw'],
  'too-many': [429, 'Too many requests'],
  internal: [500, 'Something went wrong here'],
  unavailable: [503, 'The service cannot answer now'],
} as const
export type ProblemKind = keyof typeof problemKinds

/** What a problem says: the first things that are wrong, and how many more there are. */
export function problemDetails(
  kind: ProblemKind,
  detail: string,
  instance: string,
  errors: readonly Problem[] = [],
): ProblemDetails {
  const [status, title] = problemKinds[kind]
  const more = errors.length - mostProblems
  return {
    type: `urn:waymark:problem:${kind}`,
    ...{ title, status, detail, instance },
    ...(errors.length > 0 ? { errors: errors.slice(0, mostProblems).map(oneError) } : {}),
    ...(more > 0 ? { more } : {}),
  }
}

const oneError = ({ pointer = '', message, mend }: Problem) => ({
  pointer: cut(pointer, longestPointer),
  detail: cut(message, longestSentence),
  ...(mend ? { mend: cut(mend, longestSentence) } : {}),
})

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text

/** Draws a refusal as a page. */
export type DrawRefusal = (refusal: ProblemDetails) => string
/** What a request carries so that it can be refused. */
export type Refusable = { Variables: { drawRefusal?: DrawRefusal | undefined } }

/** Answers a request with a problem; `headers` where HTTP wants one beside it. */
export const problem = (
  c: Context,
  kind: ProblemKind,
  detail: string,
  errors: readonly Problem[] = [],
  headers: Record<string, string> = {},
): Response => refuse(c, problemDetails(kind, detail, c.req.path, errors), headers)

/** A refusal as who asks can read it: a page in a browser, a problem as JSON in a program. */
export function refuse(
  c: Context<Refusable>,
  refusal: ProblemDetails,
  headers: Record<string, string> = {},
): Response {
  // Nobody keeps a refusal, and the same address answers browsers and programs.
  const sent = { 'cache-control': 'no-store', vary: 'Accept', ...headers }
  const status = refusal.status as 400
  const draw = c.var.drawRefusal
  if (draw && wantsPage(c)) return c.html(draw(refusal), status, sent)
  return c.json(refusal, status, { ...sent, 'content-type': 'application/problem+json' })
}

const json = 'application/problem+json'
const wantsPage = (c: Context): boolean =>
  accepts(c, {
    header: 'Accept',
    supports: [json, 'application/json', 'text/html'],
    default: json,
  }) === 'text/html'
