import { describe, expect, it } from 'vitest'
import {
  StoreClosedToWrites,
  type StoredServiceKey,
  type StoredSession,
} from '../../src/casework/ports.ts'
import { storeFolder } from './store-folder.ts'

const { store, database } = storeFolder()

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
    const { sessions, close } = await store()
    const begun: StoredSession = {
      ...session('b2'),
      holds: { kind: 'sign-in', state: 's', nonce: 'n', codeVerifier: 'v' },
    }
    await sessions.put(session('a1'))
    await sessions.put(begun)
    await close()
    const again = (await store()).sessions
    expect(await again.find('a1')).toEqual(session('a1'))
    expect(await again.find('b2')).toEqual(begun)
    expect(await again.find('c3')).toBeUndefined()
  })

  it('move on when they are used, and nothing happens where there is none', async () => {
    const { sessions } = await store()
    await sessions.put(session('a1'))
    await sessions.touch('a1', 1_793_606_500_000)
    await sessions.touch('c3', 1_793_606_500_000)
    expect(await sessions.find('a1')).toEqual({ ...session('a1'), lastSeenAt: 1_793_606_500_000 })
    expect(await sessions.find('c3')).toBeUndefined()
  })

  it('are removed once: of two who come with the same, one alone is told so', async () => {
    const stores = [(await store()).sessions, (await store()).sessions]
    await stores[0]?.put(session('a1'))
    const told = await Promise.all(stores.map((one) => one.remove('a1', 1_793_606_500_000)))
    expect(told.sort()).toEqual([false, true])
    expect(await stores[1]?.find('a1')).toBeUndefined()
  })
})

describe('sign-ins that have begun', () => {
  const begun = (hashedId: string, startedAt: number): StoredSession => ({
    hashedId,
    startedAt,
    lastSeenAt: startedAt,
    holds: { kind: 'sign-in', state: 's', nonce: 'n', codeVerifier: 'v' },
  })
  const since = { signInBegun: 100, sessionBegun: 50, sessionSeen: 75 }

  it('are put while there is room, and the room is counted by this process and the next', async () => {
    const stores = [(await store()).sessions, (await store()).sessions]
    const put = (at: number) => stores[at % 2]?.putIfRoom(begun(`s${at}`, 200), 3, since)
    expect(await Promise.all([put(0), put(1), put(2), put(3)])).toEqual([true, true, true, false])
    expect(await stores[0]?.find('s3')).toBeUndefined()
    await stores[1]?.remove('s0', 200)
    expect(await put(4)).toBe(true)
  })

  it('clear what has ended, to the instant, also where there is no room for one more', async () => {
    const { sessions } = await store()
    const rows: [StoredSession, 'stays' | 'goes'][] = [
      [begun('a', 100), 'goes'],
      [begun('b', 101), 'stays'],
      [{ ...session('c'), startedAt: 50, lastSeenAt: 76 }, 'goes'],
      [{ ...session('d'), startedAt: 51, lastSeenAt: 75 }, 'goes'],
      [{ ...session('e'), startedAt: 51, lastSeenAt: 76 }, 'stays'],
    ]
    for (const [row] of rows) await sessions.put(row)
    expect(await sessions.putIfRoom(begun('f', 102), 1, since)).toBe(false)
    for (const [{ hashedId }, what] of rows)
      expect([hashedId, (await sessions.find(hashedId)) ? 'stays' : 'goes']).toEqual([
        hashedId,
        what,
      ])
  })
})

it('a session that somebody put among the sign-ins lets nobody in', async () => {
  const { sessions, close } = await store()
  await close()
  const raw = database()
  raw
    .prepare('INSERT INTO sign_in VALUES (?, ?, ?)')
    .run('forged', 1_793_606_400_000, JSON.stringify(session('forged').holds))
  raw.close()
  expect(await (await store()).sessions.find('forged')).toBeUndefined()
  await expect(sessions.find('forged')).rejects.toThrow(StoreClosedToWrites)
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
    const { serviceKeys } = await store()
    await serviceKeys.put(key)
    expect(await serviceKeys.find('key-1')).toEqual(key)
    expect(await serviceKeys.find('key-2')).toBeUndefined()
    await expect(serviceKeys.put({ ...key, system: 'other-1' })).rejects.toThrow()
    expect(await serviceKeys.find('key-1')).toEqual(key)
  })

  it('are listed, what was made last first, with those that have ended', async () => {
    const { serviceKeys } = await store()
    await serviceKeys.put(key)
    await serviceKeys.put({ ...key, id: 'key-2', madeAt: key.madeAt + 1 })
    await serviceKeys.revoke('key-1', 1_793_606_401_000)
    expect(await serviceKeys.list()).toEqual([
      { ...key, id: 'key-2', madeAt: key.madeAt + 1 },
      { ...key, revokedAt: 1_793_606_401_000 },
    ])
  })

  it('are revoked for good, and say whether they were there', async () => {
    const { serviceKeys } = await store()
    await serviceKeys.put(key)
    expect(await serviceKeys.revoke('key-1', 1_793_606_401_000)).toBe(true)
    expect(await serviceKeys.revoke('key-2', 1_793_606_401_000)).toBe(false)
    expect(await serviceKeys.find('key-1')).toEqual({ ...key, revokedAt: 1_793_606_401_000 })
  })
})
