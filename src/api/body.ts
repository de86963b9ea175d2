import type { Context } from 'hono'
import type { z } from 'zod'
import { problem } from '../http/problem.ts'
import { readJson, type Unusable } from './read-json.ts'

/** The type wanted, in UTF-8 and not compressed. */
export function isType(c: Context, wanted: RegExp): boolean {
  const [type = '', ...parameters] = (c.req.header('content-type') ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const otherCharset = parameters.some((one) => /^charset=(?!"?utf-8"?$)/.test(one))
  return wanted.test(type) && !otherCharset && !c.req.header('content-encoding')
}

/** The bytes of a JSON body, or the answer that says why it cannot be one. */
export async function jsonBytes(c: Context): Promise<Uint8Array | Response> {
  if (!isType(c, /^application\/json$/))
    return problem(c, 'wrong-content-type', 'Send application/json, not compressed.')
  return new Uint8Array(await c.req.arrayBuffer())
}

/** Bytes as what a schema asks for, or the answer that says what is wrong with them. */
export function parsed<T>(c: Context, bytes: Uint8Array, schema: z.ZodType<T>): T | Response {
  const read = readJson(bytes, schema)
  return read.ok
    ? read.value
    : unreadable(c, read, 'The body is JSON, but not what is expected here.')
}

/** The answer that says what is wrong with a body. @param otherwise where it is JSON */
export const unreadable = (c: Context, { kind, problems }: Unusable, otherwise: string): Response =>
  problem(c, kind, kind === 'malformed' ? 'The body cannot be read.' : otherwise, problems)
