import type {
  ServiceKeyStore,
  SessionStore,
  StoredServiceKey,
  StoredSession,
} from '../../src/access/ports.ts'

/** Sessions that last as long as the test; `kept` shows what the store can see. */
export function memorySessions(): SessionStore & { kept: () => StoredSession[] } {
  const sessions = new Map<string, StoredSession>()
  return {
    kept: () => [...sessions.values()],
    put: async (session) => void sessions.set(session.hashedId, session),
    async putIfRoom(signIn, most, since) {
      const all = [...sessions.values()]
      for (const { hashedId, startedAt, lastSeenAt, holds } of all)
        if (
          holds.kind === 'sign-in'
            ? startedAt <= since.signInBegun
            : startedAt <= since.sessionBegun || lastSeenAt <= since.sessionSeen
        )
          sessions.delete(hashedId)
      const waiting = [...sessions.values()].filter(({ holds }) => holds.kind === 'sign-in').length
      if (waiting >= most) return false
      sessions.set(signIn.hashedId, signIn)
      return true
    },
    find: async (hashedId) => sessions.get(hashedId),
    async touch(hashedId, lastSeenAt) {
      const session = sessions.get(hashedId)
      if (session) sessions.set(hashedId, { ...session, lastSeenAt })
    },
    remove: async (hashedId) => sessions.delete(hashedId),
  }
}

export function memoryServiceKeys(): ServiceKeyStore & { kept: () => StoredServiceKey[] } {
  const keys = new Map<string, StoredServiceKey>()
  return {
    kept: () => [...keys.values()],
    async put(key) {
      if (keys.has(key.id)) throw new Error('This id is taken.')
      keys.set(key.id, key)
    },
    find: async (id) => keys.get(id),
    list: async () => [...keys.values()],
    async revoke(id, revokedAt) {
      const key = keys.get(id)
      if (key) keys.set(id, { ...key, revokedAt })
      return key !== undefined
    },
  }
}

/** Bytes that differ each time and are the same in each run. */
export function countedBytes() {
  let count = 0
  return (size: number): Uint8Array => {
    count += 1
    return new Uint8Array(size)
      .fill(0)
      .map((_, place) => (place < 4 ? (count >> (8 * place)) & 255 : place))
  }
}
