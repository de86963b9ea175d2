import { describe, expect, it } from 'vitest'
import type { Caller } from '../../src/access/caller.ts'
import { createApi } from '../../src/api/app.ts'
import { whoCalls } from '../../src/http/who-calls.ts'
import { recommendations, smallBook } from '../support/api.ts'
import { noDesk } from '../support/sign-in.ts'

const person: Caller = {
  person: 'person-1',
  grants: [{ role: 'clinic-chair', agency: 'chair', partnership: 'derby' }],
  by: 'session',
}
const id = 'a'.repeat(43)
const cookie = `__Host-waymark-session=${id}`
const signIn = {
  ...noDesk,
  desk: { ...noDesk.desk, callerOf: async (held?: string) => (held === id ? person : undefined) },
}
const serviceKeys = { verify: async () => 'refused' as const }
const bearer = { verify: async () => ({ ...person, by: 'bearer' as const }) }
const identify = whoCalls({ serviceKeys, bearer, signIn })
const app = createApi(smallBook(), { identify, signIn })
/** As it was before: nobody looks where a request comes from. */
const careless = createApi(smallBook(), { identify })

const write = async (headers: Record<string, string>, path = recommendations, to = app) => {
  const sent = { 'content-type': 'application/json', ...headers }
  return (await to.request(path, { method: 'POST', headers: sent, body: '{}' })).status
}

describe('what is changed with a session', () => {
  it.each([
    ['our own address', { origin: 'https://waymark.example' }],
    ['one of our pages', { 'sec-fetch-site': 'same-origin' }],
    [
      'a form of ours, which names no origin since our pages send no referrer',
      { 'sec-fetch-site': 'same-origin', origin: 'null' },
    ],
    ['a script of ours', { 'sec-fetch-site': 'same-origin', origin: 'https://waymark.example' }],
  ])('is taken from %s', async (_, headers) => {
    expect(await write({ cookie, ...headers })).toBe(200)
  })

  it.each<[string, Record<string, string>]>([
    ['nowhere', {}],
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'https://waymark.example:8443' }],
    ['our name without https', { origin: 'http://waymark.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['a site beside ours', { 'sec-fetch-site': 'same-site', origin: 'https://x.example' }],
    [
      'another site that names ours',
      { 'sec-fetch-site': 'cross-site', origin: 'https://waymark.example' },
    ],
    ['a link or a bookmark', { 'sec-fetch-site': 'none' }],
    [
      'our page, with the origin of another',
      { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
    ],
  ])('is not taken from %s', async (_, headers) => {
    expect(await write({ cookie, ...headers })).toBe(403)
    expect(await write({ cookie, ...headers }, '/sign-out')).toBe(403)
    expect(await write({ cookie, ...headers }, recommendations, careless)).toBe(200)
  })

  it('is refused too where the cookie is no good, or stands twice', async () => {
    for (const sent of [`${cookie}x`, `${cookie}; ${cookie}`, `theme=dark; ${cookie}`])
      expect(await write({ cookie: sent })).toBe(403)
  })
})

describe('what needs no such check', () => {
  it('is reading', async () => {
    for (const path of ['/v1/me', '/v1/rule-sets'])
      expect((await app.request(path, { headers: { cookie } })).status).toBe(200)
  })

  it('is a token without a cookie, which no browser sends by itself', async () => {
    expect(await write({ authorization: 'Bearer x' })).toBe(200)
  })

  it('is signing out without a session', async () => {
    expect(await write({}, '/sign-out')).toBe(303)
  })
})
