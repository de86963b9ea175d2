import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy } from '../../src/access/policy.ts'
import { routePolicy } from '../../src/access/routes.ts'
import { createServiceKeys } from '../../src/access/service-keys.ts'
import { createBearer } from '../../src/access/tokens.ts'
import type { Identify } from '../../src/http/guard.ts'
import { whoCalls } from '../../src/http/who-calls.ts'
import { careless } from '../access/careless.ts'
import {
  attacker,
  audience,
  clientId,
  forge,
  goodClaims,
  issuer,
  jwks,
  now,
  privateKeys,
  publicKeys,
} from '../access/forge.ts'
import { evenly } from '../support/amount.ts'
import {
  addressOf,
  bodiesOf,
  callOf,
  type Ids,
  type Route,
  routes,
  writing,
} from '../support/faults-routes.ts'
import { type Site, siteOn } from '../support/faults-site.ts'
import { aReferral } from '../support/made-up.ts'
import { caseStore } from '../support/stores.ts'

const store = await caseStore()
afterAll(() => store.close())
const guarded = routes.filter((route) => policy[routePolicy[route]].who !== 'anyone')
const good = forge()

const wrongValues = [undefined, null, 1, true, '', [], {}, ['x'], 'x y', '*']
/** Of these, what a token may hold and be good. */
const fine: Readonly<Record<string, readonly unknown[]>> = {
  // Without "not before", and with one that is long past.
  nbf: [undefined, 1],
  // Any visible characters: an id is worked out of them.
  sub: ['x y', '*'],
  // Where its audience is not that of ID tokens, a token need not say what it is.
  typ: [undefined],
}
const ofClaims = Object.keys(goodClaims).flatMap((claim) =>
  wrongValues
    .filter((value) => !fine[claim]?.includes(value))
    .map((value): [string, string] => [
      `${claim}: ${JSON.stringify(value)}`,
      forge({ claims: { [claim]: value } }),
    ]),
)
const ofHeader = ['alg', 'kid', 'typ'].flatMap((key) =>
  wrongValues
    .filter((value) => !fine[key]?.includes(value))
    .map((value): [string, string] => [
      `${key}: ${JSON.stringify(value)}`,
      forge({ header: { [key]: value }, signature: good.split('.')[2] ?? '' }),
    ]),
)
/** Tokens that the issuer signed for something else. */
const ofOtherKinds = [
  { nonce: 'n' },
  { at_hash: 'h' },
  { events: {} },
  { sub: undefined, sid: 's' },
  { aud: [audience, 'evil'], azp: 'evil-client' },
].map((change): [string, string] => [JSON.stringify(change), forge({ claims: change })])
const jwk = attacker.publicKey.export({ format: 'jwk' })
const pem = publicKeys['rsa-1'].export({ type: 'spki', format: 'pem' }).toString()
const ofKeys: [string, string][] = [
  ['no algorithm', forge({ header: { alg: 'none' }, signature: '' })],
  ['a public key as a secret', forge({ header: { alg: 'HS256' }, key: pem })],
  ['a key of its own', forge({ header: { jwk }, key: attacker.privateKey })],
  ['keys of its own address', forge({ header: { jku: 'http://127.0.0.1/keys' } })],
  ['somebody else’s key', forge({ key: attacker.privateKey })],
  ['another key of the issuer', forge({ key: privateKeys['rsa-weak-1'] })],
]
/** One character of a good token changed, at places all over it. */
const ofLetters = Array.from({ length: 60 }, (_, i): [string, string] => {
  const at = Math.floor((i * (good.length - 3)) / 60)
  const other = good[at] === 'A' ? 'Q' : 'A'
  return [`another letter at ${at}`, `${good.slice(0, at)}${other}${good.slice(at + 1)}`]
})
const ofLength = [1, 10, 50].map((less): [string, string] => [
  `${less} letters less`,
  good.slice(0, -less),
])
const forged = [...ofClaims, ...ofHeader, ...ofOtherKinds, ...ofKeys, ...ofLetters, ...ofLength]

function bearer() {
  const made = createBearer({
    issuer,
    audience,
    clientId,
    keys: { jwks: async () => jwks },
    claims: { rolesClaim: 'waymark_roles', partnerships: ['derby'], forces: {} },
    fetch: () => Promise.reject(new Error('Nothing is fetched here.')),
    now: () => now,
  })
  if (!made.ok) throw new Error('The bearer could not be set up.')
  return made.value
}

type Service = { site: Site; ids: Ids }

/** The service with cases in it, and the addresses that can be called there. */
async function serviceWith(name: string, identify: Identify): Promise<Service> {
  const opening = siteOn(store, `${name}-opening`)
  const answer = await opening.call(
    callOf('POST /v1/referrals', { case: '', clinic: '' }, aReferral),
  )
  const { id } = ((await answer.json()) as { case: { id: string } }).case
  return { site: siteOn(store, name, { identify }), ids: { case: id, clinic: 'clinic-1' } }
}

/** What a route answers to a token, as one text; where it was called is left out. */
async function answerTo({ site, ids }: Service, route: Route, authorization: string) {
  const body = bodiesOf[route]?.(ids)[0]
  const headers = { ...writing(), authorization }
  const answer = await site.call({ ...addressOf(route, ids), body, headers })
  const {
    'x-request-id': _id,
    'cache-control': _cache,
    ...kept
  } = Object.fromEntries(answer.headers)
  const text = await answer.text()
  const said = answer.status < 400 ? text : JSON.stringify({ ...JSON.parse(text), instance: '' })
  return { status: answer.status, all: JSON.stringify([answer.status, kept, said]) }
}

describe('a forged token', () => {
  let service: Service
  beforeAll(async () => {
    const secrets = {
      store: store.serviceKeys,
      now: () => now,
      randomBytes: () => Buffer.alloc(32),
    }
    service = await serviceWith(
      'careful',
      whoCalls({ serviceKeys: createServiceKeys(secrets), bearer: bearer() }),
    )
  })

  const tried = evenly(forged, 40)
  it(`comes in nowhere: ${tried.length} of them, on ${guarded.length} routes, all answered alike`, async () => {
    const answers = new Map<string, string>()
    for (const route of guarded)
      for (const [name, token] of tried) {
        const { status, all } = await answerTo(service, route, `Bearer ${token}`)
        expect(status, `${route}, ${name}`).toBe(401)
        answers.set(all, `${route}, ${name}`)
      }
    expect([...answers.values()]).toHaveLength(1)
    expect(guarded.length).toBeGreaterThan(25)
    expect(forged.length).toBeGreaterThan(80)
  })

  it.each(guarded)('is told apart from a good one by %s', async (route) => {
    expect((await answerTo(service, route, `Bearer ${good}`)).status).not.toBe(401)
  })

  it('would come in where somebody forgot the signature', async () => {
    const chair = {
      person: 'chair-1',
      by: 'bearer',
      grants: [{ role: 'clinic-chair', agency: 'chair', partnership: 'derby' }],
    } as const
    const open = await serviceWith('careless', async (c) =>
      careless['decodes only']((c.req.header('authorization') ?? '').replace('Bearer ', ''))
        ? chair
        : 'refused',
    )
    const statuses = await Promise.all(
      forged.map(
        async ([, token]) => (await answerTo(open, 'GET /v1/me', `Bearer ${token}`)).status,
      ),
    )
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(forged.length / 2)
  })
})
