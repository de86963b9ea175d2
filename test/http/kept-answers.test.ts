import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { Caller } from '../../src/access/caller.ts'
import type { IdempotentAnswer, KeptAnswers } from '../../src/access/ports.ts'
import type { Identified } from '../../src/http/guard.ts'
import { onlyOnce } from '../../src/http/kept-answers.ts'
import { problem } from '../../src/http/problem.ts'

const chair: Caller = { person: 'chair-1', grants: [], by: 'session' }
const key = 'key-0001'

/** A call that counts how often it is carried out, over answers that are kept in memory. */
function site({ required = true, readable = true } = {}) {
  const kept = new Map<string, IdempotentAnswer>()
  const answers: KeptAnswers = {
    repeated: async (owner, used) => {
      const answer = kept.get(`${owner} ${used}`)
      return answer && { case: 'case-1', answer }
    },
  }
  const state = { done: 0, caller: chair }
  const once = onlyOnce(answers)
  const app = new Hono<Identified>()
  app.post('/x', async (c) => {
    c.set('caller', state.caller)
    return once(c, {
      required,
      body: new Uint8Array(await c.req.arrayBuffer()),
      handOut: async ({ answer }) =>
        answer && readable ? answer : problem(c, 'not-found', 'It is not yours.'),
      carryOut: async (used) => {
        state.done += 1
        const body = `done ${state.done}`
        const answer = { status: 201, headers: { etag: '"1"' }, body, at: '' }
        if (used) kept.set(`${used.owner} ${used.key}`, { ...used, ...answer })
        return c.body(body, 201, answer.headers)
      },
    })
  })
  const send = async (
    body: string,
    headers: Record<string, string> = { 'idempotency-key': key },
  ) => {
    const answer = await app.request('/x', { method: 'POST', headers, body })
    return [answer.status, await answer.text()] as const
  }
  return { state, send }
}

describe('a request with a key', () => {
  it('is carried out once, and answered again as the first time', async () => {
    const { state, send } = site()
    expect(await send('a')).toEqual([201, 'done 1'])
    expect(await send('a')).toEqual([201, 'done 1'])
    expect(state.done).toBe(1)
  })

  it('is refused where the key was used for another', async () => {
    const { state, send } = site()
    await send('a')
    expect((await send('b'))[0]).toBe(422)
    expect(state.done).toBe(1)
  })

  it('of somebody else is another request', async () => {
    const { state, send } = site()
    await send('a')
    for (const caller of [
      { ...chair, person: 'chair-2' },
      { ...chair, by: 'bearer' as const },
      { ...chair, serviceKey: 'key-1' },
    ]) {
      state.caller = caller
      expect((await send('a'))[0]).toBe(201)
    }
    expect(state.done).toBe(4)
  })

  it('is answered again only to who may still have the answer', async () => {
    const { send } = site({ readable: false })
    expect((await send('a'))[0]).toBe(201)
    expect((await send('a'))[0]).toBe(404)
  })

  it('that is under way is not begun a second time', async () => {
    const { state, send } = site()
    const both = await Promise.all([send('a'), send('a')])
    expect(both.map(([status]) => status).sort()).toEqual([201, 409])
    expect(state.done).toBe(1)
  })

  it.each(['k'.repeat(7), 'k'.repeat(129), 'a key with spaces', 'schlüssel'])(
    'is malformed where the key is "%s"',
    async (given) => {
      expect((await site().send('a', { 'idempotency-key': given }))[0]).toBe(400)
    },
  )

  it.each(['k'.repeat(8), 'k'.repeat(128)])(
    'is carried out with a key as long as "%s"',
    async (given) => {
      expect((await site().send('a', { 'idempotency-key': given }))[0]).toBe(201)
    },
  )

  it('may come without one only where none is required', async () => {
    expect((await site({ required: true }).send('a', {}))[0]).toBe(400)
    const { state, send } = site({ required: false })
    for (let i = 0; i < 2; i += 1) expect((await send('a', {}))[0]).toBe(201)
    expect(state.done).toBe(2)
  })
})
