import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** Makes tokens, good and bad, without a library that would refuse to make the bad ones. */

export const now = Date.parse('2026-03-02T09:00:00Z')
export const seconds = Math.floor(now / 1000)
export const issuer = 'https://issuer.example'
export const audience = 'urn:waymark:test'
/** Our own client, whose ID tokens are none to call us with. */
export const clientId = 'waymark-1'

export const goodRole = { role: 'clinic-chair', agency: 'chair', partnership: 'derby' }
export const goodClaims = {
  iss: issuer,
  aud: audience,
  sub: 'person-1',
  iat: seconds,
  nbf: seconds,
  exp: seconds + 600,
  waymark_roles: [goodRole],
}

const rsa = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength })
const pair = {
  'rsa-1': rsa(),
  'rsa-weak-1': rsa(1024),
  'ec-1': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'ed-1': generateKeyPairSync('ed25519'),
}
export const attacker = rsa()
export type KeyId = keyof typeof pair
export const privateKeys = Object.fromEntries(
  Object.entries(pair).map(([kid, { privateKey }]) => [kid, privateKey]),
) as Record<KeyId, KeyObject>
export const publicKeys = Object.fromEntries(
  Object.entries(pair).map(([kid, { publicKey }]) => [kid, publicKey]),
) as Record<KeyId, KeyObject>

/** What the issuer publishes. */
export const jwks = {
  keys: Object.entries(publicKeys).map(([kid, key]) => ({ ...key.export({ format: 'jwk' }), kid })),
}

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Signs as the header says, or leaves the signature to the caller. */
export function signature(alg: string, text: string, key: KeyObject | string): string {
  if (typeof key === 'string') return createHmac('sha256', key).update(text).digest('base64url')
  if (alg === 'EdDSA') return sign(null, Buffer.from(text), key).toString('base64url')
  const digest = `sha${alg.slice(2)}`
  return alg.startsWith('ES')
    ? sign(digest, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
    : sign(digest, Buffer.from(text), key).toString('base64url')
}

type Forged = {
  header?: Record<string, unknown> | string
  claims?: Record<string, unknown> | string
  key?: KeyObject | string
  signature?: string
}

/** A token that is good but for what is given. */
export function forge({ header = {}, claims = {}, key, signature: given }: Forged = {}): string {
  const whole = { alg: 'RS256', kid: 'rsa-1', typ: 'at+jwt' }
  const head = typeof header === 'string' ? header : { ...whole, ...header }
  const body = typeof claims === 'string' ? claims : { ...goodClaims, ...claims }
  const text = `${part(head)}.${part(body)}`
  const alg = typeof head === 'string' ? 'RS256' : String(head.alg)
  return `${text}.${given ?? signature(alg, text, key ?? privateKeys['rsa-1'])}`
}
