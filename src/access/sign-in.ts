import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import type { Caller } from './caller.ts'
import { type ClaimsMapping, readClaims } from './claims.ts'
import { createIssuer, type IssuerOptions } from './issuer.ts'
import { unsafeAddress } from './issuer-address.ts'
import type { SessionStore } from './ports.ts'
import { createSessions } from './sessions.ts'
import { holdsNothing, namesNobody, notFinished, tooMany, unreachable } from './sign-in-problems.ts'

export type SignInOptions = IssuerOptions & {
  claims: ClaimsMapping
  sessions: SessionStore
  /** The clock, in milliseconds. */
  now: () => number
  /** Bytes from a source fit for secrets, such as `randomBytes` of `node:crypto`. */
  randomBytes: (size: number) => Uint8Array
  /** Told, for operators, by a code that holds nothing of a person, why a sign-in failed. */
  onFault?: (code: string) => void
}

/** The ids that a browser holds of ours, in its cookies. */
export type Held = { session: string | undefined; signIn: string | undefined }

export type SignIn = {
  /** Sends a person to the issuer, with an id to hold meanwhile. */
  begin(): Promise<Result<{ redirect: string; id: string }>>
  /** Takes a person back from the issuer, at the address with its question mark and all. */
  finish(address: string, held: Held): Promise<Result<{ id: string; caller: Caller }>>
  /** Who holds the session, or undefined where there is none that is still good. */
  callerOf(session: string | undefined): Promise<Caller | undefined>
  /** Ends the session here. The person stays signed in at the issuer. */
  end(session: string | undefined): Promise<void>
}

/**
 * Lets people sign in with OpenID Connect: authorization code with PKCE, state and nonce, and a
 * session on the server. Refused where an address of it could be read on the way.
 */
export function createSignIn(options: SignInOptions): Result<SignIn> {
  const unsafe = [
    unsafeAddress(options.issuer, 'The address of the issuer'),
    unsafeAddress(options.redirectUri, 'Our own address for sign-in'),
  ].filter((problem) => problem !== undefined)
  if (unsafe.length > 0) return refuse(...unsafe)
  const desk: Desk = {
    options,
    issuer: createIssuer(options),
    sessions: createSessions({ ...options, store: options.sessions }),
  }
  return fine({
    begin: () => begin(desk),
    finish: (address, held) => finish(desk, address, held),
    callerOf: (session) => desk.sessions.callerOf(session),
    end: (session) => desk.sessions.end(session),
  })
}

/** What a sign-in is done with. */
type Desk = {
  options: SignInOptions
  issuer: ReturnType<typeof createIssuer>
  sessions: ReturnType<typeof createSessions>
}

async function begin({ options, issuer, sessions }: Desk): ReturnType<SignIn['begin']> {
  const { secret } = sessions
  const pending = { state: secret(), nonce: secret(), codeVerifier: secret() }
  const redirect = await orFault(issuer.address(pending), options)
  if (redirect === undefined) return refuse(unreachable)
  const id = await sessions.begin(pending)
  if (id === undefined) return noWay(tooMany, 'too-many-waiting', options)
  return fine({ redirect, id })
}

async function finish(
  { options, issuer, sessions }: Desk,
  address: string,
  held: Held,
): ReturnType<SignIn['finish']> {
  const pending = await sessions.take(held.signIn)
  if (!pending) return noWay(notFinished, 'not-begun', options)
  const asked = address.indexOf('?')
  const query = asked < 0 ? '' : address.slice(asked)
  const claims = await orFault(issuer.claims(query, pending), options)
  if (!claims) return refuse(notFinished)
  const read = readClaims(claims, options.claims, 'person')
  if (typeof read === 'string')
    return noWay(read === 'person' ? namesNobody : holdsNothing, read, options)
  const caller: Caller = { ...read, by: 'session' }
  // What was held before is not carried over, so that nobody can plant a session.
  await sessions.end(held.session)
  return fine({ id: await sessions.start(caller), caller })
}

/** Refuses a person, and tells operators why. */
function noWay(problem: Problem, code: string, { onFault }: SignInOptions): Result<never> {
  onFault?.(code)
  return refuse(problem)
}

/** What is promised, or undefined where the issuer did not keep to the protocol. */
const orFault = <T>(promised: Promise<T>, { onFault }: SignInOptions): Promise<T | undefined> =>
  promised.catch(({ code }: { code?: unknown }) => {
    // Codes of libraries are words in capitals; anything else might be what somebody sent.
    onFault?.(
      typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : 'unreachable',
    )
    return undefined
  })
