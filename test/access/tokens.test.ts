import { describe, expect, it } from 'vitest'
import { type BearerOptions, createBearer } from '../../src/access/tokens.ts'
import {
  audience,
  clientId,
  forge,
  goodRole,
  issuer,
  jwks,
  now,
  privateKeys,
  seconds,
} from './forge.ts'

const minutes = (count: number) => count * 60_000

function bearer(others: Partial<BearerOptions> = {}) {
  const world = { now, keys: jwks.keys, down: false, fetched: 0 }
  const made = createBearer({
    issuer,
    audience,
    clientId,
    keys: {
      async jwks() {
        world.fetched += 1
        if (world.down) throw new Error('The issuer does not answer.')
        return { keys: world.keys }
      },
    },
    claims: { rolesClaim: 'waymark_roles', partnerships: ['derby', 'derbyshire', 'west-mercia'] },
    fetch,
    now: () => world.now,
    ...others,
  })
  if (!made.ok) throw new Error(made.problems[0]?.message)
  return { world, verify: (token: string) => made.value.verify(`Bearer ${token}`) }
}

/** A good token as of any instant. */
const goodAt = (instant: number, kid: 'rsa-1' | 'ec-1' = 'rsa-1') => {
  const iat = Math.floor(instant / 1000)
  const alg = kid === 'rsa-1' ? 'RS256' : 'ES256'
  const claims = { iat, nbf: iat, exp: iat + 600 }
  return forge({ header: { kid, alg }, claims, key: privateKeys[kid] })
}
const person = { person: 'person-1', by: 'bearer' }

describe('a good token', () => {
  it.each([
    ['RS256', 'rsa-1'],
    ['PS256', 'rsa-1'],
    ['ES256', 'ec-1'],
    ['EdDSA', 'ed-1'],
  ] as const)('may be signed with %s', async (alg, kid) => {
    const { SignJWT } = await import('jose')
    const token = await new SignJWT({ waymark_roles: [goodRole], sub: 'person-1', azp: clientId })
      .setProtectedHeader({ alg, kid, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience([audience, 'urn:other'])
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 300)
      .sign(privateKeys[kid])
    expect(await bearer().verify(token)).toEqual({ ...person, grants: [goodRole] })
  })

  it.each(['at+jwt', 'AT+JWT', 'JWT', 'application/at+jwt'])('may be of type %s', async (typ) => {
    expect(await bearer().verify(forge({ header: { typ } }))).toMatchObject(person)
  })

  it('holds until half a minute after its end, for clocks that differ', async () => {
    const ends = { iat: seconds - 600 + 1, exp: seconds - 29 }
    expect(await bearer().verify(forge({ claims: ends }))).toMatchObject(person)
    expect(await bearer().verify(forge({ claims: { ...ends, exp: seconds - 30 } }))).toBe('refused')
  })

  it('may have begun half a minute from now, for clocks that differ', async () => {
    const begins = (late: number) =>
      forge({ claims: { iat: seconds + late, nbf: seconds + late, exp: seconds + 300 } })
    expect(await bearer().verify(begins(30))).toMatchObject(person)
    expect(await bearer().verify(begins(31))).toBe('refused')
  })

  it.each([
    ['an hour', 3600, {}],
    ['as long as is set', 300, { longestLife: 300 }],
    ['as long as is set', 7200, { longestLife: 7200 }],
  ])('lasts %s at most', async (_, most, set) => {
    const lasts = (life: number) => forge({ claims: { exp: seconds + life } })
    expect(await bearer(set).verify(lasts(most))).toMatchObject(person)
    expect(await bearer(set).verify(lasts(most + 1))).toBe('refused')
  })

  it('need not say its type where ID tokens are for somebody else than we are', async () => {
    const untyped = forge({ header: { typ: undefined } })
    expect(await bearer().verify(untyped)).toMatchObject(person)
    expect(await bearer({ clientId: audience }).verify(untyped)).toBe('refused')
  })

  it('says that it is an access token where ID tokens are for the same name', async () => {
    const { verify } = bearer({ clientId: audience })
    for (const typ of ['at+jwt', 'application/at+jwt'])
      expect(await verify(forge({ header: { typ } }))).toMatchObject(person)
    for (const typ of ['JWT', 'application/jwt', 'jwt'])
      expect(await verify(forge({ header: { typ } }))).toBe('refused')
  })

  it.each([
    ['azp', { azp: clientId }],
    ['client_id', { client_id: clientId }],
    ['both', { azp: clientId, client_id: clientId }],
  ])('may be for several services where %s says it was given to our client', async (_, party) => {
    const aud = [audience, 'urn:other']
    expect(await bearer().verify(forge({ claims: { aud, ...party } }))).toMatchObject(person)
  })

  it('may be given to any client where it is for us alone', async () => {
    for (const aud of [audience, [audience]])
      expect(await bearer().verify(forge({ claims: { aud, azp: 'records-1' } }))).toMatchObject(
        person,
      )
  })

  it('may hold a session, and the word of Keycloak for access tokens', async () => {
    const claims = { sid: 'session-1', typ: 'Bearer' }
    expect(await bearer().verify(forge({ claims }))).toMatchObject(person)
  })

  it('keeps a name that can be read, and drops one that cannot', async () => {
    const named = (name: unknown) => bearer().verify(forge({ claims: { name } }))
    expect(await named('Demonstration Chair')).toMatchObject({ name: 'Demonstration Chair' })
    for (const name of ['a\u202eb', 'a\nb', '', 'x'.repeat(101), ['a']])
      expect(await named(name)).not.toHaveProperty('name')
  })
})

describe('what a token says of roles', () => {
  const mapped = (waymark_roles: unknown, claims: Partial<BearerOptions['claims']> = {}) =>
    bearer({
      claims: {
        rolesClaim: 'waymark_roles',
        partnerships: ['derby', 'derbyshire', 'west-mercia'],
        forces: {
          'derbyshire-constabulary': ['derby', 'derbyshire'],
          'lost-constabulary': ['derby', 'atlantis'],
          'empty-constabulary': [],
        },
        ...claims,
      },
    }).verify(forge({ claims: { waymark_roles } }))

  it('covers each partnership of a force where it names the force', async () => {
    const held = { role: 'police-decision-maker', agency: 'police' }
    expect(await mapped([{ ...held, force: 'derbyshire-constabulary' }])).toMatchObject({
      grants: [
        { ...held, partnership: 'derby' },
        { ...held, partnership: 'derbyshire' },
      ],
    })
  })

  it.each(['lost-constabulary', 'empty-constabulary', 'west-mercia'])(
    'covers nothing where the force is %s, whose partnerships are not all known',
    async (force) => {
      expect(await mapped([{ role: 'auditor', agency: 'police', force }])).toBe('refused')
    },
  )

  it('covers one area where it names the area', async () => {
    const grant = { ...goodRole, area: 'city-centre' }
    expect(await mapped([grant])).toMatchObject({ grants: [grant] })
  })

  it('is read in the issuer’s own words where these are configured, and then in no others', async () => {
    const roles = { 'YJ Chair': 'clinic-chair' } as const
    const theirs = [{ ...goodRole, role: 'YJ Chair' }]
    expect(await mapped(theirs, { roles })).toMatchObject({ grants: [goodRole] })
    expect(await mapped([goodRole], { roles })).toBe('refused')
    expect(await mapped(theirs)).toBe('refused')
  })

  it('may be that the caller is a system', async () => {
    const service = { role: 'service', agency: 'police', partnership: 'derby' }
    expect(await mapped([service])).toMatchObject({ grants: [service] })
  })

  it('may stand in a claim of another name, as may the person', async () => {
    const { verify } = bearer({
      claims: {
        rolesClaim: 'https://roles.example/it',
        personClaim: 'staff_number',
        partnerships: ['derby'],
      },
    })
    const claims = { staff_number: 'staff-7', 'https://roles.example/it': [goodRole] }
    expect(await verify(forge({ claims }))).toMatchObject({ person: 'staff-7' })
    expect(await verify(forge())).toBe('refused')
  })

  it('may be a word each, for issuers that list no objects', async () => {
    expect(await mapped(['clinic-chair/chair/derby'])).toMatchObject({ grants: [goodRole] })
    expect(await mapped(['auditor/partnership/derby/north', goodRole])).toMatchObject({
      grants: [
        { role: 'auditor', agency: 'partnership', partnership: 'derby', area: 'north' },
        goodRole,
      ],
    })
    const roles = { Chair: 'clinic-chair' } as const
    expect(await mapped(['Chair/chair/derby'], { roles })).toMatchObject({ grants: [goodRole] })
  })
})

describe('the issuer’s keys', () => {
  it('are fetched once for many tokens', async () => {
    const { world, verify } = bearer()
    await Promise.all(Array.from({ length: 20 }, () => verify(forge())))
    expect(world.fetched).toBe(1)
  })

  it('are fetched again for a key that is new, once in half a minute at most', async () => {
    const { world, verify } = bearer()
    world.keys = jwks.keys.filter(({ kid }) => kid !== 'ec-1')
    expect(await verify(forge())).toMatchObject(person)
    world.keys = jwks.keys
    world.now += 29_999
    for (let tries = 0; tries < 10; tries += 1)
      expect(await verify(goodAt(world.now, 'ec-1'))).toBe('refused')
    expect(world.fetched).toBe(1)
    world.now += 1
    expect(await verify(goodAt(world.now, 'ec-1'))).toMatchObject(person)
    expect(world.fetched).toBe(2)
  })

  it('stop serving within ten minutes of being withdrawn', async () => {
    const { world, verify } = bearer()
    await verify(forge())
    world.keys = jwks.keys.filter(({ kid }) => kid !== 'rsa-1')
    world.now += minutes(10) - 1
    expect(await verify(goodAt(world.now))).toMatchObject(person)
    world.now += 1
    expect(await verify(goodAt(world.now))).toBe('refused')
  })

  it('serve for an hour while the issuer does not answer, and then nobody comes in', async () => {
    const { world, verify } = bearer()
    await verify(forge())
    world.down = true
    world.now += minutes(60)
    expect(await verify(goodAt(world.now))).toMatchObject(person)
    world.now += 1
    expect(await verify(goodAt(world.now))).toBe('unavailable')
    world.down = false
    world.now += 30_000
    expect(await verify(goodAt(world.now))).toMatchObject(person)
  })

  it('let nobody in where they could never be fetched, and are not asked for each time', async () => {
    const faults: string[] = []
    const { world, verify } = bearer({ onRefused: (fault) => faults.push(fault) })
    world.down = true
    expect(await verify(forge())).toBe('unavailable')
    expect(await verify(forge())).toBe('unavailable')
    expect(world.fetched).toBe(1)
    expect(faults).toEqual(['keys-unavailable', 'keys-unavailable'])
  })

  it('leave open whether a new key is good while the issuer does not answer', async () => {
    const { world, verify } = bearer()
    world.keys = jwks.keys.filter(({ kid }) => kid !== 'ec-1')
    await verify(forge())
    world.down = true
    world.now += 30_000
    expect(await verify(goodAt(world.now, 'ec-1'))).toBe('unavailable')
    expect(await verify(goodAt(world.now))).toMatchObject(person)
  })

  it.each([
    ['is no list', null],
    ['holds no keys', {}],
    ['holds keys that are none', { keys: [1] }],
  ])('let nobody in where what is published %s', async (_, published) => {
    const { verify } = bearer({ keys: { jwks: async () => published } })
    expect(['unavailable', 'refused']).toContain(await verify(forge()))
  })

  it('let nobody in where two have one id, or one is written wrongly', async () => {
    const [first] = jwks.keys
    for (const keys of [
      [first, first],
      [{ ...first, n: 'not a number' }],
      [{ ...first, use: 'enc' }],
      [{ kty: 'oct', kid: 'rsa-1', k: 'c2VjcmV0' }],
    ]) {
      const { verify } = bearer({ keys: { jwks: async () => ({ keys }) } })
      expect(await verify(forge())).toBe('refused')
    }
  })

  it('come from the address that is configured, without redirects', async () => {
    const asked: unknown[] = []
    const { verify } = bearer({
      keys: { jwksUri: 'https://issuer.example/jwks' },
      fetch: async (...given) => {
        asked.push(...given)
        return Response.json(jwks)
      },
    })
    expect(await verify(forge())).toMatchObject(person)
    expect(asked).toEqual([
      'https://issuer.example/jwks',
      expect.objectContaining({ redirect: 'error' }),
    ])
  })

  it('are not taken from an answer that is an error', async () => {
    const { verify } = bearer({
      keys: { jwksUri: 'https://issuer.example/jwks' },
      fetch: async () => Response.json(jwks, { status: 500 }),
    })
    expect(await verify(forge())).toBe('unavailable')
  })

  it.each([
    'http://issuer.example/jwks',
    'file:///etc/passwd',
    'jwks',
    'https://a:b@issuer.example',
  ])('are not fetched from %s', (jwksUri) => {
    expect(() => bearer({ keys: { jwksUri } })).toThrow(/The address of the keys/)
  })
})
