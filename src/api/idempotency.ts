import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Caller } from '../access/caller.ts'
import { answerAgain } from '../casework/answer-again.ts'
import type { Deps, Repeatable, Request } from '../casework/casework.ts'
import { refuseWith } from './answer.ts'
import { problem } from './problem.ts'

const form = /^[\x21-\x7e]{8,128}$/

/**
 * Carries a request out once, however often it comes: the same key with the same request gets the
 * stored answer where its case may still be read, with another request it is refused, and while the
 * first is under way a second waits for nothing and is told so. (IETF draft "The Idempotency-Key HTTP
 * Header Field".)
 * @param required whether the request may come without a key
 * @param action what the request does, beside reading what comes of it
 */
export function idempotency(
  deps: Deps,
  required: boolean,
  action: Parameters<typeof answerAgain>[3],
) {
  const underWay = new Set<string>()
  return async (
    c: Context,
    request: Request,
    body: Uint8Array,
    carryOut: (repeatable: Omit<Repeatable, 'answer'> | undefined) => Promise<Response>,
  ): Promise<Response> => {
    const key = c.req.header('idempotency-key')
    if (key === undefined && !required) return carryOut(undefined)
    if (key === undefined || !form.test(key))
      return problem(
        c,
        'malformed',
        'Send an Idempotency-Key of 8 to 128 visible characters, a new one for each request and the same when you repeat it.',
      )
    const used = { owner: ownerOf(request.caller), key, request: digest(c, body) }
    const name = `${used.owner} ${key}`
    if (underWay.has(name))
      return problem(c, 'under-way', 'Wait for its answer.', [], { 'retry-after': '1' })
    underWay.add(name)
    try {
      const kept = await answerAgain(deps, request, used, action)
      if (!kept) return await carryOut(used)
      if (!kept.ok) return refuseWith(c, kept)
      const { request: first, status, headers, body: text } = kept.value
      return first === used.request
        ? c.body(text, status as 200, { ...headers })
        : problem(c, 'key-used-otherwise', 'Use a new key for a new request.')
    } finally {
      underWay.delete(name)
    }
  }
}

/** Who used a key: a person by one way in, or one service key. Keys of different owners never meet. */
const ownerOf = ({ by, person, serviceKey }: Caller): string => `${by} ${serviceKey ?? person}`

const digest = (c: Context, body: Uint8Array): string =>
  createHash('sha256')
    .update(`${c.req.method} ${c.req.path} ${c.req.header('if-match') ?? ''}\n`)
    .update(body)
    .digest('hex')
