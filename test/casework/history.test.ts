import { describe, expect, test } from 'vitest'
import { act } from '../../src/casework/act.ts'
import { type Asked, askedSchema } from '../../src/casework/asked.ts'
import { history } from '../../src/casework/history.ts'
import { granted } from '../support/casework.ts'
import { decidedCase, forTheVictim, openedCase, reasons, victimsName } from './told-case.ts'

const read = async (told: Awaited<ReturnType<typeof openedCase>>, person: string) =>
  granted(await history(told.deps, told.as(person), told.id)).events

describe('the history of a case', () => {
  test('tells what happened in order, who did it and in which role', async () => {
    const told = await decidedCase()
    const all = await read(told, 'team-leader-1')
    expect(all.map(({ type }) => type)).toEqual([
      'referral.received',
      'referral.accepted',
      'case.listed',
      'clinic.opened',
      'facts.recorded',
      'facts.recorded',
      'clinic.decided',
    ])
    expect(all.map(({ seq }) => seq)).toEqual([...all].map(({ seq }) => seq).sort((a, b) => a - b))
    expect(all[1]).toMatchObject({
      says: 'The youth justice service accepted the referral.',
      by: { person: 'team-leader-1', role: 'team-leader', agency: 'youth-justice' },
    })
    expect(all[0]?.details).toEqual(['How the case came: voluntary interview.', 'About offence 1.'])
  })

  test('says where the clock that something was written by stood before that of the entry before it', async () => {
    const told = await openedCase()
    const { deps } = told
    const behind = { ...deps, now: () => '2026-11-02T09:00:00.000Z' }
    const asked = askedSchema.parse({ type: 'referral.accepted' })
    const version = (await deps.store.whereIs(told.id))?.version ?? 0
    const outcome = await act(behind, told.as('team-leader-1'), told.id, version, asked as Asked)
    expect(outcome).toMatchObject({ ok: true })
    const says = 'The clock that this was written by stood before that of the entry before it.'
    const all = await read(told, 'team-leader-1')
    expect(all.map(({ details }) => details.includes(says))).toEqual([
      ...all.slice(1).map(() => false),
      true,
    ])
  })

  test('names what was answered and by whom, and never what was answered', async () => {
    const told = await openedCase()
    granted(
      await told.answer('social-worker-1', told.id, [
        { fact: 'home.care_plan_seen', answer: 'no', evidence: 'An email', suppliedBy: 'home' },
      ]),
    )
    const last = (await read(told, 'team-leader-1')).at(-1)
    expect(last?.details).toEqual([
      'It came from: Home.',
      'About: whether we have seen what the care plan says.',
    ])
    expect(JSON.stringify(last)).not.toContain('An email')
  })

  test('holds the decision in its own words, and the coded reason of what went back', async () => {
    const told = await decidedCase()
    await told.does('chair-1', { type: 'decision.returned', reason: 'other', text: 'A new fact.' })
    const all = await read(told, 'team-leader-1')
    const decided = all.find(({ type }) => type === 'clinic.decided')
    expect(decided?.details).toContain(
      'For offence 1: Diversionary, educational or intervention activity.',
    )
    expect(decided?.decision?.chosen[0]?.reasons).toBe(reasons)
    expect(all.at(-1)).toMatchObject({ details: ['Reason: other.'], words: ['A new fact.'] })
  })

  test('shows words only to those who may read them', async () => {
    const told = await openedCase()
    await told.does('team-leader-1', {
      type: 'safeguarding.raised',
      reason: 'other',
      text: 'Bruises.',
    })
    expect(JSON.stringify(await read(told, 'chair-1'))).toContain('Bruises.')
    expect(JSON.stringify(await read(told, 'officer-1'))).not.toContain('Bruises.')
    expect(JSON.stringify(await read(told, 'auditor-1'))).not.toContain('Bruises.')
  })

  test('is for an auditor what happened and who did it, and nothing that was decided', async () => {
    const told = await decidedCase()
    const all = await read(told, 'auditor-1')
    expect(all.at(-1)).toMatchObject({
      says: 'The clinic decided, a disposal for each offence.',
      by: { person: 'chair-1' },
      details: [],
    })
    expect(all.every((one) => !('decision' in one) && !('words' in one))).toBe(true)
  })

  test('says of a victim only that something was recorded, to everybody', async () => {
    const told = await decidedCase()
    for (const person of ['chair-1', 'inspector-1', 'team-leader-1', 'victim-liaison-1']) {
      const all = await read(told, person)
      const text = JSON.stringify(all)
      expect(text).not.toContain(victimsName)
      expect(text).not.toContain(forTheVictim)
      expect(text).not.toContain('plan protects the victim')
      expect(all[4]?.details).toContain('Some of it is about a victim, and is kept apart.')
    }
  })

  test('keeps the words of a correction to itself where a victim is concerned', async () => {
    const told = await openedCase()
    const correct = (person: string, answers: object[], text: string) =>
      told.answer(person, told.id, answers, { correction: { reason: 'other', text } })
    const about = { what: 'victim', number: 1 }
    const rights = { fact: 'victim.enhanced_rights', answer: 'yes', about }
    granted(await correct('victim-liaison-1', [rights], 'She is ill.'))
    const missing = { fact: 'child.missing_episodes', answer: 2 }
    granted(await correct('officer-1', [missing], 'Counted again.'))
    const all = await read(told, 'team-leader-1')
    expect(all.at(-2)).not.toHaveProperty('words')
    expect(all.at(-1)?.words).toEqual(['Counted again.'])
    const { words } = granted(await told.view('team-leader-1', told.id))
    expect(words?.map(({ text }) => text)).toEqual(['Counted again.'])
  })

  test('holds the eighteenth birthday for those alone who may know when the child was born', async () => {
    const told = await openedCase()
    told.setDay('2029-05-14')
    await told.sweep()
    const seen = async (person: string) => {
      const shown = granted(await history(told.deps, told.as(person), told.id))
      const birthdays = shown.events.filter(({ type }) => type === 'child.turnedEighteen')
      return [birthdays.map(({ at }) => at.slice(0, 10)), shown.says ?? '']
    }
    expect(await seen('team-leader-1')).toEqual([['2029-05-14'], ''])
    for (const person of ['victim-liaison-1', 'auditor-1'])
      expect(await seen(person)).toEqual([[], expect.stringContaining('turned eighteen')])
  })

  test('says what is left out before the birthday as it does after it, so that it tells nothing', async () => {
    const told = await openedCase()
    const says = async () => granted(await history(told.deps, told.as('auditor-1'), told.id)).says
    const before = await says()
    told.setDay('2029-05-14')
    await told.sweep()
    expect(before).toContain('turned eighteen')
    expect(await says()).toBe(before)
  })

  test('is logged when it is read, and is not there for another partnership', async () => {
    const told = await openedCase()
    await read(told, 'auditor-1')
    const log = await told.store.accessLog({
      scopes: [{ partnership: 'derby' }],
      case: told.id,
      limit: 9,
    })
    expect(log[0]).toMatchObject({ action: 'case.read-history', actor: { person: 'auditor-1' } })
    expect(await history(told.deps, told.as('auditor-2'), told.id)).toEqual({
      ok: false,
      why: 'absent',
    })
    expect(await history(told.deps, told.as('analyst-1'), told.id)).toMatchObject({ ok: false })
  })
})
