import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/http/operations.ts'
import { amount } from '../support/amount.ts'
import { builtWaymark, type Started, start } from '../support/built.ts'
import { type Call, sentWith } from '../support/call.ts'
import {
  addressOf,
  bodiesOf,
  callOf,
  type Ids,
  jsonRoutes,
  personFor,
  routes,
  withEachText,
  writing,
} from '../support/faults-routes.ts'
import { siteOn } from '../support/faults-site.ts'
import { aReferral } from '../support/made-up.ts'
import { caseStore } from '../support/stores.ts'

/** A made-up child, as they might be typed into any place: a name, a day, a number, words. */
const born = '2012-03-29'
const typedCanaries = ['Zebedee Quill', '1907-03-29', '07700 900461', 'zebedee-quill']
const canaries = [...typedCanaries, born]
/** A text in the ways in which it may be written in an address or a file. */
const spellings = (text: string) => [text, encodeURIComponent(text), text.replaceAll(' ', '+')]
const findIn = (text: string) =>
  canaries.filter((one) => spellings(one).some((each) => text.includes(each)))

/** The versions that were seen last. */
type Seen = { case: number; clinic: number }

/** Every text of every body replaced by each canary, and the canaries in addresses and headers. */
function* callsWith(canary: string, ids: Ids, seen: Seen): Generator<Call> {
  for (const route of jsonRoutes)
    for (const body of bodiesOf[route]?.(ids) ?? [])
      for (const changed of withEachText(body, canary))
        yield callOf(route, ids, changed, seen[route.includes('/clinics') ? 'clinic' : 'case'])
  const typed = encodeURIComponent(canary)
  for (const route of routes) {
    const { method, path } = addressOf(route, { case: typed, clinic: typed, partnership: typed })
    const headers = {
      ...writing(),
      // Not of the shape that is taken over; the caller may choose a word that is.
      'x-request-id': `${typed}.`,
      'x-purpose': typed,
      referer: `http://x/${typed}`,
      'user-agent': typed,
    }
    yield {
      method,
      path: `${path}?name=${typed}&cursor=${typed}&reference=${typed}`,
      person: personFor(route),
      headers,
    }
  }
  yield { method: 'GET', path: `/${typed}/nowhere` }
  yield {
    method: 'GET',
    path: '/v1/cases',
    headers: { authorization: `Bearer ${typed}`, cookie: `name=${typed}` },
  }
}

describe('the compiled service, which was sent a name, a day, a number and words everywhere', () => {
  const own = mkdtempSync(join(tmpdir(), 'waymark-hygiene-'))
  let one: Started
  let metrics = ''
  /** Every one of the calls; in `npm test` every fourth, another fourth with each canary. */
  const each = amount(4, 1)
  let sent = 0
  let written = 0
  let kept: string[] = []
  beforeAll(async () => {
    one = start(builtWaymark, ['dist/src/server.js'], {
      PORT: '0',
      WAYMARK_DEMO: '1',
      WAYMARK_LOG: 'stderr',
      WAYMARK_RULES: 'rules',
      WAYMARK_DATABASE: join(own, 'waymark.db'),
    })
    const [, at = ''] = await one.says(/answers at (http:\/\/127\.0\.0\.1:\d+)\//)
    const call = (given: Call) => fetch(at + given.path, sentWith(given))
    const open = async (body: object) =>
      (
        (await (
          await call(callOf('POST /v1/referrals', { case: '', clinic: '' }, body))
        ).json()) as { case: { id: string } }
      ).case.id
    const plan = { partnership: 'derby', heldOn: '2099-11-12' }
    const clinic = (
      (await (await call(callOf('POST /v1/clinics', { case: '', clinic: '' }, plan))).json()) as {
        id: string
      }
    ).id
    const seen = { case: 1, clinic: 1 }
    for (const [first, canary] of typedCanaries.entries()) {
      // A case of each canary, so that it stands in a record that was kept.
      const facts = { ...aReferral.facts, 'child.date_of_birth': born }
      const notKnown = { 'child.care_status': canary }
      const id = await open({ ...aReferral, facts, notKnown, child: { name: canary } })
      kept = [...kept, id]
      seen.case = 1
      let turn = first
      for (const given of callsWith(canary, { case: id, clinic }, seen)) {
        turn += 1
        if (turn % each !== 0) continue
        const answer = await call(given)
        await answer.text()
        const version = Number(/\d+/.exec(answer.headers.get('etag') ?? '')?.[0])
        if (answer.ok && version > 0 && given.method !== 'GET')
          if (given.path.includes(clinic)) seen.clinic = version
          else if (given.path.includes(id)) seen.case = version
        if (answer.ok && given.method !== 'GET') written += 1
        sent += 1
      }
    }
    metrics = await (
      await call({ method: 'GET', path: '/metrics', person: 'administrator-1' })
    ).text()
    // Hundreds of requests, to a service that fills its demonstration with forty cases meanwhile.
  }, 120_000)
  afterAll(async () => {
    one.child.kill('SIGKILL')
    await one.ended
    rmSync(own, { recursive: true })
  })

  it('was sent enough, and kept what it was sent', () => {
    expect(sent).toBeGreaterThan(500 / each)
    expect(written).toBeGreaterThan(50 / each)
    expect(new Set(kept).size).toBe(typedCanaries.length)
  })

  it('wrote a line for each request, and nothing of it in any', () => {
    expect(one.said.error.split('\n').length).toBeGreaterThan(sent)
    expect(findIn(one.said.error)).toEqual([])
    expect(findIn(one.said.out)).toEqual([])
  })

  it('counts nothing of it', () => {
    expect(metrics).toContain('waymark_request_seconds')
    expect(findIn(metrics)).toEqual([])
  })

  // The day on which a hold is reviewed lies in clear: the sweeper has to find it.
  const clear = (text: string) => findIn(text).filter((one) => one !== '1907-03-29')
  it('holds nothing of it in clear: not in the database, its log or its keys', () => {
    const files = readdirSync(own)
    expect(files).toEqual(expect.arrayContaining(['waymark.db', 'waymark.db-wal', 'waymark.keys']))
    const holding = files.filter(
      (name) =>
        existsSync(join(own, name)) && clear(readFileSync(join(own, name), 'latin1')).length > 0,
    )
    expect(holding).toEqual([])
  })

  it('left no line of a bug', () => {
    expect(one.said.error).not.toMatch(/failed:|^\s+at /m)
  })
})

it('a log of addresses instead of routes would be found', async () => {
  const said: string[] = []
  const store = await caseStore()
  const { watch, registry } = operations(
    (line) => said.push(JSON.stringify(line)),
    () => 0,
  )
  const careless: typeof watch = async (c, next) => {
    said.push(c.req.url)
    return watch(c, next)
  }
  for (const [logged, finds] of [
    [watch, []],
    [careless, ['Zebedee Quill', 'zebedee-quill']],
  ] as const) {
    const site = siteOn(store, `site-${finds.length}`, { operations: { watch: logged, registry } })
    said.length = 0
    await site.call({
      method: 'GET',
      path: '/v1/cases/Zebedee%20Quill?name=zebedee-quill',
      person: 'officer-1',
    })
    expect(said.length).toBeGreaterThan(0)
    expect(findIn(said.join('\n'))).toEqual(finds)
  }
  await store.close()
})
