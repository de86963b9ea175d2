import { type CryptoKey, errors, type JWTPayload, jwtVerify } from 'jose'
import { fine, type Result, refuse } from '../domain/problem.ts'
import type { Caller } from './caller.ts'
import { type ClaimsMapping, readClaims, type UnfitClaims } from './claims.ts'
import { unsafeAddress } from './issuer-address.ts'
import { createKeys, type FetchKeys, type Keys } from './keys.ts'
import { type WrongPurpose, wrongPurpose } from './token-purpose.ts'
import { readToken, type SignatureAlgorithm, signatureAlgorithms } from './token-shape.ts'

/** In seconds. */
export const tokenTimes = { longestLife: 60 * 60, skew: 30 }

/** Why a token was refused, for operators. The caller is never told. */
export type TokenFault =
  | 'not-a-token'
  | 'too-long'
  | 'header'
  | 'algorithm'
  | 'unknown-key'
  | 'keys-unavailable'
  | 'signature-or-claims'
  | 'lifetime'
  | WrongPurpose
  | UnfitClaims

export type BearerOptions = {
  /** The issuer, exactly as it writes itself in `iss`. */
  issuer: string
  /** What our service is called in `aud`. */
  audience: string
  /** What our own client is called by the issuer: ID tokens are for it, access tokens are not. */
  clientId: string
  /** How long a token may last at most, in seconds; an hour where not given. */
  longestLife?: number
  /** Where the issuer publishes its keys, or a function that reads them. */
  keys: { jwksUri: string } | { jwks: FetchKeys }
  /** Of those we accept, the ones this issuer uses. All of them where not given. */
  algorithms?: readonly SignatureAlgorithm[]
  claims: ClaimsMapping
  fetch: typeof globalThis.fetch
  /** The clock, in milliseconds. */
  now: () => number
  onRefused?: (fault: TokenFault) => void
}

export type Bearer = {
  /**
   * Who calls, from the `Authorization` header. `absent` without one; `refused` with anything in
   * it that is not wholly right; `unavailable` where the issuer's keys cannot be had.
   */
  verify(authorization: string | undefined): Promise<Caller | 'absent' | 'refused' | 'unavailable'>
}

/**
 * Checks bearer tokens (RFC 8725) from one issuer. Refused where an address would be read over a
 * connection that others can change.
 */
export function createBearer(options: BearerOptions): Result<Bearer> {
  const uri = 'jwksUri' in options.keys ? options.keys.jwksUri : undefined
  const unsafe = uri === undefined ? undefined : unsafeAddress(uri, 'The address of the keys')
  if (unsafe) return refuse(unsafe)
  const fetchKeys =
    'jwks' in options.keys ? options.keys.jwks : fetchFrom(options.keys.jwksUri, options.fetch)
  const keys = createKeys(fetchKeys, options.now)
  return fine({ verify: (authorization) => verify(authorization, keys, options) })
}

async function verify(
  authorization: string | undefined,
  keys: Keys,
  options: BearerOptions,
): ReturnType<Bearer['verify']> {
  if (authorization === undefined) return 'absent'
  const read = readToken(authorization)
  if (typeof read === 'string') return refused(options, read)
  const { header, token } = read
  if (!(options.algorithms ?? signatureAlgorithms).includes(header.alg))
    return refused(options, 'algorithm')
  const key = await keys.find(header)
  if (key === 'unavailable') {
    options.onRefused?.('keys-unavailable')
    return key
  }
  if (key === 'unknown') return refused(options, 'unknown-key')
  const claims = await signedClaims(token, key, options)
  if (typeof claims === 'string') return refused(options, claims)
  const wrong = wrongPurpose(header, claims, options)
  return wrong ? refused(options, wrong) : callerOf(claims, options)
}

function callerOf(claims: JWTPayload, options: BearerOptions): Caller | 'refused' {
  const caller = readClaims(claims, options.claims, 'person-or-system')
  return typeof caller === 'string' ? refused(options, caller) : { ...caller, by: 'bearer' }
}

function refused({ onRefused }: BearerOptions, fault: TokenFault): 'refused' {
  onRefused?.(fault)
  return 'refused'
}

/** The claims of a token that this issuer signed, for us, and that holds now. */
async function signedClaims(
  token: string,
  key: CryptoKey,
  { issuer, audience, algorithms, longestLife = tokenTimes.longestLife, now }: BearerOptions,
): Promise<JWTPayload | TokenFault> {
  try {
    const { payload } = await jwtVerify(token, key, {
      issuer,
      audience,
      algorithms: [...(algorithms ?? signatureAlgorithms)],
      currentDate: new Date(now()),
      clockTolerance: tokenTimes.skew,
      maxTokenAge: longestLife,
      requiredClaims: ['exp', 'iat', 'sub'],
    })
    const { exp, iat } = payload
    const short = exp !== undefined && iat !== undefined && exp - iat <= longestLife
    return short && exp > iat ? payload : 'lifetime'
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError)
      return 'signature-or-claims'
    throw error
  }
}

/** Five seconds, no redirects: the keys come from the address that was configured or not at all. */
const fetchFrom =
  (uri: string, fetch: typeof globalThis.fetch): FetchKeys =>
  async () => {
    const answer = await fetch(uri, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
    })
    if (answer.status !== 200) throw new Error('The issuer did not answer with its keys.')
    return answer.json()
  }
