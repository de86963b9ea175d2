import { createHash, timingSafeEqual } from 'node:crypto'
import { fine, type Result, refuse } from '../domain/problem.ts'
import { idSchema } from '../domain/roles.ts'
import type { Caller, Grant } from './caller.ts'
import type { ServiceKeyStore } from './ports.ts'

/** What every key begins with, so that scanners and people know one when they see it. */
export const serviceKeyPrefix = 'wmk_'

/** The longest that a key may last, in milliseconds: a year and a day. */
export const longestKeyLife = 366 * 24 * 60 * 60_000

const authorizationPattern = /^Bearer wmk_([0-9a-f]{16})_([0-9a-f]{64})$/i

/** Whether an `Authorization` header holds a service key and not a token. */
export const holdsServiceKey = (authorization: string | undefined): boolean =>
  /^Bearer +wmk_/i.test(authorization ?? '')

export type NewServiceKey = {
  /** The system that will hold it: an id, never a person's name. */
  system: string
  /** Where, and for which agency. The role is always `service`: no key decides about a child. */
  grants: readonly Grant[]
  /** An instant, UTC, in milliseconds. */
  expiresAt: number
}

export type ServiceKeysOptions = {
  store: ServiceKeyStore
  /** The clock, in milliseconds. */
  now: () => number
  /** Bytes from a source fit for secrets, such as `randomBytes` of `node:crypto`. */
  randomBytes: (size: number) => Uint8Array
}

/** Keys for systems that cannot use OpenID Connect. */
export const createServiceKeys = (options: ServiceKeysOptions) => ({
  /** Makes a key. It is shown this once: only its hash is kept. */
  make: (asked: NewServiceKey) => make(asked, options),

  /** Who calls, from the `Authorization` header; `absent` where it holds no service key. */
  verify: (authorization: string | undefined) => verify(authorization, options),

  /** Ends a key at once. Answers whether there is such a key. */
  revoke: (id: string): Promise<boolean> => options.store.revoke(id, options.now()),
})

async function make(
  asked: NewServiceKey,
  { store, now, randomBytes }: ServiceKeysOptions,
): Promise<Result<{ id: string; key: string }>> {
  const madeAt = now()
  const problem = unfit(asked, madeAt)
  if (problem) return refuse({ message: problem })
  const id = hex(randomBytes(8))
  const secret = hex(randomBytes(32))
  const { system, grants, expiresAt } = asked
  await store.put({ id, hashedSecret: hashed(secret), system, grants, madeAt, expiresAt })
  return fine({ id, key: `${serviceKeyPrefix}${id}_${secret}` })
}

async function verify(
  authorization: string | undefined,
  { store, now }: ServiceKeysOptions,
): Promise<Caller | 'absent' | 'refused'> {
  if (!holdsServiceKey(authorization)) return 'absent'
  const [, id, secret] = authorizationPattern.exec(authorization ?? '') ?? []
  if (!id || !secret) return 'refused'
  const key = await store.find(id.toLowerCase())
  // Compared even where there is no such key, so that the time taken does not tell.
  const same = equal(key?.hashedSecret ?? '', hashed(secret.toLowerCase()))
  if (!key || !same || key.revokedAt !== undefined || now() >= key.expiresAt) return 'refused'
  const grants = key.grants.filter(({ role }) => role === 'service')
  return { person: key.system, grants, by: 'service-key' }
}

function unfit({ system, grants, expiresAt }: NewServiceKey, now: number): string | undefined {
  if (!idSchema.safeParse(system).success)
    return 'The system needs an id: small letters, digits and single dashes, at least one digit.'
  if (grants.length === 0) return 'The key needs a partnership that it is for.'
  if (grants.some(({ role }) => role !== 'service'))
    return 'A key is for a system, so its role must be "service". People sign in themselves.'
  if (!(expiresAt > now)) return 'The key must expire later than now.'
  if (!(expiresAt <= now + longestKeyLife)) return 'The key must expire within a year.'
  return undefined
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
