import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPeople } from '../../src/access/demonstration.ts'
import { operations } from '../../src/http/operations.ts'
import { asDemonstrated } from '../../src/http/who-calls.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { access } from '../db/changes.ts'
import { evenly } from '../support/amount.ts'
import { smallPolicy } from '../support/api.ts'
import type { Call } from '../support/call.ts'
import {
  addressOf,
  bodiesOf,
  type Ids,
  type Route,
  routes,
  writing,
} from '../support/faults-routes.ts'
import { type Site, siteOn } from '../support/faults-site.ts'
import { caseStore } from '../support/stores.ts'

/**
 * Two partnerships on one store. Every word that Derby keeps, and every id that it was given, holds
 * the canary; West Mercia and those of Derby who see no cases try every route to find one.
 */
const canary = 'quillderby'
const small = smallPolicy()
const policy: Policy = {
  ...small,
  partnerships: {
    ...small.partnerships,
    'west-mercia': {
      ...small.partnerships.derby,
      id: 'west-mercia',
    } as Policy['partnerships'][string],
  },
}
const store = await caseStore()
const said: string[] = []
const options = {
  policy,
  report: (line: string) => said.push(line),
  operations: operations(
    (line) => said.push(JSON.stringify(line)),
    () => 0,
  ),
}
/** The site whose ids hold the canary, another for the other partnership, and one to attack by. */
const derby = siteOn(store, canary, options)
const mercia = siteOn(store, 'mercia', options)
const site = siteOn(store, 'attack', options)
afterAll(() => store.close())

/** Writes as one partnership does, from the version that is seen; each write has to succeed. */
const writer = (at: Site, place: 1 | 2) => async (route: string, who: string, body: object) => {
  const [method = '', path = ''] = route.split(' ')
  const of = path.replace(/(cases|clinics)\/([^/]+)\/.*/, '$1/$2')
  const seen = await at.call({ method: 'GET', path: of, person: `team-leader-${place}` })
  const version = Number(/\d+/.exec(seen.headers.get('etag') ?? '0')?.[0])
  const headers = { ...writing(version), 'x-request-id': String(place).padStart(32, '0') }
  const answer = await at.call({ method, path, person: `${who}-${place}`, body, headers })
  if (answer.status >= 300) throw new Error(`${route}: ${await answer.text()}`)
  return (await answer.json()) as { id: string; case: { id: string } }
}

/** Fills a partnership with words. */
async function seed(at: Site, partnership: string, place: 1 | 2, word: string): Promise<Ids> {
  const write = writer(at, place)
  const id = (await write('POST /v1/referrals', 'officer', referralWith(partnership, word))).case.id
  const plan = { partnership, heldOn: '2026-11-12' }
  const clinicId = (await write('POST /v1/clinics', 'team-leader', plan)).id
  const event = (body: object) => write(`POST /v1/cases/${id}/events`, 'team-leader', body)
  await write(`PUT /v1/cases/${id}/facts`, 'practitioner', {
    answers: [{ fact: 'child.earlier_convictions', answer: 0, evidence: `${word} says so` }],
  })
  await event({ type: 'safeguarding.raised', reason: 'missing', text: `${word} is away` })
  await event({ type: 'representations.received', from: 'parent', text: `${word} was not there` })
  await write(`PUT /v1/cases/${id}/victims/1`, 'victim-liaison', {
    entry: { kind: 'identity', name: `${word} Victim`, reach: `${word} Street` },
  })
  await event({ type: 'referral.accepted' })
  await event({ type: 'case.listed', clinicId })
  const who = { person: `chair-${place}`, name: `${word} Chair`, way: 'remote' }
  await write(`PUT /v1/clinics/${clinicId}/attendance`, 'chair', {
    attendance: [{ ...who, role: 'clinic-chair', agency: 'chair' }],
  })
  await write(`PUT /v1/clinics/${clinicId}/minutes`, 'chair', { minutes: `${word} was heard` })
  return { case: id, clinic: clinicId, partnership }
}

const referralWith = (partnership: string, word: string) => ({
  partnership,
  reference: `${word}-1`,
  child: { name: `${word} Example` },
  facts: {
    'child.date_of_birth': '2011-05-14',
    'case.entry': 'voluntary-interview',
    'child.care_status': 'looked-after',
  },
  notKnown: { 'child.consents_to_conditions': `${word} would not say` },
  offences: [{ 'offence.code': 'criminal-damage-low', 'offence.date': '2026-10-20' }],
  victims: [{ facts: { 'victim.view': `${word} wants an apology` } }],
})

let theirs: Ids
let own: Ids
/** Where Derby’s case and clinic stand. */
const kept = async () => [
  await store.whereIs(theirs.case),
  await store.clinic(theirs.clinic, access),
  await store.history(theirs.case, access),
]
/** Ids as long as theirs that nobody has. */
let absent: Ids
let cursors: string[]
let before: Awaited<ReturnType<typeof kept>>
beforeAll(async () => {
  theirs = await seed(derby, 'derby', 1, canary)
  own = await seed(mercia, 'west-mercia', 2, 'mercia')
  before = await kept()
  const other = (id: string) =>
    id
      .replace(/\d+$/, (digits) => '9'.repeat(digits.length))
      .replace(canary, 'x'.repeat(canary.length))
  absent = { case: other(theirs.case), clinic: other(theirs.clinic) }
  const lists = ['/v1/cases?limit=1', '/v1/audit?limit=1']
  const pages = await Promise.all(
    lists.map((path) =>
      site.call({
        method: 'GET',
        path,
        person: path.includes('audit') ? 'auditor-1' : 'team-leader-1',
      }),
    ),
  )
  cursors = await Promise.all(
    pages.map(async (page) => String(((await page.json()) as { next: string }).next)),
  )
})

const queries = (ids: Ids): string[] => [
  '',
  `?reference=${canary}-1`,
  `?case=${ids.case}`,
  `?before=${ids.case}&after=${ids.clinic}`,
  '?partnership=derby',
  ...cursors.map((cursor) => `?limit=1&cursor=${cursor}`),
]

/** Every way to call a route with these ids: in its address, its query, its headers and its body. */
function* callsOf(route: Route, inPath: Ids, elsewhere: Ids): Generator<Call> {
  const { method, path } = addressOf(route, inPath)
  const headers = {
    'x-request-id': '00000000000000000000000000000001',
    'x-purpose': 'safeguarding',
  }
  if (method === 'GET') {
    for (const query of queries(elsewhere)) yield { method, path: path + query, headers }
    return
  }
  const bodies = bodiesOf[route]?.(elsewhere) ?? [undefined]
  for (const body of bodies)
    for (const version of [1, 9])
      yield { method, path, body, headers: { ...headers, ...writing(version) } }
  // The key with which Derby’s own officer wrote. Who used one themselves: answers-again.test.ts.
  yield {
    method,
    path,
    body: bodies[0],
    headers: { ...headers, ...writing(), 'idempotency-key': 'fault-00000001' },
  }
}

/** An answer as one text, without the ids that were sent to get it. */
async function answerTo(at: Site, call: Call, person: string, sent: Ids) {
  const answer = await at.call({ ...call, person })
  const all = JSON.stringify([answer.status, [...answer.headers], await answer.text()])
  const without = [sent.case, sent.clinic, `${canary}-1`]
    .sort((one, other) => other.length - one.length)
    .reduce((text, id) => text.replaceAll(id, '*'), all)
  return { status: answer.status, text: without }
}

const people = (place: 1 | 2, ...posts: string[]) =>
  demonstrationPeople
    .map(({ person }) => person)
    .filter(
      (person) =>
        person.endsWith(`-${place}`) && (posts.length === 0 || posts.includes(person.slice(0, -2))),
    )

const named = (route: Route, { method, path, body }: Call, person: string) =>
  `${person}: ${route} as ${method} ${path} ${JSON.stringify(body)}`

/** Which calls brought a canary to light. */
async function leaks(at: Site, who: readonly string[], inPath: Ids): Promise<string[]> {
  const found: string[] = []
  for (const route of routes)
    for (const person of who)
      for (const call of callsOf(route, inPath, theirs)) {
        const { text } = await answerTo(at, call, person, theirs)
        if (text.toLowerCase().includes(canary)) found.push(named(route, call, person))
      }
  return found
}

describe('what one partnership keeps', () => {
  it('is shown to its own people', async () => {
    const views = await Promise.all(
      [
        `cases/${theirs.case}`,
        `cases/${theirs.case}/history`,
        `clinics/${theirs.clinic}`,
        'cases',
      ].map(async (path) =>
        (await site.call({ method: 'GET', path: `/v1/${path}`, person: 'team-leader-1' })).text(),
      ),
    )
    for (const text of views) expect(text).toContain(canary)
  })

  it('is no clinic for a case of another: the answer is that to no clinic at all', async () => {
    const write = writer(mercia, 2)
    const { reference: _, ...referral } = referralWith('west-mercia', 'mercia')
    const { id } = (await write('POST /v1/referrals', 'officer', referral)).case
    const path = `/v1/cases/${id}/events`
    await write(`POST ${path}`, 'team-leader', { type: 'referral.accepted' })
    const list = (clinicId: string) => {
      const call = { method: 'POST', path, body: { type: 'case.listed', clinicId } }
      return answerTo(site, { ...call, headers: writing(2) }, 'team-leader-2', theirs)
    }
    const [foreign, missing] = [await list(theirs.clinic), await list(absent.clinic)]
    const plain = (text: string) =>
      text.replaceAll(absent.clinic, '*').replace(/"x-request-id","[^"]*"/, '')
    expect(foreign.status).toBe(422)
    expect(plain(missing.text)).toBe(plain(foreign.text))
  })

  it('is found by nobody of another, on any route, in any way', async () => {
    expect(await leaks(site, evenly(people(2), 4), theirs)).toEqual([])
  })

  it('is found by nobody of another through what is their own', async () => {
    expect(await leaks(site, evenly(people(2), 4), own)).toEqual([])
  })

  it('is answered for like what is not there', async () => {
    const differs: string[] = []
    for (const route of routes.filter((one) => one.includes('{id}')))
      for (const person of people(2)) {
        const foreign = [...callsOf(route, theirs, theirs)]
        const missing = [...callsOf(route, absent, absent)]
        for (const [i, call] of foreign.entries()) {
          const one = await answerTo(site, call, person, theirs)
          const other = await answerTo(site, missing[i] as Call, person, absent)
          if (one.status < 400 || one.text !== other.text)
            differs.push(`${named(route, call, person)}: ${one.text} ${other.text}`)
        }
      }
    expect(differs).toEqual([])
  })

  it('is not shown to those of its own who see no cases', async () => {
    const blind = people(1, 'administrator', 'policy-lead', 'rule-approver')
    expect(blind).toHaveLength(3)
    expect(await leaks(site, blind, theirs)).toEqual([])
  })

  it('stands in no line of a log', () => {
    expect(said.length).toBeGreaterThan(1_000)
    expect(said.filter((line) => line.includes(canary))).toEqual([])
  })

  it('is as it was after all that was tried', async () => {
    expect(await kept()).toEqual(before)
  })

  it('would be found if everybody held their roles everywhere', async () => {
    const everywhere = siteOn(store, 'open', {
      ...options,
      identify: async (headers) => {
        const who = await asDemonstrated(headers)
        if (typeof who === 'string') return who
        const grants = who.grants.flatMap((grant) => [{ ...grant, partnership: 'derby' }, grant])
        return { ...who, grants }
      },
    })
    expect((await leaks(everywhere, ['team-leader-2'], theirs)).length).toBeGreaterThan(10)
  })
})
