import { describe, expect, it } from 'vitest'
import { createBearer, type TokenFault } from '../../src/access/tokens.ts'
import { type Careless, careless } from './careless.ts'
import {
  attacker,
  audience,
  clientId,
  forge,
  goodClaims,
  goodRole,
  issuer,
  jwks,
  now,
  privateKeys,
  publicKeys,
  seconds,
} from './forge.ts'

function verifier() {
  const faults: TokenFault[] = []
  const bearer = createBearer({
    issuer,
    audience,
    clientId,
    longestLife: 600,
    keys: { jwks: async () => jwks },
    algorithms: ['RS256', 'ES256'],
    claims: {
      rolesClaim: 'waymark_roles',
      partnerships: ['derby', 'west-mercia'],
      forces: { 'derbyshire-constabulary': ['derby'] },
    },
    fetch,
    now: () => now,
    onRefused: (fault) => faults.push(fault),
  })
  if (!bearer.ok) throw new Error('The bearer could not be set up.')
  return { verify: bearer.value.verify, faults }
}

const dup = (json: unknown, more: string) => JSON.stringify(json).replace(/^\{/, `{${more},`)
const head = { alg: 'RS256', kid: 'rsa-1', typ: 'at+jwt' }
const publicPem = publicKeys['rsa-1'].export({ type: 'spki', format: 'pem' }).toString()
const jwk = attacker.publicKey.export({ format: 'jwk' })
const roles = (...waymark_roles: unknown[]) => forge({ claims: { waymark_roles } })
const one = (change: Record<string, unknown>) => roles({ ...goodRole, ...change })
const claims = (change: Record<string, unknown>) => forge({ claims: change })
const header = (change: Record<string, unknown>) => forge({ header: change })
const good = forge()
const [goodHead, goodBody, goodSignature] = good.split('.')
const otherBody = forge({ claims: { sub: 'person-2' } }).split('.')[1]

const decodes: Careless[] = ['decodes only']
const both: Careless[] = ['decodes only', 'believes the header']

/** What it is; the token; why it is refused; which careless verifiers take it. */
const forged: [string, string, TokenFault, Careless[]][] = [
  [
    'no algorithm, no signature',
    forge({ header: { alg: 'none' }, signature: '' }),
    'not-a-token',
    both,
  ],
  [
    'no algorithm, some signature',
    forge({ header: { alg: 'none' }, signature: 'eA' }),
    'header',
    both,
  ],
  [
    'no algorithm in odd letters',
    forge({ header: { alg: 'nOnE' }, signature: 'eA' }),
    'header',
    both,
  ],
  [
    'the public key as a shared secret',
    forge({ header: { alg: 'HS256' }, key: publicPem }),
    'header',
    both,
  ],
  [
    'a guessed shared secret',
    forge({ header: { alg: 'HS256' }, key: 'secret' }),
    'header',
    decodes,
  ],
  ['an algorithm that is not accepted', header({ alg: 'RS384' }), 'header', both],
  [
    'an algorithm that this issuer does not use',
    forge({ header: { alg: 'EdDSA', kid: 'ed-1' }, key: privateKeys['ed-1'] }),
    'algorithm',
    both,
  ],
  ['an algorithm that does not fit the key', header({ kid: 'ec-1' }), 'unknown-key', decodes],
  [
    'an algorithm that is a list',
    forge({ header: { alg: ['RS256'] }, signature: 'eA' }),
    'header',
    decodes,
  ],
  [
    'claims changed after signing',
    `${goodHead}.${otherBody}.${goodSignature}`,
    'signature-or-claims',
    decodes,
  ],
  ['no signature', `${goodHead}.${goodBody}.`, 'not-a-token', decodes],
  ['half a token', `${goodHead}.${goodBody}`, 'not-a-token', decodes],
  [
    'somebody else’s signature',
    forge({ key: attacker.privateKey }),
    'signature-or-claims',
    decodes,
  ],
  [
    'a signature of zeros',
    forge({
      header: { alg: 'ES256', kid: 'ec-1' },
      signature: Buffer.alloc(64).toString('base64url'),
    }),
    'signature-or-claims',
    decodes,
  ],
  [
    'a key of the issuer that is too short',
    forge({ header: { kid: 'rsa-weak-1' }, key: privateKeys['rsa-weak-1'] }),
    'signature-or-claims',
    both,
  ],
  ['a key of its own', forge({ header: { jwk }, key: attacker.privateKey }), 'header', both],
  ['an address of keys', header({ jku: 'https://evil.example/keys' }), 'header', both],
  ['an address of a certificate', header({ x5u: 'https://evil.example/it' }), 'header', both],
  ['a certificate', header({ x5c: ['MIIB'] }), 'header', both],
  ['something critical that we do not know', header({ crit: ['exp2'], exp2: 1 }), 'header', both],
  ['claims that are not encoded', header({ crit: ['b64'], b64: false }), 'header', both],
  ['claims that are said to be compressed', header({ zip: 'DEF' }), 'header', both],
  ['a header with one more key', header({ admin: true }), 'header', both],
  ['no key id', header({ kid: undefined }), 'header', both],
  ['a key id that nobody has', header({ kid: 'rsa-2' }), 'unknown-key', decodes],
  ['a key id that is a path', header({ kid: '../../dev/null' }), 'unknown-key', decodes],
  ['a key id that every object has', header({ kid: 'constructor' }), 'unknown-key', decodes],
  ['a key id that is a number', header({ kid: 1 }), 'header', decodes],
  ['the type of a sign-out message', header({ typ: 'logout+jwt' }), 'header', both],
  ['the type of a proof', header({ typ: 'dpop+jwt' }), 'header', both],
  ['another issuer', claims({ iss: 'https://evil.example' }), 'signature-or-claims', both],
  ['an issuer with one stroke more', claims({ iss: `${issuer}/` }), 'signature-or-claims', both],
  ['no issuer', claims({ iss: undefined }), 'signature-or-claims', both],
  ['another audience', claims({ aud: 'urn:other' }), 'signature-or-claims', both],
  [
    'an audience that begins like ours',
    claims({ aud: `${audience}:more` }),
    'signature-or-claims',
    both,
  ],
  ['no audience', claims({ aud: undefined }), 'signature-or-claims', both],
  [
    'an end that is over',
    claims({ iat: seconds - 631, exp: seconds - 31 }),
    'signature-or-claims',
    both,
  ],
  ['no end', claims({ exp: undefined }), 'signature-or-claims', both],
  ['an end in words', claims({ exp: 'never' }), 'signature-or-claims', both],
  ['a life that is too long', claims({ exp: seconds + 601 }), 'lifetime', both],
  [
    'an end before its beginning',
    claims({ iat: seconds + 20, exp: seconds + 10 }),
    'lifetime',
    both,
  ],
  ['no beginning', claims({ iat: undefined }), 'signature-or-claims', both],
  ['a beginning to come', claims({ iat: seconds + 31 }), 'signature-or-claims', both],
  ['a time that it is not good before', claims({ nbf: seconds + 31 }), 'signature-or-claims', both],
  ['nobody', claims({ sub: undefined }), 'signature-or-claims', both],
  ['no name for anybody', claims({ sub: '' }), 'person', both],
  ['blanks for a person', claims({ sub: '  ' }), 'person', both],
  [
    'a person of more letters than any issuer gives',
    claims({ sub: 'x1'.repeat(128) }),
    'person',
    both,
  ],
  ['a person in letters that no issuer uses', claims({ sub: 'persön-1' }), 'person', both],
  ['a person with a null byte', claims({ sub: 'person-1\u0000' }), 'person', both],
  ['a person who is a number', claims({ sub: 7 }), 'person', both],
  ['a person who is a list', claims({ sub: ['person-1'] }), 'person', both],
  ['a nonce, as ID tokens hold', claims({ nonce: 'n' }), 'kind', both],
  ['a nonce of nothing', claims({ nonce: null }), 'kind', both],
  ['the hash of an access token', claims({ at_hash: 'h' }), 'kind', both],
  ['the hash of a code', claims({ c_hash: 'h' }), 'kind', both],
  ['the hash of a state', claims({ s_hash: 'h' }), 'kind', both],
  [
    'what a sign-out message tells of',
    claims({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} }, sid: 's' }),
    'kind',
    both,
  ],
  [
    'a session that is over and nobody in it',
    claims({ sub: undefined, sid: 's' }),
    'signature-or-claims',
    both,
  ],
  ['a key that its holder must prove', claims({ cnf: { jkt: 'k' } }), 'kind', both],
  ['the word of Keycloak for ID tokens', claims({ typ: 'ID' }), 'kind', both],
  ['the word of Keycloak for renewing', claims({ typ: 'Refresh' }), 'kind', both],
  ['several services, given to nobody', claims({ aud: [audience, 'evil'] }), 'party', both],
  [
    'several services, given to another',
    claims({ aud: ['evil', audience], azp: 'evil-client' }),
    'party',
    both,
  ],
  [
    'several services, given to us and to another',
    claims({ aud: ['evil', audience], azp: clientId, client_id: 'evil-client' }),
    'party',
    both,
  ],
  ['no roles', claims({ waymark_roles: undefined }), 'roles', both],
  ['an empty list of roles', roles(), 'roles', both],
  ['roles as an object', claims({ waymark_roles: goodRole }), 'roles', both],
  ['roles as a text', claims({ waymark_roles: JSON.stringify([goodRole]) }), 'roles', both],
  ['a role within a list within the list', roles([goodRole]), 'roles', both],
  ['a role that we do not have', one({ role: 'superuser' }), 'roles', both],
  ['a role that every object has', one({ role: 'constructor' }), 'roles', both],
  ['the role of the program itself', one({ role: 'sweeper' }), 'roles', both],
  ['a role that is a list', one({ role: ['clinic-chair'] }), 'roles', both],
  ['an agency that we do not have', one({ agency: 'press' }), 'roles', both],
  ['a role with one more key', one({ closedOnly: false }), 'roles', both],
  ['one good role and one bad', roles(goodRole, { ...goodRole, partnership: '*' }), 'roles', both],
  ['more roles than anybody has', roles(...Array(51).fill(goodRole)), 'roles', both],
  ['every partnership', one({ partnership: '*' }), 'roles', both],
  ['a partnership as a pattern', one({ partnership: 'der.*' }), 'roles', both],
  ['a partnership that looks like ours', one({ partnership: 'd\u0435rby' }), 'roles', both],
  ['a partnership in full-width letters', one({ partnership: 'ｄerby' }), 'roles', both],
  ['a partnership with a null byte', one({ partnership: 'derby\u0000' }), 'roles', both],
  ['a partnership with a space', one({ partnership: 'derby ' }), 'roles', both],
  ['a partnership in capitals', one({ partnership: 'DERBY' }), 'roles', both],
  ['a partnership that we do not have', one({ partnership: 'atlantis' }), 'roles', both],
  ['two partnerships in one', one({ partnership: ['derby', 'west-mercia'] }), 'roles', both],
  ['no partnership', one({ partnership: undefined }), 'roles', both],
  ['a role as a word with too little in it', roles('clinic-chair/chair'), 'roles', both],
  ['a role as a word with too much', roles('clinic-chair/chair/derby/north/1'), 'roles', both],
  ['a role as a word with no area in it', roles('clinic-chair/chair/derby/'), 'roles', both],
  ['a role as a word for everywhere', roles('clinic-chair/chair/*'), 'roles', both],
  ['every area', one({ area: '*' }), 'roles', both],
  ['an area of nothing', one({ area: null }), 'roles', both],
  ['a partnership and a force', one({ force: 'derbyshire-constabulary' }), 'roles', both],
  [
    'a force that we do not have',
    one({ partnership: undefined, force: 'everywhere' }),
    'roles',
    both,
  ],
  [
    'a force that every object has',
    one({ partnership: undefined, force: 'constructor' }),
    'roles',
    both,
  ],
  [
    'a claim that stands twice',
    forge({ claims: dup(goodClaims, '"sub":"person-2"') }),
    'not-a-token',
    both,
  ],
  [
    'a key of a role that stands twice',
    forge({
      claims: JSON.stringify(goodClaims).replace('"role":', '"partnership":"west-mercia","role":'),
    }),
    'not-a-token',
    both,
  ],
  [
    'a key of the header that stands twice',
    forge({ header: dup(head, '"alg":"none"') }),
    'header',
    both,
  ],
  [
    'a prototype of its own',
    forge({ claims: JSON.stringify(goodClaims).replace('"role":', '"__proto__":{},"role":') }),
    'not-a-token',
    both,
  ],
  ['claims that are no JSON', forge({ claims: 'claims' }), 'not-a-token', []],
  ['more than eight thousand letters', claims({ filling: 'x'.repeat(8192) }), 'too-long', both],
  ['five parts, as if encrypted', `${good}.eA.eA`, 'not-a-token', both],
  ['filling at its end', `${good}==`, 'not-a-token', both],
]

describe('a token with', () => {
  it.each(forged)('%s is refused', async (_, token, fault) => {
    const { verify, faults } = verifier()
    expect(await verify(`Bearer ${token}`)).toBe('refused')
    expect(faults).toEqual([fault])
    expect(await verify(`Bearer ${good}`)).toMatchObject({ person: 'person-1' })
  })

  it.each(forged)(
    '%s is taken by the careless verifiers that it is made for',
    (_, token, __, by) => {
      const takenBy = Object.entries(careless).filter(([, takes]) => takes(token))
      expect(takenBy.map(([name]) => name).sort()).toEqual([...by].sort())
    },
  )

  it('nearly every one of these faults fools somebody, and most fool a checked signature', () => {
    const fooled = (by: Careless) => forged.filter(([, , , names]) => names.includes(by)).length
    expect(forged.length).toBeGreaterThanOrEqual(80)
    expect(fooled('decodes only')).toBe(forged.length - 1)
    expect(fooled('believes the header') / forged.length).toBeGreaterThan(0.75)
  })
})

it.each([
  ['two tokens', `Bearer ${good}, Bearer ${good}`],
  ['two tokens with one scheme', `Bearer ${good} ${good}`],
  ['no token', 'Bearer '],
  ['nothing', ''],
  ['a token without its scheme', good],
  ['a name and a password', 'Basic amFuZTpzZWNyZXQ='],
  ['a demonstration person', 'Demonstration chair-1'],
  ['a service key', `Bearer wmk_0123456789abcdef_${'a'.repeat(64)}`],
  ['a line break after the token', `Bearer ${good}\n`],
  ['two spaces', `Bearer  ${good}`],
])('a header with %s is refused', async (_, authorization) => {
  expect(await verifier().verify(authorization)).toBe('refused')
})

it('a request without a header is nobody’s, and is told apart from a bad one', async () => {
  expect(await verifier().verify(undefined)).toBe('absent')
})
