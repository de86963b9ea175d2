import { describe, expect, it } from 'vitest'
import type { StoredServiceKey, StoredSession } from '../../src/casework/ports.ts'
import { storeFolder } from './store-folder.ts'

const { store } = storeFolder()

const session = (hashedId: string): StoredSession => ({
  hashedId,
  startedAt: 1_793_606_400_000,
  lastSeenAt: 1_793_606_400_000,
  holds: {
    kind: 'session',
    caller: {
      person: 'officer-1',
      name: 'Made-up Officer',
      grants: [{ role: 'auditor', agency: 'partnership', partnership: 'derby', area: 'north' }],
      by: 'session',
    },
  },
})

describe('sessions', () => {
  it('are found as they were put, by this process and the next', async () => {
    const { sessions, close } = store()
    const begun: StoredSession = {
      ...session('b2'),
      holds: { kind: 'sign-in', state: 's', nonce: 'n', codeVerifier: 'v' },
    }
    await sessions.put(session('a1'))
    await sessions.put(begun)
    close()
    const again = store().sessions
    expect(await again.find('a1')).toEqual(session('a1'))
    expect(await again.find('b2')).toEqual(begun)
    expect(await again.find('c3')).toBeUndefined()
  })

  it('move on when they are used, and nothing happens where there is none', async () => {
    const { sessions } = store()
    await sessions.put(session('a1'))
    await sessions.touch('a1', 1_793_606_500_000)
    await sessions.touch('c3', 1_793_606_500_000)
    expect(await sessions.find('a1')).toEqual({ ...session('a1'), lastSeenAt: 1_793_606_500_000 })
    expect(await sessions.find('c3')).toBeUndefined()
  })

  it('are removed once: of two who come with the same, one alone is told so', async () => {
    const stores = [store().sessions, store().sessions]
    await stores[0]?.put(session('a1'))
    const told = await Promise.all(stores.map((one) => one.remove('a1')))
    expect(told.sort()).toEqual([false, true])
    expect(await stores[1]?.find('a1')).toBeUndefined()
  })
})

describe('service keys', () => {
  const key: StoredServiceKey = {
    id: 'key-1',
    hashedSecret: 'ab'.repeat(32),
    system: 'police-system-1',
    grants: [{ role: 'service', agency: 'police', partnership: 'derby' }],
    madeAt: 1_793_606_400_000,
    expiresAt: 1_796_606_400_000,
  }

  it('are found as they were put, and an id is taken once', async () => {
    const { serviceKeys } = store()
    await serviceKeys.put(key)
    expect(await serviceKeys.find('key-1')).toEqual(key)
    expect(await serviceKeys.find('key-2')).toBeUndefined()
    await expect(serviceKeys.put({ ...key, system: 'other-1' })).rejects.toThrow()
    expect(await serviceKeys.find('key-1')).toEqual(key)
  })

  it('are revoked for good, and say whether they were there', async () => {
    const { serviceKeys } = store()
    await serviceKeys.put(key)
    expect(await serviceKeys.revoke('key-1', 1_793_606_401_000)).toBe(true)
    expect(await serviceKeys.revoke('key-2', 1_793_606_401_000)).toBe(false)
    expect(await serviceKeys.find('key-1')).toEqual({ ...key, revokedAt: 1_793_606_401_000 })
  })
})
