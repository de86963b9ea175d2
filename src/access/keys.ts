import { type CryptoKey, createLocalJWKSet, type JSONWebKeySet } from 'jose'

/** Reads the issuer's keys (RFC 7517). Throws where they cannot be had. */
export type FetchKeys = () => Promise<unknown>

/** How long the issuer's keys are good for, in milliseconds. */
export const keyTimes = {
  /** Older keys are fetched anew, so that a key that was withdrawn is gone by then. */
  freshFor: 10 * 60_000,
  /** While the issuer cannot be reached, keys serve no longer than this. Then nobody comes in. */
  usableFor: 60 * 60_000,
  /** Between two attempts to fetch, so that made-up key ids do not become a flood of requests. */
  coolDown: 30_000,
}

export type Keys = {
  /** The public key for a token’s header. `unavailable` where it cannot be told. */
  find(header: { alg: string; kid: string }): Promise<CryptoKey | 'unknown' | 'unavailable'>
}

/** Keeps an issuer's keys. `now` gives milliseconds. */
export function createKeys(fetchKeys: FetchKeys, now: () => number): Keys {
  const cupboard = createCupboard(fetchKeys, now)
  return {
    async find(header) {
      if (cupboard.age() >= keyTimes.freshFor) await cupboard.refresh()
      const found = await inHeld(cupboard.usable(), header)
      if (found !== 'unknown') return found
      await cupboard.refresh()
      const again = await inHeld(cupboard.usable(), header)
      return again === 'unknown' && cupboard.lastFailed() ? 'unavailable' : again
    },
  }
}

type Held = ReturnType<typeof createLocalJWKSet>

/** Where the keys are kept, and fetched anew. */
function createCupboard(fetchKeys: FetchKeys, now: () => number) {
  let held: { keys: Held; at: number } | undefined
  let attempted = { at: Number.NEGATIVE_INFINITY, failed: false }
  let pending: Promise<void> | undefined
  const age = () => (held ? now() - held.at : Number.POSITIVE_INFINITY)

  async function attempt() {
    attempted = { at: now(), failed: true }
    try {
      held = { keys: createLocalJWKSet((await fetchKeys()) as JSONWebKeySet), at: now() }
      attempted = { ...attempted, failed: false }
    } catch {
      // It stays with what was held before, for as long as that is usable.
    }
  }
  /** Fetches unless somebody just did; those who come meanwhile wait for the same answer. */
  async function refresh() {
    if (!pending && now() - attempted.at < keyTimes.coolDown) return
    pending ??= attempt().finally(() => {
      pending = undefined
    })
    await pending
  }
  const usable = () => (age() <= keyTimes.usableFor ? held?.keys : undefined)
  return { age, refresh, usable, lastFailed: () => attempted.failed }
}

async function inHeld(keys: Held | undefined, header: { alg: string; kid: string }) {
  if (!keys) return 'unavailable'
  try {
    return await keys(header)
  } catch {
    // No such key, several of them, or one that is written wrongly: none that can be trusted.
    return 'unknown'
  }
}
