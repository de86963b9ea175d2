import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createDesk } from '../../src/access/desk.ts'
import { personIdOf } from '../../src/access/person-id.ts'
import { agencies } from '../../src/domain/lists.ts'
import { personRoles } from '../../src/domain/roles.ts'
import { signInShapes } from '../../src/sign-in-settings.ts'
import { audience, clientId, forge, issuer, jwks, now } from '../access/forge.ts'
import { memorySessions } from '../access/memory-stores.ts'
import { realPolicy } from '../support/real-rules.ts'

const page = readFileSync('docs/sign-in.md', 'utf8')
const words = new Set([...page.matchAll(/`([^`\n]+)`/g)].map(([, word]) => word))
const example = JSON.parse(/```json\n(.*?)```/s.exec(page)?.[1] ?? '') as {
  sub: string
  waymark_roles: unknown[]
}

/** Who calls with a token that holds what the page shows, where the service knows the real rules. */
async function callerWith(claims: Record<string, unknown>, described = issuer) {
  const desk = createDesk({
    issuer,
    audience,
    clientId,
    address: 'https://waymark.example',
    rolesClaim: 'waymark_roles',
    partnerships: Object.values(realPolicy().partnerships),
    sessions: memorySessions(),
    fetch: async (address) =>
      Response.json(
        String(address).endsWith('/jwks')
          ? jwks
          : { issuer: described, jwks_uri: `${issuer}/jwks` },
      ),
    now: () => now,
    randomBytes: (size) => new Uint8Array(size),
  })
  if (!desk.ok) throw new Error(desk.problems[0]?.message)
  return desk.value.bearer.verify(`Bearer ${forge({ claims })}`)
}

describe('docs/sign-in.md', () => {
  it('names each setting, role and agency', () => {
    for (const word of [...Object.keys(signInShapes), ...personRoles, 'service', ...agencies])
      expect([word, words.has(word)]).toEqual([word, true])
  })

  it('names each code that tokens and keys are refused with', () => {
    const sources = ['tokens', 'token-purpose', 'claims', 'service-keys', 'sign-in']
    const text = sources.map((name) => readFileSync(`src/access/${name}.ts`, 'utf8')).join('\n')
    const types =
      /export type (?:TokenFault|WrongPurpose|UnfitClaims|ServiceKeyFault) =(.*?)(?=\n\n)/gs
    const codes = [...text.matchAll(types)].flatMap(([, type = '']) =>
      [...type.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code),
    )
    expect(codes.length).toBeGreaterThan(12)
    for (const code of [...codes, 'not-begun', 'too-many-waiting', 'unreachable'])
      expect([code, words.has(code ?? '')]).toEqual([code, true])
  })

  it('shows claims that let somebody in, with what they say', async () => {
    expect(await callerWith(example)).toMatchObject({
      person: example.sub,
      grants: expect.arrayContaining([
        { role: 'clinic-chair', agency: 'chair', partnership: 'derby' },
        {
          role: 'team-leader',
          agency: 'youth-justice',
          partnership: 'derbyshire',
          area: 'high-peak',
        },
        { role: 'auditor', agency: 'partnership', partnership: 'derby' },
        { role: 'auditor', agency: 'partnership', partnership: 'derbyshire' },
      ]),
    })
  })

  it('is right that a description of another issuer is not used', async () => {
    expect(await callerWith(example, `${issuer}/`)).toBe('unavailable')
  })

  it('shows words that say the same as objects do', async () => {
    const inWords = [...words].filter((word) => /^[a-z-]+(?:\/[a-z-]+){2,3}$/.test(word ?? ''))
    expect(inWords).toHaveLength(2)
    expect(await callerWith({ ...example, waymark_roles: inWords })).toMatchObject({
      grants: example.waymark_roles.slice(0, 2),
    })
  })

  it('says which subjects stay as they are', () => {
    expect(personIdOf(issuer, example.sub)).toBe(example.sub)
    for (const subject of ['auth0|507f1f77bcf86cd799439020', 'f:x1:jdoe', 'AAAAbbtaQ1'])
      expect(personIdOf(issuer, subject)).toMatch(/^p1-[0-9a-f]{40}$/)
  })
})
