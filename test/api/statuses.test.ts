import type { OpenAPIHono } from '@hono/zod-openapi'
import { beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPeople } from '../../src/access/demonstration.ts'
import { policy } from '../../src/access/policy.ts'
import { routePolicy } from '../../src/access/routes.ts'
import { createApi } from '../../src/api/app.ts'
import { apiDescription } from '../../src/api/description.ts'
import { StoreError } from '../../src/casework/ports.ts'
import { loadRuleSet } from '../../src/casework/rule-sets.ts'
import type { Identified } from '../../src/http/guard.ts'
import { operations } from '../../src/http/operations.ts'
import { asDemonstrated, smallBook, smallPolicy } from '../support/api.ts'
import { type Call, callOn } from '../support/call.ts'
import { type Document, type Operation, statusesOf, undescribed } from '../support/described.ts'
import {
  addressOf,
  bodiesOf,
  callOf,
  type Ids,
  personFor,
  type Route,
  routes,
  writing,
} from '../support/faults-routes.ts'
import { siteOn } from '../support/faults-site.ts'
import { aReferral } from '../support/made-up.ts'
import { ruleSetOf } from '../support/real-rules.ts'
import { caseStore } from '../support/stores.ts'

type At = { call: (call: Call) => Promise<Response> }
const store = await caseStore()
const options = {
  demonstration: true,
  operations: operations(
    () => {},
    () => 0,
  ),
  report: () => {},
}
const site = siteOn(store, 's', options)
const document = site.app.getOpenAPI31Document(apiDescription) as unknown as Document

/** The same service where something is wrong with it, or with who calls. */
const rate = { perMinute: 0, publicPerMinute: 0, signInsPerMinute: 0, clock: () => 0 }
const nobody = { person: 'nobody-1', grants: [], by: 'demonstration' as const }
const broken = new RangeError('x')
/** A store of which every call fails. */
const failing = (error: Error) =>
  new Proxy(store, {
    get: () => async () => {
      throw error
    },
  })
/** Rules of which nothing can be read. */
const noRules = new Proxy(smallBook(), {
  get: () => {
    throw broken
  },
})
const asSite = (app: OpenAPIHono<Identified>): At => ({ call: callOn(app) })
const troubled: At[] = [
  siteOn(store, 'l', { ...options, rate }),
  siteOn(store, 'u', { ...options, identify: async () => 'unavailable' }),
  siteOn(store, 'p', { ...options, identify: async () => nobody }),
  siteOn(store, 'r', { ...options, ready: () => false }),
  siteOn(failing(broken), 'f', options),
  siteOn(failing(new StoreError('Busy')), 'b', options),
]
const withoutRules = asSite(createApi(noRules, { ...options, identify: asDemonstrated }))

const described = routes.flatMap((route) => {
  const [method = '', path = ''] = route.split(' ')
  const operation = document.paths[path]?.[method.toLowerCase()]
  return operation ? [{ route, operation }] : []
})

/** Everything that was answered, by route. */
const seen = new Map<Route, Set<number>>()
const told = new Set<string>()

async function ask(at: At, route: Route, operation: Operation, call: Call) {
  const answer = await at.call(call)
  seen.set(route, (seen.get(route) ?? new Set()).add(answer.status))
  for (const one of await undescribed(document, operation, answer)) told.add(`${route}: ${one}`)
}

/** Somebody of the demonstration who may not come through the door of a route. */
function stranger(route: Route): string | undefined {
  const { who } = policy[routePolicy[route]]
  return demonstrationPeople.find(
    ({ grants }) => Array.isArray(who) && grants.every(({ role }) => !who.includes(role)),
  )?.person
}

const none: Ids = { case: 'none-9', clinic: 'none-9', partnership: 'nowhere' }
const lines = { 'content-type': 'application/x-ndjson' }
const onRules = /recommendations$|questions$|\/v1\/rule-sets(?!.*(versions|events))/

/** Ways to call a route that are wrong whatever it is for. */
function* wrongly(route: Route, ids: Ids): Generator<[At, Call]> {
  const { method, path: bare } = placeOf(route, ids)
  const path = bare + (queries[route] ?? '')
  const [body] = bodiesOf[route]?.(ids) ?? []
  const person = whoFor(route)
  const plain: Call = { method, path, person, body: ofNext(body), headers: writing() }
  yield [site, { ...plain, person: undefined }]
  yield [site, { ...plain, person: stranger(route) }]
  for (const at of troubled) yield [at, plain]
  if (onRules.test(route)) yield [withoutRules, plain]
  yield [site, { ...plain, path: addressOf(route, none).path + (queries[route] ?? '') }]
  yield [site, { ...plain, path: `${bare}?colour=red` }]
  yield [site, { ...plain, headers: { ...writing(), 'x-purpose': 'curiosity' } }]
  if (method === 'GET') return
  for (const wrong of ['{', '{}', ' '.repeat(300_000), '{"partnership":"Derby"}'])
    yield [site, { ...plain, body: wrong }]
  yield [site, { ...plain, headers: { ...writing(), 'content-type': 'text/plain' } }]
  yield [site, { ...plain, headers: {} }]
  yield [site, { ...plain, headers: { 'if-match': 'seven', 'idempotency-key': 'x' } }]
}

/** Ways that are right, at least for some version and some case. */
async function* rightly(route: Route, ids: Ids): AsyncGenerator<Call> {
  const { method, path } = placeOf(route, ids)
  const person = personFor(route)
  if (method === 'GET') return yield { method, path: path + (queries[route] ?? ''), person }
  if (route.endsWith('/batch')) return yield { method, path, person, body: '{}', headers: lines }
  for (const one of bodiesOf[route]?.(ids) ?? [undefined])
    for (const later of [0, 50]) {
      const call = callOf(route, ids, ofNext(one), (await versionOf(route, ids)) + later)
      const person = route.includes('/rule-sets/') ? whoFor(route) : call.person
      const ours = { ...call, path, person }
      yield ours
      if (later === 0) yield ours
    }
}

const next = ruleSetOf({ ...smallPolicy(), rules: smallPolicy().rules.slice(1) }, 'derby')
/** Behind some doors not everybody who came through may do something. */
const whoFor = (route: Route) =>
  route.endsWith('/rule-sets/{partnership}/events') ? 'policy-lead-1' : personFor(route)
/** A body about the rule set that waits. */
const ofNext = (body: unknown): unknown =>
  body === undefined
    ? undefined
    : JSON.parse(JSON.stringify(body).replaceAll('sha256-1', next.digest))
const placeOf = (route: Route, ids: Ids) => {
  const { method, path } = addressOf(route, ids)
  return { method, path: path.replace('{digest}', encodeURIComponent(next.digest)) }
}

/** The version that somebody sees who looks now. */
async function versionOf(route: Route, ids: Ids): Promise<number> {
  if (route.includes('/rule-sets/')) return (await store.ruleSetEvents('derby')).at(-1)?.seq ?? 0
  const row = route.includes('/clinics')
    ? await store.whereIsClinic(ids.clinic)
    : await store.whereIs(ids.case)
  return row?.version ?? 0
}

const queries: Partial<Record<Route, string>> = {
  'GET /v1/chase-list': '?partnership=derby',
  'GET /v1/rule-sets/{partnership}/comparison': '?from=2026-01-01&to=2026-12-31',
}

const made = async (call: Omit<Call, 'method'>, key: 'case' | 'id') => {
  const answer = await site.call({ method: 'POST', headers: writing(), ...call })
  const body = (await answer.json()) as { id: string; case: { id: string } }
  return key === 'case' ? body.case.id : body.id
}
const open = () => made({ path: '/v1/referrals', person: 'officer-1', body: withVictim }, 'case')
const withVictim = { ...aReferral, victims: [{ offences: [1], facts: {} }] }
const plan = () =>
  made(
    {
      path: '/v1/clinics',
      person: 'team-leader-1',
      body: { partnership: 'derby', heldOn: '2026-11-02', another: true },
    },
    'id',
  )

/** A case, a closed one, one whose child was erased; a clinic, and one that is over. */
async function places(): Promise<Ids[]> {
  const cases = [await open(), await open(), await open()]
  for (const [i, body] of closing.entries())
    for (const id of cases.slice(1)) await happened(id, i + 1, body)
  const gone = `/v1/cases/${cases[2]}/child`
  await site.call({ method: 'DELETE', path: gone, person: 'administrator-1' })
  const [waiting, over] = [await plan(), await plan()]
  for (const [i, state] of ['open', 'closed'].entries())
    await site.call({
      method: 'PUT',
      path: `/v1/clinics/${over}/state`,
      person: 'chair-1',
      body: { state },
      headers: writing(i + 1),
    })
  await happened(cases[0], 1, { type: 'referral.accepted' })
  await happened(cases[0], 2, { type: 'case.listed', clinicId: waiting })
  return cases.map((id, i) => ({ case: id, clinic: i === 0 ? waiting : over }))
}

const happened = (
  id: string | undefined,
  version: number,
  body: { type: string } & Record<string, unknown>,
) =>
  site.call({
    method: 'POST',
    path: `/v1/cases/${id}/events`,
    person: body.type === 'police.reported' ? 'inspector-1' : 'team-leader-1',
    body,
    headers: writing(version),
  })
const closing = [
  { type: 'referral.accepted' },
  { type: 'case.routed', to: 'safeguarding' },
  { type: 'specialists.kept', text: 'It stays with us.' },
  { type: 'police.reported', outcomeCode: 20 },
]

describe('every call of /openapi.json', () => {
  beforeAll(async () => {
    await loadRuleSet(site.deps, ruleSetOf(smallPolicy(), 'derby'))
    await loadRuleSet(site.deps, next)
    const all = await places()
    for (const { route, operation } of described) {
      for (const ids of all)
        for await (const call of rightly(route, ids)) await ask(site, route, operation, call)
      for (const [at, call] of all.slice(0, 1).flatMap((ids) => [...wrongly(route, ids)]))
        await ask(at, route, operation, call)
    }
    // Some thousand calls: each route in each wrong way, and in the right ways on every case.
  }, 120_000)

  it('is answered as it is described, however it is called', () => {
    expect([...told]).toEqual([])
  })

  it.each(described.map(({ route, operation }) => [route, operation] as const))(
    '%s gives each status that it is said to give',
    (route, operation) => {
      const hard = elsewhere[route] ?? []
      expect(
        [...(seen.get(route) ?? [])]
          .filter((one) => !hard.includes(one))
          .sort()
          .join(' '),
      ).toBe(statusesOf(operation, hard).join(' '))
    },
  )

  it('says how its callers say who they are, or that anybody may', () => {
    const open = described.filter(({ operation }) => operation.security?.length === 0)
    expect(open.map(({ route }) => route).sort()).toEqual(
      described
        .map(({ route }) => route)
        .filter((route) => personFor(route) === undefined)
        .sort(),
    )
    const names = Object.keys(document.components.securitySchemes ?? {})
    for (const { operation } of described)
      for (const way of operation.security ?? [])
        expect(names).toEqual(expect.arrayContaining(Object.keys(way)))
  })
})

/** What other tests see: it takes a case that has come so far. */
const elsewhere: Partial<Record<Route, number[]>> = {
  // Nothing in them can break that would not break the test.
  'GET /v1/me': [500],
  'GET /metrics': [500],
  // A conflict of interest that is set between a request and its repetition.
  'POST /v1/referrals': [404],
  // The small rules have no fact that a checklist asks for.
  'PUT /v1/cases/{id}/checklists/{instrument}': [200],
  // A decision that is confirmed; a case that the writer of the minutes is kept out of.
  'PUT /v1/clinics/{id}/conflicts': [409],
  'PUT /v1/clinics/{id}/minutes': [409],
}
