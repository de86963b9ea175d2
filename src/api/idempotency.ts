import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Caller } from '../access/caller.ts'
import type { Repeatable } from '../casework/casework.ts'
import type { CaseStore } from '../casework/ports.ts'
import { refuseWith } from './answer.ts'
import { problem } from './problem.ts'

const form = /^[\x21-\x7e]{8,128}$/

/**
 * Carries a request out once, however often it comes: the same key with the same request gets the
 * stored answer, with another request it is refused, and while the first is under way a second
 * waits for nothing and is told so. (IETF draft "The Idempotency-Key HTTP Header Field".)
 * @param required whether the request may come without a key
 */
export function idempotency(store: CaseStore, required: boolean) {
  const underWay = new Set<string>()
  return async (
    c: Context,
    caller: Caller,
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
    const owner = `${caller.by} ${caller.person}`
    const request = digest(c, body)
    const name = `${owner} ${key}`
    if (underWay.has(name))
      return problem(c, 'under-way', 'Wait for its answer.', [], { 'retry-after': '1' })
    underWay.add(name)
    try {
      const kept = await store.repeated(owner, key)
      if (kept)
        return kept.request === request
          ? refuseWith(c, { ok: false, why: 'repeated', kept })
          : problem(c, 'key-used-otherwise', 'Use a new key for a new request.')
      return await carryOut({ owner, key, request })
    } finally {
      underWay.delete(name)
    }
  }
}

const digest = (c: Context, body: Uint8Array): string =>
  createHash('sha256')
    .update(`${c.req.method} ${c.req.path} ${c.req.header('if-match') ?? ''}\n`)
    .update(body)
    .digest('hex')
