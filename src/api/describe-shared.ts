import type { OpenAPIHono } from '@hono/zod-openapi'
import { policy } from '../access/policy.ts'
import { actionOfRoute } from '../access/routes.ts'
import type { Identified } from '../http/guard.ts'
import { usualRate } from '../http/rate.ts'
import { problemAnswer } from './problem-answers.ts'

export type Method = 'get' | 'put' | 'post' | 'delete'

/** The ways to say who calls, as OpenAPI names them. */
const ways = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of your own sign-in service, as a bearer token.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-waymark-session',
    description: 'The cookie that a browser gets at /sign-in; over plain http, waymark-session.',
  },
  serviceKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'wmk_…',
    description: 'A key of another system, from waymark service-key make, sent as a bearer token.',
  },
} as const

const asDemonstrated = {
  type: 'apiKey',
  in: 'header',
  name: 'Authorization',
  description:
    'In this demonstration everybody is taken at their word, and nothing else is taken: Authorization: Demonstration officer-1.',
} as const

/** Puts the ways to say who calls into the OpenAPI document. */
export function addSecuritySchemes(app: OpenAPIHono<Identified>, demonstration: boolean): void {
  const all = demonstration ? { ...ways, demonstration: asDemonstrated } : ways
  for (const [name, way] of Object.entries(all))
    app.openAPIRegistry.registerComponent('securitySchemes', name, way)
}

const retryAfter = {
  'Retry-After': { description: 'After how many seconds', schema: { type: 'string' as const } },
}
const fault = { 500: problemAnswer('A fault of ours. Nothing was stored.') }
const tooMany = (description: string) => ({
  429: { ...problemAnswer(description), headers: retryAfter },
})
const forAnyone = tooMany(`More than ${usualRate.publicPerMinute} in this minute from one address`)
const door = {
  401: problemAnswer('Nobody is signed in, or what was sent does not say who'),
  403: problemAnswer('Your role may not do this'),
  ...tooMany(`More than ${usualRate.perMinute} requests in this minute`),
  503: {
    ...problemAnswer(
      'It cannot be answered now: who you are cannot be checked, or the store waits',
    ),
    headers: retryAfter,
  },
}

/**
 * What every call of a route has in common with the others: how its callers say who they are, and
 * what it may answer before and beside its own work. Read off the table of who may do what.
 */
export function shared(method: Method, path: string) {
  const action = actionOfRoute(method, path)
  const who = action && policy[action].who
  // What is constant cannot fail; the published rules are worked out.
  if (action === 'operations.read') return { security: [], responses: {} }
  if (action === 'public') return { security: [], responses: forAnyone }
  if (who === undefined || who === 'anyone')
    return { security: [], responses: { ...forAnyone, ...fault } }
  const people = who === 'signed-in' || who.some((role) => role !== 'service')
  const systems = who === 'signed-in' || who.includes('service')
  const security = [
    ...(people ? [{ bearer: [] }, { session: [] }] : []),
    ...(systems ? [{ serviceKey: [] }] : []),
  ] as Record<string, string[]>[]
  return { security, responses: { ...door, ...fault } }
}
