import { describe, expect, it } from 'vitest'
import type { Sent } from '../../src/casework/ports.ts'
import { clearOutbox, relay } from '../../src/casework/relay.ts'
import { smallPolicy } from '../support/api.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { waitingIn } from '../support/outbox.ts'

const policy = smallPolicy()

/** A record in which something happened, and where its messages go. */
async function busy() {
  const work = await caseworkOn(policy)
  const { id } = granted(
    await work.open('officer-1', { partnership: 'derby', facts: { 'case.entry': 'custody' } }),
  )
  granted(await work.act('team-leader-1', id, { type: 'referral.accepted' }))
  const taken: Sent[] = []
  const take = async (messages: readonly Sent[]) => {
    taken.push(...messages)
  }
  return { work, id, taken, take }
}

describe('the outbox', () => {
  it('hands on every message once, in order, in batches', async () => {
    const { work, taken, take } = await busy()
    const count = await relay(work.deps, take, { batch: 2 })
    expect(taken).toHaveLength(count)
    expect(count).toBeGreaterThan(2)
    expect(taken.map(({ seq }) => seq)).toEqual(
      [...new Set(taken.map(({ seq }) => seq))].sort((a, b) => a - b),
    )
    expect(await relay(work.deps, take)).toBe(0)
  })

  it('says of each reading and writing what, who, when and about whom, by ids alone', async () => {
    const { work, id, taken, take } = await busy()
    await relay(work.deps, take)
    const { row } = await work.file(id)
    const audits = taken.filter(({ kind }) => kind === 'audit').map(({ body }) => body)
    expect(audits[0]).toMatchObject({
      what: expect.any(String),
      who: 'officer-1',
      when: expect.stringMatching(/^2026-11-02T/),
      service: 'waymark',
      subjectId: row.child,
      subjectType: 'CHILD',
      correlationId: 'request-1',
      details: expect.any(String),
    })
    expect(audits).toHaveLength(2)
  })

  it('keeps what was not taken, and hands it on the next time with the same ids', async () => {
    const { work, taken, take } = await busy()
    const before: string[] = []
    const broken = async (messages: readonly Sent[]) => {
      before.push(...messages.map(({ id }) => id))
      throw new Error('The queue is not there.')
    }
    await expect(relay(work.deps, broken)).rejects.toThrow()
    await relay(work.deps, take)
    expect(taken.map(({ id }) => id)).toEqual(before)
  })

  it('forgets what was handed on thirty days ago, and nothing that waits, where somebody takes it', async () => {
    const { work, take } = await busy()
    await relay(work.deps, take)
    granted(
      await work.open('officer-1', { partnership: 'derby', facts: { 'case.entry': 'custody' } }),
    )
    const waiting = await waitingIn(work.store, 99)
    expect(waiting.length).toBeGreaterThan(0)
    work.setDay('2026-12-02')
    expect(await clearOutbox({ ...work.deps, now: () => '2026-12-02T09:00:00.000Z' }, true)).toBe(0)
    expect(await clearOutbox(work.deps, true, 1)).toBe(1)
    expect(await clearOutbox(work.deps, true)).toBeGreaterThan(1)
    work.setDay('2027-11-02')
    expect(await clearOutbox(work.deps, true)).toBe(0)
    expect(await waitingIn(work.store, 99)).toEqual(waiting)
  })

  it('forgets after ninety days what nobody takes, and not before', async () => {
    const { work } = await busy()
    const all = await waitingIn(work.store, 99)
    const day = 24 * 60 * 60_000
    const at = (milliseconds: number) => ({
      ...work.deps,
      now: () => new Date(Date.parse(all[0]?.at ?? '') + 90 * day + milliseconds).toISOString(),
    })
    expect(await clearOutbox(at(0), false)).toBe(0)
    expect(await clearOutbox(at(1), false)).toBeGreaterThan(0)
    expect(await clearOutbox(at(day), false)).toBeGreaterThan(0)
    expect(await waitingIn(work.store, 99)).toEqual([])
    expect(all.length).toBeGreaterThan(2)
  })
})
