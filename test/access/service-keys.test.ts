import { describe, expect, it } from 'vitest'
import type { Grant } from '../../src/access/caller.ts'
import { demonstrationPeople } from '../../src/access/demonstration.ts'
import { longestKeyLife, type NewServiceKey } from '../../src/access/new-service-key.ts'
import { createServiceKeys, holdsServiceKey } from '../../src/access/service-keys.ts'
import { countedBytes, memoryServiceKeys } from './memory-stores.ts'

const day = 24 * 60 * 60_000
const start = Date.parse('2026-03-02T09:00:00Z')
const grants: Grant[] = [{ role: 'service', agency: 'police', partnership: 'derby' }]
const asked: NewServiceKey = { system: 'records-system-1', grants, expiresAt: start + day }

function desk() {
  const clock = { now: start }
  const store = memoryServiceKeys()
  const faults: string[] = []
  const made = createServiceKeys({
    store,
    now: () => clock.now,
    randomBytes: countedBytes(),
    onRefused: (fault) => faults.push(fault),
  })
  const make = (key: NewServiceKey) => made.make(key, ['derby', 'west-mercia'])
  return { clock, store, faults, keys: { ...made, make } }
}

async function made(others: Partial<NewServiceKey> = {}) {
  const { keys, ...rest } = desk()
  const key = await keys.make({ ...asked, ...others })
  if (!key.ok) throw new Error(key.problems[0]?.message)
  return { keys, ...rest, ...key.value, header: `Bearer ${key.value.key}` }
}

describe('a service key', () => {
  it('lets its system in, with what it was made for', async () => {
    const { keys, header, key } = await made()
    expect(key).toMatch(/^wmk_[0-9a-f]{16}_[0-9a-f]{64}$/)
    expect(await keys.verify(header)).toEqual({
      person: 'records-system-1',
      grants,
      by: 'service-key',
      serviceKey: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
  })

  it('is shown once: the store does not hold its secret', async () => {
    const { store, key } = await made()
    const secret = key.split('_')[2] ?? ''
    expect(secret).toHaveLength(64)
    expect(JSON.stringify(store.kept())).not.toContain(secret)
  })

  it('is of no use to whoever reads the store', async () => {
    const { keys, store, id } = await made()
    expect(await keys.verify(`Bearer wmk_${id}_${store.kept()[0]?.hashedSecret}`)).toBe('refused')
  })

  it('lasts until the instant at which it expires', async () => {
    const { keys, clock, header } = await made()
    clock.now = start + day - 1
    expect(await keys.verify(header)).toMatchObject({ by: 'service-key' })
    clock.now = start + day
    expect(await keys.verify(header)).toBe('refused')
  })

  it('ends at once when it is revoked, and the others go on', async () => {
    const { keys, id, header } = await made()
    const other = await keys.make(asked)
    expect(await keys.revoke(id)).toBe(true)
    expect(await keys.revoke('0000000000000000')).toBe(false)
    expect(await keys.verify(header)).toBe('refused')
    expect(await keys.verify(`Bearer ${other.ok && other.value.key}`)).toMatchObject({ grants })
  })

  it('lets in nobody as a person, even where a store says so', async () => {
    const { keys, store, header } = await made()
    const [kept] = store.kept()
    if (kept) Object.assign(kept, { grants: [{ ...grants[0], role: 'clinic-chair' }] })
    expect(await keys.verify(header)).toEqual({
      person: 'records-system-1',
      grants: [],
      by: 'service-key',
      serviceKey: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
  })

  it.each([
    [
      'the secret of another key',
      (key: string, other: string) => `${key.slice(0, 21)}${other.slice(21)}`,
    ],
    [
      'an id that nobody has',
      (key: string) => key.replace(/_[0-9a-f]{16}_/, `_${'0'.repeat(16)}_`),
    ],
    ['one digit changed', (key: string) => `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`],
    ['one digit less', (key: string) => key.slice(0, -1)],
    ['one digit more', (key: string) => `${key}0`],
    ['no secret', (key: string) => key.slice(0, 21)],
    ['two keys', (key: string) => `${key}, Bearer ${key}`],
  ])('is refused with %s', async (_, change) => {
    const { keys, key } = await made()
    const other = await keys.make(asked)
    const changed = change(key, other.ok ? other.value.key : '')
    expect(changed).not.toBe(key)
    expect(await keys.verify(`Bearer ${changed}`)).toBe('refused')
  })

  it('is refused for a reason that operators are told, and callers are not', async () => {
    const { keys, clock, faults, header, id } = await made()
    const other = await keys.make(asked)
    expect(await keys.verify(`${header}0`)).toBe('refused')
    expect(await keys.verify(header.replace(/.{64}$/, '0'.repeat(64)))).toBe('refused')
    await keys.revoke(id)
    expect(await keys.verify(header)).toBe('refused')
    clock.now = start + day
    expect(await keys.verify(`Bearer ${other.ok && other.value.key}`)).toBe('refused')
    expect(faults).toEqual(['not-a-key', 'unknown', 'revoked', 'expired'])
  })

  it('stands in a list with what it is for, and never with what could tell its secret', async () => {
    const { keys, id, store, clock } = await made()
    expect(await keys.list()).toEqual([
      {
        id,
        system: 'records-system-1',
        grants,
        madeAt: start,
        expiresAt: start + day,
        state: 'good',
      },
    ])
    clock.now = start + day - 1
    expect(await keys.list()).toMatchObject([{ id, state: 'good' }])
    clock.now = start + day
    expect(await keys.list()).toMatchObject([{ id, state: 'expired' }])
    await keys.revoke(id)
    expect(await keys.list()).toMatchObject([{ id, state: 'revoked', revokedAt: start + day }])
    expect(JSON.stringify(await keys.list())).not.toContain(store.kept()[0]?.hashedSecret)
  })

  it('is told apart from a token by how it begins', async () => {
    const { keys } = desk()
    expect(holdsServiceKey('Bearer wmk_')).toBe(true)
    expect(await keys.verify('Bearer wmk_')).toBe('refused')
    for (const other of [undefined, '', 'Bearer eyJ.eyJ.eA', 'Demonstration chair-1', 'wmk_1_2'])
      expect(await keys.verify(other)).toBe('absent')
  })
})

describe('making a service key', () => {
  it.each<[string, Partial<NewServiceKey>, string]>([
    ['a person’s name', { system: 'Jane' }, 'The system needs an id'],
    ['no partnership', { grants: [] }, 'The key needs a partnership'],
    [
      'a partnership that is not there',
      { grants: [{ role: 'service', agency: 'police', partnership: 'darby' }] },
      'There is no partnership "darby" in the rules folder. Did you mean "derby"?',
    ],
    [
      'one partnership of two that is not there',
      { grants: [...grants, { role: 'service', agency: 'police', partnership: 'no-such-place' }] },
      'There is no partnership "no-such-place" in the rules folder.',
    ],
    [
      'an area that is none',
      { grants: [{ role: 'service', agency: 'police', partnership: 'derby', area: '*' }] },
      'An area is written in small letters',
    ],
    [
      'one area for two partnerships',
      {
        grants: ['derby', 'west-mercia'].map((partnership) => ({
          role: 'service',
          agency: 'police',
          partnership,
          area: 'north',
        })),
      },
      'A key for one area is for one partnership',
    ],
    [
      'a role of people',
      { grants: [{ role: 'clinic-chair', agency: 'chair', partnership: 'derby' }] },
      'its role must be "service"',
    ],
    ['an end that has come', { expiresAt: start }, 'later than now'],
    ['an end too far', { expiresAt: start + longestKeyLife + 1 }, 'within a year'],
    ['no end', { expiresAt: Number.NaN }, 'later than now'],
    ['an end that never comes', { expiresAt: Number.POSITIVE_INFINITY }, 'within a year'],
  ])('is refused with %s, and says why', async (_, others, why) => {
    await expect(made(others)).rejects.toThrow(why)
  })

  it('is refused where the system is called as a person is, in a demonstration or by an issuer', async () => {
    const ids = ['chair-3', `p1-${'a'.repeat(40)}`, 'e90b6a3e-2d6f-4c33-8d57-0f2f2b2f0f8e']
    for (const system of [...demonstrationPeople.map(({ person }) => person), ...ids])
      await expect(made({ system })).rejects.toThrow('an id that a person has or may come to have')
    expect((await made({ system: 'chair-records-1' })).key).toMatch(/^wmk_/)
  })

  it('may be for several partnerships, or for one area', async () => {
    const [grant] = grants as [Grant]
    for (const some of [
      [grant, { ...grant, partnership: 'west-mercia' }],
      [{ ...grant, area: 'city-centre' }],
    ]) {
      const { keys, header } = await made({ grants: some })
      expect(await keys.verify(header)).toMatchObject({ grants: some })
    }
  })

  it.each([start + 1, start + longestKeyLife])('may end at %d', async (expiresAt) => {
    expect((await made({ expiresAt })).key).toMatch(/^wmk_/)
  })

  it('gives each key an id and a secret of its own', async () => {
    const { keys } = desk()
    const many = await Promise.all(Array.from({ length: 20 }, () => keys.make(asked)))
    expect(new Set(many.map((key) => key.ok && key.value.key)).size).toBe(20)
  })
})
