import type { Caller, Grant } from './caller.ts'

/**
 * A session or a sign-in that has begun, as the store keeps it. The id that the browser holds is
 * never stored: who reads the store cannot take over a session.
 */
export type StoredSession = {
  /** SHA-256 of what the cookie holds, in hexadecimal digits. */
  hashedId: string
  /** Instants, UTC, in milliseconds. */
  startedAt: number
  lastSeenAt: number
  holds: { kind: 'session'; caller: Caller } | ({ kind: 'sign-in' } & PendingSignIn)
}

/** What must still match when a person comes back from the issuer. */
export type PendingSignIn = { state: string; nonce: string; codeVerifier: string }

/** From which instants on sessions and sign-ins are still good. What is as old or older has ended. */
export type GoodSince = { signInBegun: number; sessionBegun: number; sessionSeen: number }

/** What sign-in needs of a store. */
export type SessionStore = {
  put(session: StoredSession): Promise<void>
  /**
   * Removes every session and sign-in that has ended, and then puts this sign-in unless `most` of
   * them wait already: in one step, so that there are never more. Answers whether it was put.
   */
  putIfRoom(signIn: StoredSession, most: number, since: GoodSince): Promise<boolean>
  find(hashedId: string): Promise<StoredSession | undefined>
  /** Moves `lastSeenAt` on. Nothing happens where there is no such session. */
  touch(hashedId: string, lastSeenAt: number): Promise<void>
  /**
   * Removes a session and answers whether it was there, in one step: of two who come with the same
   * sign-in, one alone is told `true`.
   * @param at the instant, UTC, in milliseconds
   */
  remove(hashedId: string, at: number): Promise<boolean>
}

/** A service key as the store keeps it, without its secret. */
export type StoredServiceKey = {
  /** The public part, which stands in lists and logs. */
  id: string
  /** SHA-256 of the secret, in hexadecimal digits. */
  hashedSecret: string
  /** The system that holds it: an id (`idSchema`), never a person's name. */
  system: string
  grants: readonly Grant[]
  /** Instants, UTC, in milliseconds. */
  madeAt: number
  expiresAt: number
  revokedAt?: number
}

/** What service keys need of a store. */
export type ServiceKeyStore = {
  /** Throws when the id is taken. */
  put(key: StoredServiceKey): Promise<void>
  find(id: string): Promise<StoredServiceKey | undefined>
  /** All of them, also those that have ended; what was made last comes first. */
  list(): Promise<StoredServiceKey[]>
  /** Marks the key revoked. Answers whether there is such a key. */
  revoke(id: string, revokedAt: number): Promise<boolean>
}

/** The answer that a repeated request gets again. Sealed with the child's key. */
export type IdempotentAnswer = {
  /** Who used the key: keys of different callers never meet. */
  owner: string
  key: string
  /** Digest of method, path and body. */
  request: string
  status: number
  headers: Readonly<Record<string, string>>
  body: string
  at: string
}

/** What was answered, and about which case; no answer where that was erased. */
export type KeptAnswer = { case: string; answer: IdempotentAnswer | null }

/** What the door needs of a store to answer a repeated request as it answered the first. */
export type KeptAnswers = {
  /**
   * The answer that is kept for a key, unlogged. Whoever hands it out asks first whether the case
   * may be read, and logs it.
   */
  repeated(owner: string, key: string): Promise<KeptAnswer | undefined>
}
