import { fine, type Result } from '../domain/problem.ts'
import type { Role } from '../domain/roles.ts'
import type { ClaimsMapping } from './claims.ts'
import type { SessionStore } from './ports.ts'
import { createSignIn, type SignIn, type SignInOptions } from './sign-in.ts'
import { type Bearer, createBearer } from './tokens.ts'

/** How people and services sign in with one issuer. */
export type Desk = { bearer: Bearer; signIn: SignIn }

/** The issuer, and how what it says is read. */
export type IssuerSettings = {
  issuer: string
  audience: string
  clientId: string
  clientSecret?: string
  /** Our own address, as people type it. */
  address: string
  rolesClaim: string
  /** The claim that names a person; `sub` where left out. */
  personClaim?: string
  /** The issuer's words for our roles; where left out, it uses ours. */
  roleNames?: Readonly<Record<string, Role>>
  /** How long a token may last at most, in seconds. */
  longestLife?: number
}

export type DeskOptions = IssuerSettings &
  Pick<SignInOptions, 'now' | 'randomBytes' | 'fetch'> & {
    partnerships: readonly { id: string; police_force: string }[]
    sessions: SessionStore
    /**
     * Told, for operators, why somebody was not let in: a code, which holds nothing of a person or of
     * what was sent.
     */
    onRefused?: (by: 'token' | 'sign-in', code: string) => void
  }

/**
 * Sets up sign-in for people and tokens for services, with one mapping of claims: a role may be held
 * in a partnership, or in all partnerships of a police force, which is named in small letters with
 * dashes (`derbyshire-constabulary`).
 * @returns the desk, or the problem with an address that others could read or change on the way
 */
export function createDesk(options: DeskOptions): Result<Desk> {
  const { issuer, audience, clientId, clientSecret, longestLife, address, sessions } = options
  const { fetch, now, randomBytes, onRefused } = options
  const claims = mappingOf(options)
  const bearer = createBearer({
    issuer,
    audience,
    clientId,
    ...(longestLife === undefined ? {} : { longestLife }),
    keys: { jwks: () => keysOf(issuer, fetch) },
    claims,
    fetch,
    now,
    onRefused: (code) => onRefused?.('token', code),
  })
  if (!bearer.ok) return bearer
  const redirectUri = new URL('/sign-in/callback', address).href
  const secret = clientSecret ? { clientSecret } : {}
  const own = { issuer, clientId, ...secret, redirectUri, claims }
  const onFault = (code: string) => onRefused?.('sign-in', code)
  const signIn = createSignIn({ ...own, sessions, fetch, now, randomBytes, onFault })
  return signIn.ok ? fine({ bearer: bearer.value, signIn: signIn.value }) : signIn
}

const mappingOf = ({ rolesClaim, personClaim, roleNames, partnerships }: DeskOptions) =>
  ({
    rolesClaim,
    ...(personClaim === undefined ? {} : { personClaim }),
    ...(roleNames === undefined ? {} : { roles: roleNames }),
    partnerships: partnerships.map(({ id }) => id),
    forces: forcesOf(partnerships),
  }) satisfies ClaimsMapping

function forcesOf(partnerships: DeskOptions['partnerships']): Record<string, string[]> {
  const forces: Record<string, string[]> = {}
  for (const { id, police_force } of partnerships) {
    const force = police_force.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
    forces[force] = [...(forces[force] ?? []), id]
  }
  return forces
}

/** The keys of an issuer, from where its own description says that they are. */
async function keysOf(issuer: string, fetch: typeof globalThis.fetch): Promise<unknown> {
  const read = async (address: string) => {
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(5_000) })
    if (answer.status !== 200) throw new Error('The issuer did not answer.')
    return answer.json()
  }
  const found = (await read(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)) as {
    issuer?: unknown
    jwks_uri?: unknown
  }
  // OpenID Connect Discovery 1.0, section 4.3: what describes another issuer is not used.
  if (found.issuer !== issuer) throw new Error('It describes another issuer.')
  const keys = new URL(String(found.jwks_uri))
  if (keys.protocol !== new URL(issuer).protocol) throw new Error('The keys are elsewhere.')
  return read(keys.href)
}
