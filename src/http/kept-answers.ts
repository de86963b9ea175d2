import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Caller } from '../access/caller.ts'
import type { IdempotentAnswer, KeptAnswer, KeptAnswers } from '../access/ports.ts'
import type { Identified } from './guard.ts'
import { problem } from './problem.ts'

/** What is kept of a request besides its answer: who used which key, for what. */
export type Used = Pick<IdempotentAnswer, 'owner' | 'key' | 'request'>

export type Once = {
  /** Whether the request may come without a key. */
  required: boolean
  body: Uint8Array
  /** The answer of the first time, for whoever may still have it; or why they may not. */
  handOut(kept: KeptAnswer): Promise<IdempotentAnswer | Response>
  carryOut(used: Used | undefined): Promise<Response>
}

const form = /^[\x21-\x7e]{8,128}$/

/**
 * Carries a request out once, however often it comes: the same key with the same request gets the
 * stored answer where its case may still be read, with another request it is refused, and while the
 * first is under way a second waits for nothing and is told so. (IETF draft "The Idempotency-Key HTTP
 * Header Field".)
 */
export function onlyOnce(kept: KeptAnswers) {
  const underWay = new Set<string>()
  return async (c: Context<Identified>, once: Once): Promise<Response> => {
    const key = c.req.header('idempotency-key')
    if (key === undefined && !once.required) return once.carryOut(undefined)
    if (key === undefined || !form.test(key)) return noKey(c)
    const used = { owner: ownerOf(c.var.caller), key, request: digest(c, once.body) }
    const name = `${used.owner} ${key}`
    if (underWay.has(name))
      return problem(c, 'under-way', 'Wait for its answer.', [], { 'retry-after': '1' })
    underWay.add(name)
    try {
      const before = await kept.repeated(used.owner, key)
      return before ? await again(c, used, await once.handOut(before)) : await once.carryOut(used)
    } finally {
      underWay.delete(name)
    }
  }
}

function again(c: Context, used: Used, kept: IdempotentAnswer | Response): Response {
  if (kept instanceof Response) return kept
  if (kept.request !== used.request)
    return problem(c, 'key-used-otherwise', 'Use a new key for a new request.')
  return c.body(kept.body, kept.status as 200, { ...kept.headers })
}

const noKey = (c: Context) =>
  problem(
    c,
    'malformed',
    'Send an Idempotency-Key of 8 to 128 visible characters, a new one for each request and the same when you repeat it.',
  )

/** Who used a key: a person by one way in, or one service key. Keys of different owners never meet. */
const ownerOf = ({ by, person, serviceKey }: Caller): string => `${by} ${serviceKey ?? person}`

const digest = (c: Context, body: Uint8Array): string =>
  createHash('sha256')
    .update(`${c.req.method} ${c.req.path} ${c.req.header('if-match') ?? ''}\n`)
    .update(body)
    .digest('hex')
