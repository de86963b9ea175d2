import { createHash } from 'node:crypto'
import type { Caller } from './caller.ts'
import type { PendingSignIn, SessionStore, StoredSession } from './ports.ts'

/** In milliseconds. OWASP ASVS asks for an idle and an absolute limit; the shorter one counts. */
export const sessionTimes = {
  idle: 15 * 60_000,
  absolute: 8 * 60 * 60_000,
  /** How long a person may take at the issuer. */
  signIn: 10 * 60_000,
  /** A session seen this lately is not written again: reading a page need not be a write. */
  touchAfter: 60_000,
}

/** How many may be on the way to the issuer at once: each leaves a row, and anybody may begin. */
export const mostWaiting = 1_000

export type SessionsOptions = {
  store: SessionStore
  /** The clock, in milliseconds. */
  now: () => number
  /** Bytes from a source fit for secrets, such as `randomBytes` of `node:crypto`. */
  randomBytes: (size: number) => Uint8Array
}

/** Sessions on the server. The browser holds 256 random bits; the store holds their hash. */
export const createSessions = (options: SessionsOptions) => ({
  /** 256 random bits, as a cookie and an address can hold them. */
  secret: (): string => secret(options),
  /** Keeps a sign-in that has begun, and gives its id; nothing where too many have begun. */
  begin: (pending: PendingSignIn) => begin(pending, options),
  /** Takes a sign-in that has begun, once: whoever comes with it again finds nothing. */
  take: (id: string | undefined) => take(id, options),
  /** Begins a session, and gives its id. */
  start: (caller: Caller) => put({ kind: 'session', caller }, options),
  /** Who holds a session that is still good. One that has ended is removed. */
  callerOf: (id: string | undefined) => callerOf(id, options),
  async end(id: string | undefined): Promise<void> {
    if (id !== undefined) await options.store.remove(hashOf(id), options.now())
  },
})

const secret = ({ randomBytes }: SessionsOptions): string =>
  Buffer.from(randomBytes(32)).toString('base64url')

/** A row for the store, and the id that the browser will hold. */
function made(holds: StoredSession['holds'], options: SessionsOptions) {
  const id = secret(options)
  const at = options.now()
  return { id, row: { hashedId: hashOf(id), startedAt: at, lastSeenAt: at, holds } }
}

async function put(holds: StoredSession['holds'], options: SessionsOptions): Promise<string> {
  const { id, row } = made(holds, options)
  await options.store.put(row)
  return id
}

async function begin(
  pending: PendingSignIn,
  options: SessionsOptions,
): Promise<string | undefined> {
  const { id, row } = made({ kind: 'sign-in', ...pending }, options)
  const at = row.startedAt
  const room = await options.store.putIfRoom(row, mostWaiting, {
    signInBegun: at - sessionTimes.signIn,
    sessionBegun: at - sessionTimes.absolute,
    sessionSeen: at - sessionTimes.idle,
  })
  return room ? id : undefined
}

async function take(
  id: string | undefined,
  { store, now }: SessionsOptions,
): Promise<PendingSignIn | undefined> {
  const found = id === undefined ? undefined : await store.find(hashOf(id))
  if (found?.holds.kind !== 'sign-in') return undefined
  const first = await store.remove(found.hashedId, now())
  const late = now() - found.startedAt >= sessionTimes.signIn
  return first && !late ? found.holds : undefined
}

async function callerOf(
  id: string | undefined,
  { store, now }: SessionsOptions,
): Promise<Caller | undefined> {
  const found = id === undefined ? undefined : await store.find(hashOf(id))
  if (found?.holds.kind !== 'session') return undefined
  const idle = now() - found.lastSeenAt
  if (idle >= sessionTimes.idle || now() - found.startedAt >= sessionTimes.absolute) {
    await store.remove(found.hashedId, now())
    return undefined
  }
  if (idle >= sessionTimes.touchAfter) await store.touch(found.hashedId, now())
  return found.holds.caller
}

const hashOf = (id: string): string => createHash('sha256').update(id).digest('hex')
