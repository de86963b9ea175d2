import { createHash, timingSafeEqual } from 'node:crypto'
import { fine, type Result, refuse } from '../domain/problem.ts'
import type { Caller } from './caller.ts'
import { type NewServiceKey, unfitKey } from './new-service-key.ts'
import type { ServiceKeyStore, StoredServiceKey } from './ports.ts'

/** What every key begins with, so that scanners and people know one when they see it. */
export const serviceKeyPrefix = 'wmk_'

const authorizationPattern = /^Bearer wmk_([0-9a-f]{16})_([0-9a-f]{64})$/i

/** Whether an `Authorization` header holds a service key and not a token. */
export const holdsServiceKey = (authorization: string | undefined): boolean =>
  /^Bearer +wmk_/i.test(authorization ?? '')

export type ServiceKeysOptions = {
  store: ServiceKeyStore
  /** The clock, in milliseconds. */
  now: () => number
  /** Bytes from a source fit for secrets, such as `randomBytes` of `node:crypto`. */
  randomBytes: (size: number) => Uint8Array
  /** Told, for operators, why a key was refused. The caller is never told. */
  onRefused?: (fault: ServiceKeyFault) => void
}

/** `unknown` also where the secret is not that of the id. */
export type ServiceKeyFault = 'not-a-key' | 'unknown' | 'revoked' | 'expired'

/** Keys for systems that cannot use OpenID Connect. */
export const createServiceKeys = (options: ServiceKeysOptions) => ({
  /**
   * Makes a key. It is shown this once: only its hash is kept.
   * @param partnerships every one there is; a key for any other is refused
   */
  make: (asked: NewServiceKey, partnerships: readonly string[]) =>
    make(asked, partnerships, options),

  /** What keys there are, without what could tell their secrets. */
  async list(): Promise<ListedServiceKey[]> {
    const all = await options.store.list()
    const state = stateAt(options.now())
    return all.map(({ hashedSecret: _secret, ...one }) => ({ ...one, state: state(one) }))
  },

  /** Who calls, from the `Authorization` header; `absent` where it holds no service key. */
  verify: (authorization: string | undefined) => verify(authorization, options),

  /** Ends a key at once. Answers whether there is such a key. */
  revoke: (id: string): Promise<boolean> => options.store.revoke(id, options.now()),
})

/** A key as it stands in a list. */
export type ListedServiceKey = Omit<StoredServiceKey, 'hashedSecret'> & {
  state: 'good' | 'revoked' | 'expired'
}

const stateAt =
  (now: number) =>
  ({ revokedAt, expiresAt }: Pick<StoredServiceKey, 'revokedAt' | 'expiresAt'>) => {
    if (revokedAt !== undefined) return 'revoked'
    return now >= expiresAt ? 'expired' : 'good'
  }

async function make(
  asked: NewServiceKey,
  partnerships: readonly string[],
  { store, now, randomBytes }: ServiceKeysOptions,
): Promise<Result<{ id: string; key: string }>> {
  const madeAt = now()
  const problem = unfitKey(asked, madeAt, partnerships)
  if (problem) return refuse(problem)
  const id = hex(randomBytes(8))
  const secret = hex(randomBytes(32))
  const { system, grants, expiresAt } = asked
  await store.put({ id, hashedSecret: hashed(secret), system, grants, madeAt, expiresAt })
  return fine({ id, key: `${serviceKeyPrefix}${id}_${secret}` })
}

async function verify(
  authorization: string | undefined,
  { store, now, onRefused }: ServiceKeysOptions,
): Promise<Caller | 'absent' | 'refused'> {
  const refused = (fault: ServiceKeyFault) => {
    onRefused?.(fault)
    return 'refused' as const
  }
  if (!holdsServiceKey(authorization)) return 'absent'
  const [, id, secret] = authorizationPattern.exec(authorization ?? '') ?? []
  if (!id || !secret) return refused('not-a-key')
  const key = await store.find(id.toLowerCase())
  // Compared even where there is no such key, so that the time taken does not tell.
  const same = equal(key?.hashedSecret ?? '', hashed(secret.toLowerCase()))
  if (!key || !same) return refused('unknown')
  const state = stateAt(now())(key)
  if (state !== 'good') return refused(state)
  const grants = key.grants.filter(({ role }) => role === 'service')
  return { person: key.system, grants, by: 'service-key', serviceKey: key.id }
}

/**
 * A plain, fast hash is right here, unlike for a password: the secret is 256 random bits, so there
 * is nothing to guess that a slow hash would slow down.
 */
const hashed = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Hashed once more, so that both are as long as each other and the time tells nothing. */
const equal = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(hashed(one)), Buffer.from(hashed(other)))

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
