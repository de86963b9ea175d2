import type { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Context, Handler } from 'hono'
import type { z } from 'zod'
import type { IdempotentAnswer, KeptAnswer } from '../access/ports.ts'
import { actionOfRoute } from '../access/routes.ts'
import type { Outcome, Request } from '../casework/casework.ts'
import type { Told } from '../domain/told.ts'
import type { Identified } from '../http/guard.ts'
import type { onlyOnce, Used } from '../http/kept-answers.ts'
import { problem } from '../http/problem.ts'
import { etag, refuseWith, versionIn } from './answer.ts'
import { jsonBytes, parsed } from './body.ts'
import {
  type Description,
  describeAsking,
  describeReading,
  describeWriting,
  type Writing,
} from './describe.ts'
import { smallEnough } from './largest-answer.ts'
import { knownPurpose, purposeIn, takesPurpose } from './purpose.ts'
import { queryIn } from './query.ts'

/** One call of the HTTP interface: what it says of itself, and what answers it. */
export type Call = { route: Route; handle: Handler<Identified> }
type Route = Parameters<typeof createRoute>[0] & { getRoutingPath(): string }

type C = Context<Identified>
type Answered<T> = Promise<Outcome<T> | Response> | Outcome<T> | Response

/** What stands in an address, by the name of its place: `id` of `/v1/cases/{id}`. */
type At<Path extends string> = Readonly<Record<Places<Path>, string>>
type Places<Path extends string> = Path extends `${string}{${infer Place}}${infer Rest}`
  ? Place | Places<Rest>
  : never

/** A request as its call reads it. */
type Asked<Path extends string> = { c: C; request: Request; at: At<Path> }
type Kind<Path extends string, Shape extends z.ZodType> = { path: Path; schema: Shape }

/** A call that reads. */
export const reads = <Path extends string, Shape extends z.ZodType, Query = undefined>(
  call: Omit<Description, 'query'> &
    Kind<Path, Shape> & {
      query?: z.ZodObject & z.ZodType<Query>
      answer(asked: Asked<Path> & { query: Query }): Answered<Told<Shape>>
    },
): Call => ({
  route: describeReading(call),
  handle: async (c) => {
    const query = call.query ? queryIn<Query>(c, call.query) : (undefined as Query)
    if (query instanceof Response) return query
    return answered(c, await call.answer({ ...askedBy<Path>(c), query }))
  },
})

/** A call that is asked with a body and changes nothing. */
export const asks = <Path extends string, Shape extends z.ZodType>(
  call: Description & Kind<Path, Shape> & { body: z.ZodType; answer(c: C): Answered<Told<Shape>> },
): Call => ({
  route: describeAsking(call),
  handle: async (c) => {
    const outcome = await call.answer(c)
    if (outcome instanceof Response || !outcome.ok) return answered(c, outcome)
    const text = smallEnough(outcome.value)
    return text.ok
      ? c.body(text.value, 200, { 'content-type': 'application/json' })
      : problem(c, 'cannot-be-used', 'The answer would be too large.', text.problems)
  },
})

/** How a call that may be repeated under a key is carried out once. */
export type Repeated = {
  once: ReturnType<typeof onlyOnce>
  /** The answer of the first time, for whoever may still have it. */
  again(request: Request, kept: KeptAnswer): Promise<Outcome<IdempotentAnswer>>
}
type Written<Path extends string, Body> = Asked<Path> & {
  body: Body
  /** The version that the caller saw; 0 where none is asked for. */
  version: number
  used: Used | undefined
}

/** A call that writes. What is sent is looked at in the order: version, body, key, what it says. */
export const writes = <Path extends string, Shape extends z.ZodType, Body = undefined>(
  call: Omit<Writing, 'body'> &
    Kind<Path, Shape> & {
      body?: z.ZodType<Body>
      repeated?: Repeated
      answer(asked: Written<Path, Body>): Answered<Told<Shape>>
    },
): Call => ({
  route: describeWriting(call as Writing),
  handle: async (c) => {
    const version = call.versioned === false || !call.body ? 0 : versionIn(c)
    if (version instanceof Response) return version
    const bytes = call.body ? await jsonBytes(c) : new Uint8Array()
    if (bytes instanceof Response) return bytes
    const carryOut = async (used: Used | undefined) => {
      const body = call.body ? parsed(c, bytes, call.body) : (undefined as Body)
      if (body instanceof Response) return body
      return answered(c, await call.answer({ ...askedBy<Path>(c), body, version, used }))
    }
    if (!call.repeated) return carryOut(undefined)
    const { once, again } = call.repeated
    const handOut = async (kept: KeptAnswer) => {
      const given = await again(requestOf(c), kept)
      return given.ok ? given.value : refuseWith(c, given)
    }
    return once(c, { required: call.key === 'required', body: bytes, handOut, carryOut })
  },
})

/** Adds calls. @throws where one has no entry in the table of who may do what */
export function addCalls(app: OpenAPIHono<Identified>, calls: readonly Call[]): void {
  for (const { route, handle } of calls) {
    const { method, path } = route
    if (actionOfRoute(method, path) === undefined)
      throw new Error(`${method.toUpperCase()} ${path} has no policy.`)
    app.openAPIRegistry.registerPath(route)
    const purpose = takesPurpose(path) ? [knownPurpose] : []
    app.on(method.toUpperCase(), [route.getRoutingPath()], ...purpose, handle)
  }
}

/** Who asks, on which request. */
const requestOf = (c: C): Request => ({
  caller: c.var.caller,
  requestId: c.var.requestId,
  purpose: purposeIn(c.req.header('x-purpose')),
})

const askedBy = <Path extends string>(c: C): Asked<Path> => ({
  c,
  request: requestOf(c),
  at: c.req.param() as At<Path>,
})

/** What was read, under the name that it has in the answer. */
export const named = <Name extends string, T>(
  name: Name,
  outcome: Outcome<T>,
): Outcome<Record<Name, T>> =>
  outcome.ok ? { ok: true, value: { [name]: outcome.value } as Record<Name, T> } : outcome

/** An outcome as an answer; what has a version carries it as its ETag. */
function answered<T>(c: C, outcome: Outcome<T> | Response): Response {
  if (outcome instanceof Response) return outcome
  if (!outcome.ok) return refuseWith(c, outcome)
  const { version } = outcome.value as { version?: unknown }
  return c.json(outcome.value, 200, typeof version === 'number' ? etag(version) : {})
}
