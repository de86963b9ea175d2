import { beforeAll, describe, expect, it } from 'vitest'
import type { EventRow } from '../../src/casework/ports.ts'
import { checkReplay, differences, replay, type Standing } from '../../src/casework/replay.ts'
import { granted } from '../support/casework.ts'
import { closed, given, type Work, workedCase } from './whole-case.ts'

const actor = { person: 'auditor-1', role: 'auditor', agency: 'partnership' } as const
const access = { actor, at: '2026-11-02T09:00:00Z', action: 'x', requestId: 'request-1' }

async function recorded(work: Work, id: string) {
  const { row, deliveries } = await work.file(id)
  const stored: Standing = {
    referral: row.snapshot,
    deliveries: Object.fromEntries(deliveries.map((one) => [one.id, one.snapshot])),
  }
  return { events: await work.store.history(id, access), stored }
}

describe('the history of a whole case', () => {
  let work: Work
  let id: string
  let events: EventRow[]
  let stored: Standing
  beforeAll(async () => {
    ;({ work, id } = await workedCase())
    await closed(work, id)
    ;({ events, stored } = await recorded(work, id))
    return () => work.store.close()
  })

  it('comes to what is stored, in both charts', () => {
    expect(stored.referral.value).toBe('closed')
    expect(Object.values(stored.deliveries).map(({ value }) => value)).toEqual(['finished'])
    expect(replay(events)).toEqual({ ok: true, value: stored })
    expect(differences(events, stored)).toEqual([])
  })

  it('can be taken up anywhere from where it stood', () => {
    for (let at = 0; at <= events.length; at += 1) {
      const before = replay(events.slice(0, at))
      expect(before.ok && replay(events.slice(at), before.value)).toEqual({
        ok: true,
        value: stored,
      })
    }
  })

  // These move nothing. That one of them is missing shows in the chain of digests alone.
  const traceless = ['facts.recorded', 'contact.made', 'condition.met']

  it('is found out where one event that moved it is missing', () => {
    const moving = events.filter(({ type }) => !traceless.includes(type))
    expect(moving.length).toBeGreaterThan(10)
    for (const missing of moving) {
      const rest = events.filter((one) => one !== missing)
      expect(differences(rest, stored), missing.type).not.toEqual([])
    }
  })

  it('is found out where it is stored elsewhere than its events say', () => {
    const moved = { ...stored, referral: { ...stored.referral, value: 'completed' } }
    expect(differences(events, moved).map(({ message }) => message)).toEqual([
      'The case is stored in "completed"; its events come to "closed".',
    ])
    const context = { ...stored.referral.context, turnedEighteen: true }
    const remembers = { ...stored, referral: { ...stored.referral, context } }
    expect(differences(events, remembers).map(({ message }) => message)).toEqual([
      'The case is stored in "closed"; its events come to "closed", with something else remembered.',
    ])
    const [delivery] = Object.keys(stored.deliveries)
    expect(
      differences(events, { ...stored, deliveries: {} }).map(({ message }) => message),
    ).toEqual([`Delivery ${delivery} began by its events, and is not stored.`])
  })

  it('names the first event that cannot follow, by its number', () => {
    const withoutAcceptance = events.filter(({ type }) => type !== 'referral.accepted')
    const listing = events.find(({ type }) => type === 'case.listed')
    expect(differences(withoutAcceptance, stored)[0]?.message).toMatch(
      new RegExp(`^Event ${listing?.seq} \\(case.listed\\) does not follow from those before it: `),
    )
  })

  it('can be checked by an auditor, and that is logged', async () => {
    expect(granted(await checkReplay(work.deps, work.as('auditor-1'), id))).toEqual({
      events: events.length,
      found: [],
    })
    const [latest] = await work.store.accessLog({
      scopes: [{ partnership: 'derby' }],
      case: id,
      limit: 1,
    })
    expect(latest).toMatchObject({ action: 'case.check-replay', actor })
  })

  it('is absent for an auditor of another partnership, and refused to an administrator', async () => {
    expect(await checkReplay(work.deps, work.as('auditor-2'), id)).toEqual({
      ok: false,
      why: 'absent',
    })
    expect(await checkReplay(work.deps, work.as('administrator-1'), id)).toMatchObject({
      ok: false,
    })
  })
})

describe('a history on the way', () => {
  it('comes to what is stored while it is on hold', async () => {
    const { work, id } = await workedCase('DEMO-2')
    const review = { reason: 'exploitation-looked-into', reviewOn: '2026-11-10' }
    await work.act('team-leader-1', id, { type: 'referral.accepted' })
    const held = await work.act('team-leader-1', id, { type: 'case.held', ...review })
    expect(held.ok, JSON.stringify(held)).toBe(true)
    const { events, stored } = await recorded(work, id)
    expect(stored.referral.value).toBe('onHold')
    expect(differences(events, stored)).toEqual([])
    await work.store.close()
  })

  it('comes to what is stored while a delivery gives concern', async () => {
    const { work, id } = await workedCase('DEMO-3')
    await given(work, id)
    for (const type of ['delivery.started', 'contact.missed'])
      granted(await work.act('practitioner-1', id, { type }))
    const { events, stored } = await recorded(work, id)
    expect(Object.values(stored.deliveries).map(({ value }) => value)).toEqual(['concern'])
    expect(differences(events, stored)).toEqual([])
    await work.store.close()
  })
})
