import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Deps } from '../../src/casework/casework.ts'
import { sweep } from '../../src/casework/sweep.ts'
import { caseSchema } from '../../src/domain/case.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'

const policy = realPolicy()
const worked = fileURLToPath(new URL('../../docs/worked-case.yaml', import.meta.url))
const ready = caseSchema.parse(parse(readFileSync(worked, 'utf8')))

/** The child of the worked case, made older: seventeen until 20 November 2026. */
async function nearlyEighteen(born = '2008-11-20', day?: string) {
  const work = caseworkOn(policy, day)
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
