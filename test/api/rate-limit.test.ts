import { expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { asDemonstrated } from '../../src/api/who-calls.ts'
import { smallBook } from '../support/api.ts'

it('lets each caller do so much in a minute, and others go on', async () => {
  let now = 0
  const app = createApi(smallBook(), {
    identify: asDemonstrated,
    rate: { perMinute: 2, clock: () => now },
  })
  const me = (person: string) =>
    app.request('/v1/me', { headers: { authorization: `Demonstration ${person}` } })
  expect((await me('chair-1')).status).toBe(200)
  expect((await me('chair-1')).status).toBe(200)
  now = 15_000
  const third = await me('chair-1')
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '45'])
  expect((await me('officer-1')).status).toBe(200)
  expect((await app.request('/healthz')).status).toBe(200)
  now = 59_999
  expect((await me('chair-1')).status).toBe(429)
  now = 60_000
  expect((await me('chair-1')).status).toBe(200)
})
