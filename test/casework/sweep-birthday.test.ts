import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Deps } from '../../src/casework/casework.ts'
import { sweep } from '../../src/casework/sweep.ts'
import { caseSchema } from '../../src/domain/case.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'
import { closed, type Work, workedCase } from './whole-case.ts'

const policy = realPolicy()
const worked = fileURLToPath(new URL('../../docs/worked-case.yaml', import.meta.url))
const ready = caseSchema.parse(parse(readFileSync(worked, 'utf8')))

/** The child of the worked case, made older: seventeen until 20 November 2026. */
async function nearlyEighteen(born = '2008-11-20', day?: string) {
  const work = await caseworkOn(policy, day)
  const facts = { ...ready.facts, 'child.date_of_birth': born }
  const offences = ready.offences?.map((one) => ({ ...one, 'offence.date': '2026-02-10' }))
  const referral = day ? { ...ready, facts, offences } : { ...ready, facts }
  const { id } = granted(await work.open('officer-1', referral))
  const birthdays = async () => {
    const { clocks } = await work.file(id)
    return clocks.filter(({ what }) => what === 'eighteenth-birthday').map(({ state }) => state)
  }
  const recorded = async () => {
    const actor = { person: 'auditor-1', role: 'auditor', agency: 'partnership' } as const
    const access = { actor, at: work.deps.now(), action: 'x', requestId: 'request-1' }
    const all = await work.store.history(id, access)
    return all.filter(({ type }) => type === 'child.turnedEighteen').map(({ event }) => event.by)
  }
  return { work, id, birthdays, recorded }
}

describe('the eighteenth birthday', () => {
  it('is recorded on the day and not the day before, once, and the rules run again', async () => {
    const { work, id, birthdays, recorded } = await nearlyEighteen()
    work.setDay('2026-11-19')
    await work.sweep()
    expect(await recorded()).toEqual([])
    expect(await birthdays()).toEqual(['running'])
    work.setDay('2026-11-20')
    await work.sweep()
    await work.sweep()
    expect(await recorded()).toEqual([
      { person: 'sweeper-1', role: 'sweeper', agency: 'partnership' },
    ])
    expect(await birthdays()).toEqual(['fired'])
    const { recommendation } = await work.file(id)
    const caution = recommendation?.summary.offences[0]?.options.find(
      ({ disposal }) => disposal === 'youth-caution',
    )
    expect([recommendation?.asAt, caution?.standing]).toEqual(['2026-11-20', 'ruled-out'])
  })

  it.each([
    ['2008-02-28', '2026-02-27', '2026-02-28'],
    ['2008-02-29', '2026-02-28', '2026-03-01'],
    ['2008-03-01', '2026-02-28', '2026-03-01'],
  ])('of a child born on %s is not recorded on %s, and is on %s', async (born, before, on) => {
    const { work, recorded } = await nearlyEighteen(born, '2026-02-20')
    work.setDay(before)
    await work.sweep()
    expect(await recorded()).toEqual([])
    work.setDay(on)
    await work.sweep()
    expect(await recorded()).toHaveLength(1)
  })

  it('is recorded also where somebody recorded facts first that day', async () => {
    const { work, id, birthdays, recorded } = await nearlyEighteen()
    work.setDay('2026-11-20')
    granted(
      await work.answer('practitioner-1', id, [{ fact: 'child.missing_episodes', answer: 2 }]),
    )
    expect(await birthdays()).toEqual(['running'])
    await work.sweep()
    expect(await recorded()).toHaveLength(1)
    expect(await birthdays()).toEqual(['fired'])
  })

  it('is caught up on by a sweeper that was away for three days', async () => {
    const { work, birthdays, recorded } = await nearlyEighteen()
    work.setDay('2026-11-23')
    await work.sweep()
    expect(await recorded()).toHaveLength(1)
    expect(await birthdays()).toEqual(['fired'])
  })

  it('is only marked where the chart has it already', async () => {
    const { work, id, birthdays, recorded } = await nearlyEighteen()
    work.setDay('2026-11-20')
    await work.sweep()
    const file = await work.file(id)
    const row = { ...file.row, version: file.row.version + 1 }
    const clocks = file.clocks.map((one) => ({ ...one, state: 'running' as const }))
    const actor = { person: 'chair-1', role: 'clinic-chair', agency: 'chair' } as const
    const access = { actor, at: work.deps.now(), action: 'x', requestId: 'request-1' }
    await work.store.commit({ row, from: file.row.version, clocks, access })
    await work.sweep()
    expect(await recorded()).toHaveLength(1)
    expect(await birthdays()).toEqual(['fired'])
  })

  it('does not ring once the day of birth was corrected to a later one', async () => {
    const { work, id, birthdays, recorded } = await nearlyEighteen()
    const answers = [{ fact: 'child.date_of_birth', answer: '2009-11-20' }]
    granted(await work.answer('practitioner-1', id, answers, { correction: { reason: 'mistake' } }))
    work.setDay('2026-11-20')
    await work.sweep()
    expect(await recorded()).toEqual([])
    expect(await birthdays()).toEqual(['running'])
  })

  describe('once the day of birth was corrected to one that makes the child an adult already', () => {
    const corrected = async (born: string) => {
      const told = await nearlyEighteen()
      const answers = [{ fact: 'child.date_of_birth', answer: born }]
      const correction = { reason: 'mistake' }
      granted(await told.work.answer('practitioner-1', told.id, answers, { correction }))
      return told
    }

    it('is due on the right day, and recorded by the next sweep, once', async () => {
      const { work, id, birthdays, recorded } = await corrected('2008-10-01')
      const { row, clocks } = await work.file(id)
      expect(clocks.find(({ what }) => what === 'eighteenth-birthday')?.dueOn).toBe('2026-10-01')
      expect(row.dueOn).toBe('2026-10-01')
      await work.sweep()
      await work.sweep()
      expect(await recorded()).toHaveLength(1)
      expect(await birthdays()).toEqual(['fired'])
    })

    it('is recorded before anything else is done to the case', async () => {
      const { work, id, recorded } = await corrected('2008-10-01')
      const accepted = { type: 'referral.accepted' }
      expect(await work.act('team-leader-1', id, accepted)).toEqual({ ok: false, why: 'stale' })
      expect(await recorded()).toHaveLength(1)
      granted(await work.act('team-leader-1', id, accepted))
    })

    it.each([
      ['2008-11-02', 1],
      ['2008-11-03', 0],
    ])('counts the day itself, and not the day before: born on %s', async (born, times) => {
      const { work, recorded } = await corrected(born)
      await work.sweep()
      expect(await recorded()).toHaveLength(times)
    })
  })

  it('is recorded once by two sweepers at once', async () => {
    const { work, birthdays, recorded } = await nearlyEighteen()
    work.setDay('2026-11-21')
    const another: Deps = { ...work.deps, newId: () => `other-${work.deps.newId()}` }
    const both = await Promise.all([
      sweep(work.deps, { limit: 100 }),
      sweep(another, { limit: 100 }),
    ])
    expect(both.every(({ ok }) => ok)).toBe(true)
    await work.sweep()
    expect(await recorded()).toHaveLength(1)
    expect(await birthdays()).toEqual(['fired'])
  })
})

describe('the clocks of a case that was closed and is dealt with again', () => {
  const birthday = async (work: Work, id: string) => {
    const { row, clocks } = await work.file(id)
    const { turnedEighteen } = row.snapshot.context
    return [clocks.find(({ what }) => what === 'eighteenth-birthday')?.state, turnedEighteen]
  }
  const setAside = { type: 'disposal.setAside', reason: 'no-appropriate-adult' }

  it('stand still while it is closed, also on the day that would be the birthday', async () => {
    const { work, id } = await workedCase()
    await closed(work, id)
    const { row, clocks } = await work.file(id)
    expect([row.dueOn, ...new Set(clocks.map(({ state }) => state))]).toEqual([null, 'stopped'])
    work.setDay('2029-06-01')
    await work.sweep()
    expect(await birthday(work, id)).toEqual(['stopped', false])
  })

  it('run again as far as the rules still give them', async () => {
    const { work, id } = await workedCase()
    await closed(work, id)
    granted(await work.act('inspector-1', id, setAside))
    const { row, clocks, recommendation } = await work.file(id)
    const running = clocks.filter(({ state }) => state === 'running').map(({ what }) => what)
    const ruled = recommendation?.summary.clocks.filter(
      ({ due, verdict }) => due && verdict === 'met',
    )
    expect(running.sort()).toEqual(ruled?.map(({ what }) => what).sort())
    expect(running).toContain('eighteenth-birthday')
    expect(running).not.toContain('diversion-ends')
    expect(row.dueOn).not.toBeNull()
  })

  it('do not ring again where they rang before it was closed', async () => {
    const { work, id } = await workedCase()
    await work.sweep()
    const rang = async () =>
      (await work.file(id)).clocks.filter(({ state }) => state === 'fired').map(({ what }) => what)
    const before = await rang()
    expect(before).toContain('victim-support-referral')
    await closed(work, id)
    granted(await work.act('inspector-1', id, setAside))
    expect(await rang()).toEqual(before)
  })

  it.each([
    ['2029-05-13', 'running', false],
    ['2029-05-14', 'fired', true],
    ['2029-06-01', 'fired', true],
  ])('record a birthday that came meanwhile, set aside on %s', async (day, state, turned) => {
    const { work, id } = await workedCase()
    await closed(work, id)
    work.setDay(day)
    granted(await work.act('inspector-1', id, setAside))
    await work.sweep()
    expect(await birthday(work, id)).toEqual([state, turned])
  })
})
