import { describe, expect, it } from 'vitest'
import { mostWaiting, sessionTimes } from '../../src/access/sessions.ts'
import { createApi } from '../../src/api/app.ts'
import { usualRate } from '../../src/http/rate.ts'
import { asDemonstrated } from '../../src/http/who-calls.ts'
import { smallBook } from '../support/api.ts'
import { noDesk } from '../support/sign-in.ts'

function site(perMinute = 2) {
  const clock = { now: 0 }
  const app = createApi(smallBook(), {
    identify: asDemonstrated,
    signIn: noDesk,
    rate: { perMinute, publicPerMinute: 12, signInsPerMinute: 1, clock: () => clock.now },
  })
  /** The status of an answer to somebody who says who they are, or nothing, from an address. */
  const status = async (path: string, authorization?: string, from = '192.0.2.1') => {
    const headers = authorization ? { authorization } : {}
    const env = { incoming: { socket: { remoteAddress: from } } }
    return (await app.request(path, { headers }, env)).status
  }
  return { app, clock, status, as: (person: string) => `Demonstration ${person}` }
}

it('lets each caller do so much in a minute, and others go on', async () => {
  const { app, clock, status, as } = site()
  const me = (person: string) => status('/v1/me', as(person))
  expect([await me('chair-1'), await me('chair-1')]).toEqual([200, 200])
  clock.now = 15_000
  const third = await app.request('/v1/me', { headers: { authorization: as('chair-1') } })
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '45'])
  expect(await me('officer-1')).toBe(200)
  clock.now = 59_999
  expect(await me('chair-1')).toBe(429)
  clock.now = 60_000
  expect(await me('chair-1')).toBe(200)
})

describe('a request that is refused', () => {
  it('counts for a caller whose role may not do it', async () => {
    const { status, as } = site()
    const officer = as('officer-1')
    expect(await status('/v1/audit', officer)).toBe(403)
    expect(await status('/v1/audit', officer)).toBe(403)
    expect(await status('/v1/audit', officer)).toBe(429)
    expect(await status('/v1/me', officer)).toBe(429)
  })

  it.each([
    ['who says nothing', undefined],
    ['whom nobody knows', 'Bearer wmk_1_2'],
  ])('counts for the address of somebody %s, and of no other address', async (_, authorization) => {
    const { status, clock } = site()
    expect(await status('/v1/me', authorization)).toBe(401)
    expect(await status('/v1/cases', authorization)).toBe(401)
    expect(await status('/v1/me', authorization)).toBe(429)
    expect(await status('/v1/me', authorization, '192.0.2.2')).toBe(401)
    clock.now = 60_000
    expect(await status('/v1/me', authorization)).toBe(401)
  })

  it('counts for nobody who is known at the same address', async () => {
    const { status, as } = site()
    for (let i = 0; i < 10; i += 1) await status('/v1/me', 'Bearer wmk_1_2')
    expect(await status('/v1/me', as('chair-1'))).toBe(200)
  })

  it('is counted by the connection, not by what a header says of it', async () => {
    const { app } = site()
    const statuses = []
    for (const named of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
      const headers = { 'x-forwarded-for': named, forwarded: `for=${named}` }
      const env = { incoming: { socket: { remoteAddress: '198.51.100.1' } } }
      statuses.push((await app.request('/v1/me', { headers }, env)).status)
    }
    expect(statuses).toEqual([401, 401, 429])
  })

  it('shares one count with others where ten thousand addresses have come', async () => {
    const { status, as } = site(1)
    for (let i = 0; i < 10_000; i += 1) await status('/v1/me', undefined, `address ${i}`)
    expect(await status('/v1/me', undefined, 'one more')).toBe(401)
    expect(await status('/v1/me', undefined, 'and another')).toBe(429)
    expect(await status('/sign-in', undefined, 'and another')).toBe(503)
    // Whoever is known is counted apart from all of them.
    expect(await status('/v1/me', as('chair-1'))).toBe(200)
    expect(await status('/v1/me', as('officer-1'))).toBe(200)
  })
})

describe('what anybody may read', () => {
  const published = ['/openapi.json', '/v1/rule-sets', '/openapi.json', '/v1/rule-sets']

  it('is limited by address, apart from what is refused, and what is not there counts', async () => {
    const { status } = site()
    for (let i = 0; i < 3; i += 1)
      for (const path of published) expect([path, await status(path)]).toEqual([path, 200])
    expect(await status('/openapi.json')).toBe(429)
    expect(await status('/nothing')).toBe(429)
    expect(await status('/v1/me')).toBe(401)
    expect(await status('/nothing', undefined, '192.0.2.2')).toBe(404)
    expect(await status('/openapi.json', undefined, '192.0.2.2')).toBe(200)
  })

  it('is not limited for health and readiness: monitors ask for them', async () => {
    const { status } = site()
    for (let i = 0; i < 20; i += 1)
      for (const path of ['/healthz', '/readyz'])
        expect([path, await status(path)]).toEqual([path, 200])
  })

  it('would be read without end where nothing limits it', async () => {
    const app = createApi(smallBook(), { identify: asDemonstrated })
    for (let i = 0; i < 20; i += 1) expect((await app.request('/v1/rule-sets')).status).toBe(200)
  })
})

describe('signing in', () => {
  it('is limited by address, apart from what is refused', async () => {
    const { status } = site()
    expect(await status('/sign-in')).toBe(503)
    expect(await status('/sign-in')).toBe(429)
    expect(await status('/sign-in/callback')).toBe(429)
    expect(await status('/v1/me')).toBe(401)
    expect(await status('/sign-in', undefined, '192.0.2.2')).toBe(503)
  })

  it('leaves places for others, however often one address begins', () => {
    const { signInsPerMinute } = usualRate
    expect((signInsPerMinute * sessionTimes.signIn) / 60_000).toBeLessThan(mostWaiting)
  })
})
