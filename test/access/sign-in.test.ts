import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSessions, mostWaiting, sessionTimes } from '../../src/access/sessions.ts'
import { createSignIn, type SignIn, type SignInOptions } from '../../src/access/sign-in.ts'
import { createBearer } from '../../src/access/tokens.ts'
import {
  redirectUri,
  startProvider,
  testAudience,
  testClient,
  testSystem,
} from '../support/provider.ts'
import { countedBytes, memorySessions } from './memory-stores.ts'

const chairOfDerby = { role: 'clinic-chair', agency: 'chair', partnership: 'derby' }
const people = {
  'person-1': { name: 'Demonstration Chair', waymark_roles: [chairOfDerby] },
  'person-2': { name: 'Demonstration Nobody' },
  'person-3': { waymark_roles: [{ ...chairOfDerby, role: 'service' }] },
  'auth0|somebody': { waymark_roles: [chairOfDerby] },
  'person-4': { waymark_roles: [{ ...chairOfDerby, partnership: 'atlantis' }] },
}
const systemsRoles = [{ role: 'service', agency: 'police', partnership: 'derby' }]
const mapping = { rolesClaim: 'waymark_roles', partnerships: ['derby', 'west-mercia'] }
const minutes = (count: number) => count * 60_000

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  provider = await startProvider(people, systemsRoles)
})
afterAll(() => provider.close())

function desk(others: Partial<SignInOptions> = {}) {
  const clock = { now: Date.parse('2026-03-02T09:00:00Z') }
  const sessions = memorySessions()
  const faults: string[] = []
  const made = createSignIn({
    ...testClient,
    issuer: provider.issuer,
    redirectUri,
    claims: mapping,
    fetch,
    sessions,
    now: () => clock.now,
    randomBytes: countedBytes(),
    onFault: (code) => faults.push(code),
    ...others,
  })
  if (!made.ok) throw new Error('The desk could not be set up.')
  return { signIn: made.value, sessions, clock, faults }
}

/** What a browser holds of ours. */
const holding = (signIn?: string, session?: string) => ({ signIn, session })

async function begun(signIn: SignIn) {
  const begin = await signIn.begin()
  if (!begin.ok) throw new Error('The sign-in could not begin.')
  return begin.value
}

async function signedIn(signIn: SignIn, person = 'person-1') {
  const { redirect, id } = await begun(signIn)
  const back = await provider.visit(redirect, person)
  const finished = await signIn.finish(back, holding(id))
  if (!finished.ok) throw new Error(finished.problems[0]?.message)
  return finished.value
}

describe('signing in', () => {
  it('brings a person in with the roles that their issuer says they hold', async () => {
    const { signIn } = desk()
    const { caller, id } = await signedIn(signIn)
    expect(caller).toEqual({
      person: 'person-1',
      name: 'Demonstration Chair',
      grants: [chairOfDerby],
      by: 'session',
    })
    expect(await signIn.callerOf(id)).toEqual(caller)
  })

  it('asks the issuer with a code challenge, a state and a nonce, new each time', async () => {
    const { signIn } = desk()
    const asked = async () => new URL((await begun(signIn)).redirect).searchParams
    const [first, second] = [await asked(), await asked()]
    expect(first.get('response_type')).toBe('code')
    expect(first.get('code_challenge_method')).toBe('S256')
    expect(first.get('redirect_uri')).toBe(redirectUri)
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first.get(name)).toMatch(/^[\w-]{43}$/)
      expect(first.get(name)).not.toBe(second.get(name))
    }
  })

  it('lets a person in once with one answer of the issuer', async () => {
    const { signIn } = desk()
    const { redirect, id } = await begun(signIn)
    const back = await provider.visit(redirect, 'person-1')
    expect((await signIn.finish(back, holding(id))).ok).toBe(true)
    expect((await signIn.finish(back, holding(id))).ok).toBe(false)
  })

  it('takes nobody back in another browser than the one they began in', async () => {
    const { signIn } = desk()
    const mine = await begun(signIn)
    const theirs = await begun(signIn)
    const back = await provider.visit(mine.redirect, 'person-1')
    expect((await signIn.finish(back, holding())).ok).toBe(false)
    expect((await signIn.finish(back, holding(theirs.id))).ok).toBe(false)
  })

  it.each([
    ['without its state', (back: URL) => back.searchParams.delete('state')],
    ['with another state', (back: URL) => back.searchParams.set('state', 'x'.repeat(43))],
    ['with another code', (back: URL) => back.searchParams.set('code', 'x'.repeat(43))],
    ['from another issuer', (back: URL) => back.searchParams.set('iss', 'https://evil.example')],
    ['with an error', (back: URL) => back.searchParams.set('error', 'access_denied')],
    [
      'with nothing',
      (back: URL) => {
        back.search = ''
      },
    ],
  ])('takes nobody back %s', async (_, change) => {
    const { signIn, sessions, faults } = desk()
    const { redirect, id } = await begun(signIn)
    const back = new URL(await provider.visit(redirect, 'person-1'))
    change(back)
    const finished = await signIn.finish(back.href, holding(id))
    expect(finished.ok).toBe(false)
    expect(sessions.kept()).toEqual([])
    expect(faults).toHaveLength(1)
  })

  it.each(['nonce', 'codeVerifier'] as const)(
    'takes nobody back where the %s is not the one that was sent',
    async (what) => {
      const { signIn, sessions, faults } = desk()
      const { redirect, id } = await begun(signIn)
      const back = await provider.visit(redirect, 'person-1')
      const [kept] = sessions.kept()
      if (kept?.holds.kind !== 'sign-in') throw new Error('Nothing was begun.')
      await sessions.put({ ...kept, holds: { ...kept.holds, [what]: 'x'.repeat(43) } })
      expect((await signIn.finish(back, holding(id))).ok).toBe(false)
      expect(faults).toHaveLength(1)
    },
  )

  it('takes a person back up to ten minutes after they left', async () => {
    for (const [gone, comesIn] of [
      [minutes(10) - 1, true],
      [minutes(10), false],
    ] as const) {
      const { signIn, clock } = desk()
      const { redirect, id } = await begun(signIn)
      const back = await provider.visit(redirect, 'person-1')
      clock.now += gone
      expect((await signIn.finish(back, holding(id))).ok).toBe(comesIn)
    }
  })

  it('refuses a person who refused, and says how to go on', async () => {
    const { signIn } = desk()
    const { redirect, id } = await begun(signIn)
    const back = await provider.visit(redirect)
    expect(await signIn.finish(back, holding(id))).toEqual({
      ok: false,
      problems: [
        {
          message:
            'The sign-in was refused, took too long, was begun elsewhere or could not be checked.',
          mend: 'Begin again from the sign-in page, in this browser.',
        },
      ],
    })
  })

  it.each([
    ['without a role', 'person-2'],
    ['who claims to be a system', 'person-3'],
    ['of a partnership that we do not have', 'person-4'],
  ])('refuses a person %s', async (_, person) => {
    const { signIn, sessions } = desk()
    await expect(signedIn(signIn, person)).rejects.toThrow(
      'You are signed in, but nothing says what you may do here.',
    )
    expect(sessions.kept()).toEqual([])
  })

  it('brings in whom their issuer calls otherwise than we call anybody', async () => {
    const { signIn } = desk()
    const { caller } = await signedIn(signIn, 'auth0|somebody')
    expect(caller.person).toMatch(/^p1-[0-9a-f]{40}$/)
    expect((await signedIn(signIn, 'auth0|somebody')).caller.person).toBe(caller.person)
  })

  it('does not send a person to their administrator where the issuer names nobody', async () => {
    const { signIn, faults } = desk({ claims: { ...mapping, personClaim: 'staff_number' } })
    await expect(signedIn(signIn)).rejects.toThrow('does not say who you are')
    expect(faults).toEqual(['person'])
  })

  it('tells operators why by a code, and never by what was sent', async () => {
    const { signIn, faults } = desk()
    await signIn.finish('http://127.0.0.1:3000/sign-in/callback?code=jane', holding())
    await expect(signedIn(signIn, 'person-2')).rejects.toThrow()
    const { redirect, id } = await begun(signIn)
    await signIn.finish(await provider.visit(redirect), holding(id))
    expect(faults).toEqual(['not-begun', 'roles', 'OAUTH_AUTHORIZATION_RESPONSE_ERROR'])
  })

  it('tells no code that somebody could have written', async () => {
    for (const [code, told] of [
      ['ECONNREFUSED', 'ECONNREFUSED'],
      ['Jane Doe', 'unreachable'],
      [undefined, 'unreachable'],
    ]) {
      const failed = Object.assign(new TypeError('no answer'), { code })
      const { signIn, faults } = desk({ fetch: () => Promise.reject(failed) })
      await signIn.begin()
      expect(faults).toEqual([told])
    }
  })

  it('refuses an identity whose signature is not of the kind that was agreed', async () => {
    const { signIn, faults } = desk({ idTokenAlgorithm: 'ES256' })
    await expect(signedIn(signIn)).rejects.toThrow('could not be checked')
    expect(faults).toHaveLength(1)
  })

  it('refuses an identity that was changed on the way', async () => {
    const changing =
      (change: (claims: string) => string): typeof fetch =>
      async (url, init) => {
        const answer = await fetch(url, init)
        if (!String(url).endsWith('/token')) return answer
        const body = (await answer.json()) as { id_token: string }
        const [head, claims = '', signature] = body.id_token.split('.')
        const read = Buffer.from(claims, 'base64url').toString()
        const changed = Buffer.from(change(read)).toString('base64url')
        return Response.json({ ...body, id_token: `${head}.${changed}.${signature}` })
      }
    const same = desk({ fetch: changing((claims) => claims) })
    expect((await signedIn(same.signIn)).caller.person).toBe('person-1')
    const other = desk({ fetch: changing((claims) => claims.replace('"derby"', '"west-mercia"')) })
    await expect(signedIn(other.signIn)).rejects.toThrow('could not be checked')
  })

  it('says so while the issuer cannot be reached, and goes on when it can', async () => {
    let down = true
    const { signIn, faults } = desk({
      fetch: (...asked) => (down ? Promise.reject(new TypeError('no answer')) : fetch(...asked)),
    })
    const failed = await signIn.begin()
    expect(failed.ok ? '' : failed.problems[0]?.message).toBe(
      'The service that people sign in with cannot be reached.',
    )
    expect(faults).toHaveLength(1)
    down = false
    expect((await signedIn(signIn)).caller.person).toBe('person-1')
  })

  it.each(['http://issuer.example', 'https://name:password@issuer.example', 'issuer'])(
    'is not set up with the issuer %s',
    (issuer) => {
      expect(() => desk({ issuer })).toThrow()
    },
  )

  it('is not set up to send people back over a connection that others can read', () => {
    expect(() => desk({ redirectUri: 'http://waymark.example/sign-in/callback' })).toThrow()
    expect(() => desk({ redirectUri: 'https://waymark.example/sign-in/callback' })).not.toThrow()
  })
})

describe('a session', () => {
  it('cannot be taken over by somebody who reads the store', async () => {
    const { signIn, sessions } = desk()
    const { id } = await signedIn(signIn)
    expect(id).toHaveLength(43)
    const [kept] = sessions.kept()
    expect(JSON.stringify(kept)).not.toContain(id)
    expect(await signIn.callerOf(kept?.hashedId)).toBeUndefined()
  })

  it('ends a quarter of an hour after it was last used', async () => {
    const { signIn, clock } = desk()
    const { id } = await signedIn(signIn)
    clock.now += minutes(15) - 1
    expect(await signIn.callerOf(id)).toBeDefined()
    clock.now += minutes(15) - 1
    expect(await signIn.callerOf(id)).toBeDefined()
    clock.now += minutes(15)
    expect(await signIn.callerOf(id)).toBeUndefined()
  })

  it('ends after eight hours, however much it is used', async () => {
    const { signIn, clock, sessions } = desk()
    const { id } = await signedIn(signIn)
    for (let passed = 10; passed < 480; passed += 10) {
      clock.now += minutes(10)
      expect(await signIn.callerOf(id)).toBeDefined()
    }
    clock.now += minutes(10) - 1
    expect(await signIn.callerOf(id)).toBeDefined()
    clock.now += 1
    expect(await signIn.callerOf(id)).toBeUndefined()
    expect(sessions.kept()).toEqual([])
  })

  it('ends at once when the person signs out', async () => {
    const { signIn } = desk()
    const { id } = await signedIn(signIn)
    await signIn.end(id)
    expect(await signIn.callerOf(id)).toBeUndefined()
  })

  it('is a new one after each sign-in, and the one before it ends', async () => {
    const { signIn } = desk()
    const before = await signedIn(signIn)
    const { redirect, id } = await begun(signIn)
    const back = await provider.visit(redirect, 'person-1')
    const after = await signIn.finish(back, holding(id, before.id))
    expect(after.ok).toBe(true)
    expect(await signIn.callerOf(before.id)).toBeUndefined()
  })

  it('is nobody’s with no id, a made-up one, or the one of a sign-in begun', async () => {
    const { signIn } = desk()
    const { id } = await signedIn(signIn)
    for (const none of [undefined, '', 'x'.repeat(43), (await begun(signIn)).id])
      expect(await signIn.callerOf(none)).toBeUndefined()
    expect(await signIn.callerOf(id)).toBeDefined()
  })
})

describe('sign-ins that have begun', () => {
  it('are a thousand at most, and the next may begin when the first have ended', async () => {
    const { signIn, sessions, clock, faults } = desk()
    for (let i = 0; i < mostWaiting; i += 1) await begun(signIn)
    const over = await signIn.begin()
    expect(over.ok ? '' : over.problems[0]?.message).toBe(
      'Too many people are signing in at this moment.',
    )
    expect([sessions.kept().length, faults]).toEqual([1_000, ['too-many-waiting']])
    clock.now += sessionTimes.signIn - 1
    expect((await signIn.begin()).ok).toBe(false)
    clock.now += 1
    expect((await signIn.begin()).ok).toBe(true)
    expect(sessions.kept()).toHaveLength(1)
  })

  it('do not count those who are signed in', async () => {
    const { signIn, sessions } = desk()
    await signedIn(signIn)
    const [session] = sessions.kept()
    if (session?.holds.kind !== 'session') throw new Error('Nobody is signed in.')
    for (let i = 0; i < mostWaiting; i += 1)
      await sessions.put({ ...session, hashedId: `other-${i}` })
    expect((await signIn.begin()).ok).toBe(true)
    expect(sessions.kept()).toHaveLength(mostWaiting + 2)
  })

  it('take along what has ended of sessions, and leave what has not', async () => {
    const { signIn, sessions, clock } = desk()
    const { id } = await signedIn(signIn)
    clock.now += sessionTimes.idle - 1
    await begun(signIn)
    expect(await signIn.callerOf(id)).toBeDefined()
    clock.now += sessionTimes.idle
    await begun(signIn)
    expect(sessions.kept().map(({ holds }) => holds.kind)).toEqual(['sign-in'])
  })
})

it('of two who come back with the same sign-in at once, one is let in', async () => {
  const sessions = createSessions({
    store: memorySessions(),
    now: () => 0,
    randomBytes: countedBytes(),
  })
  const id = await sessions.begin({ state: 'a', nonce: 'b', codeVerifier: 'c' })
  expect(id).toBeDefined()
  const taken = await Promise.all([sessions.take(id), sessions.take(id)])
  expect(taken.filter((pending) => pending !== undefined)).toHaveLength(1)
})

it('a token that the issuer gives a system lets that system in', async () => {
  const bearer = createBearer({
    issuer: provider.issuer,
    audience: testAudience,
    clientId: testClient.clientId,
    keys: { jwksUri: `${provider.issuer}/jwks` },
    claims: mapping,
    fetch,
    now: Date.now,
  })
  if (!bearer.ok) throw new Error('The bearer could not be set up.')
  const token = await provider.systemToken()
  expect(await bearer.value.verify(`Bearer ${token}`)).toEqual({
    person: testSystem.clientId,
    grants: systemsRoles,
    by: 'bearer',
  })
})
