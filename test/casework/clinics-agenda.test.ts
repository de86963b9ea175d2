import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checklistsDue } from '../../src/casework/clinics/checklists-due.ts'
import { byAgency, owedBefore } from '../../src/casework/clinics/sources.ts'
import { agenda } from '../../src/casework/clinics.ts'
import { findRequirement, type Gated, gatedBy } from '../../src/casework/gate.ts'
import type { DepartureEntry, RecommendationEntry } from '../../src/casework/ports.ts'
import { granted } from '../support/casework.ts'
import { listed, type Work, workedCase } from './whole-case.ts'

let work: Work
let id: string
beforeEach(async () => {
  ;({ work, id } = await workedCase('REF-1'))
  await listed(work, id)
})
afterEach(() => work.store.close())

const asked = async (who: string) =>
  granted(await agenda(work.deps, work.as(who), 'clinic-1')).cases[0]
const known = async () => {
  const { recommendation, answers } = await work.file(id)
  if (!recommendation) throw new Error('There is no recommendation.')
  const set = work.deps.ruleSet('derby')
  if (!set.ok) throw new Error('There are no rules.')
  return { recommendation, answers, ruleSet: set.value }
}

describe('the agenda', () => {
  it('puts before the clinic where a case stands, what it is about and what holds it', async () => {
    expect(await asked('chair-1')).toMatchObject({
      case: id,
      reference: 'REF-1',
      item: 'listed',
      state: 'listed',
      status: 'on-hold',
      asAt: '2026-11-02',
      offences: [{ number: 1, code: 'criminal-damage-low' }],
      quorum: { state: 'met', missing: [], extra: ['social-care (looked-after)'] },
      holds: [{ rule: 'children-in-care/care-evidence-incomplete', by: 'youth-justice' }],
      checklists: [{ instrument: 'ten-points', applies: 'yes', progress: null, open: [6] }],
    })
  })

  it('says of each agency what has come and what has not', async () => {
    const social = (await asked('chair-1'))?.sources?.find(({ agency }) => agency === 'social-care')
    expect(social?.counts).toEqual({ done: 3, outstanding: 1, 'cannot-tell': 0, 'set-aside': 0 })
    expect(social?.owed.filter(({ state }) => state !== 'done')).toMatchObject([
      { requirement: 'children-in-care/06-social-workers-view', before: 'decision', point: 6 },
    ])
  })

  it('changes as soon as what was missing has come', async () => {
    const fact = 'home.social_worker_view'
    granted(await work.answer('social-worker-1', id, [{ fact, answer: 'yes' }]))
    const now = await asked('chair-1')
    expect(now?.holds).toEqual([])
    expect(now?.checklists).toMatchObject([{ instrument: 'ten-points', open: [] }])
    const social = now?.sources?.find(({ agency }) => agency === 'social-care')
    expect(social?.counts.outstanding).toBe(0)
  })

  it('holds only the cases that still wait', async () => {
    const reason = 'information-outstanding'
    granted(await work.act('team-leader-1', id, { type: 'case.postponed', reason }))
    expect(await asked('chair-1')).toBeUndefined()
  })

  it('begins with the case in which something is due first', async () => {
    const later = granted(
      await work.open('officer-1', { partnership: 'derby', facts: { 'case.entry': 'custody' } }),
    ).id
    const item = { clinic: 'clinic-1', case: later, state: 'listed' as const }
    const row = await work.store.whereIs(later)
    if (!row) throw new Error('The case is gone.')
    const actor = { person: 'chair-1', role: 'clinic-chair', agency: 'chair' } as const
    const access = { actor, at: work.deps.now(), action: 'x', requestId: 'request-1' }
    const dues = async (dueOn: string | null) => {
      const now = await work.store.whereIs(later)
      const change = { ...row, dueOn, version: (now?.version ?? 0) + 1 }
      await work.store.commit({
        row: change,
        from: change.version - 1,
        clinicItems: [item],
        access,
      })
      const { cases } = granted(await agenda(work.deps, work.as('chair-1'), 'clinic-1'))
      return cases.map((one) => one.case)
    }
    expect(await dues('2020-01-01')).toEqual([later, id])
    expect(await dues('2030-01-01')).toEqual([id, later])
    expect(await dues(null)).toEqual([id, later])
  })
})

describe('on the agenda', () => {
  it('the child has a name and initials for whoever may know, and none for victim liaison', async () => {
    const { id: other } = granted(
      await work.open('officer-1', {
        partnership: 'derby',
        facts: { 'case.entry': 'custody' },
        child: { name: 'Made-up Q. Child' },
      } as never),
    )
    await work.act('team-leader-1', other, { type: 'referral.accepted' })
    const row = await work.store.whereIs(other)
    const item = { clinic: 'clinic-1', case: other, state: 'listed' as const }
    if (!row) throw new Error('The case is gone.')
    const actor = { person: 'chair-1', role: 'clinic-chair', agency: 'chair' } as const
    const access = { actor, at: work.deps.now(), action: 'x', requestId: 'request-1' }
    const next = { ...row, version: row.version + 1 }
    await work.store.commit({ row: next, from: row.version, clinicItems: [item], access })
    const seen = async (who: string) =>
      granted(await agenda(work.deps, work.as(who), 'clinic-1')).cases.find(
        (one) => one.case === other,
      )
    expect((await seen('health-1'))?.child).toEqual({ name: 'Made-up Q. Child', initials: 'MUQC' })
    const liaison = await seen('victim-liaison-1')
    expect(liaison).toMatchObject({ case: other, item: 'listed' })
    for (const part of ['child', 'sources', 'holds', 'status', 'offences', 'checklists'])
      expect(liaison).not.toHaveProperty(part)
  })
})

describe('what is owed', () => {
  const departure = (requirement: string, summary: Gated) =>
    ({
      from: { what: 'requirement', requirement },
      ground: findRequirement(requirement, summary)?.ground,
    }) as DepartureEntry

  it('counts as set aside only where somebody departed from it and it is not done', async () => {
    const summary = gatedBy((await known()).recommendation)
    const departures = ['children-in-care/06-social-workers-view', 'information/police-report']
    const made = departures.map((one) => departure(one, summary))
    const owed = owedBefore(['listing', 'decision'], summary, made)
    const states = Object.fromEntries(owed.map((one) => [one.requirement, one.state]))
    expect(states['children-in-care/06-social-workers-view']).toBe('set-aside')
    expect(states['information/police-report']).toBe('done')
  })

  it('stands once with one agency, and nothing is left out', async () => {
    const summary = gatedBy((await known()).recommendation)
    const owed = owedBefore(['listing', 'decision'], summary, [])
    const asked = summary.requirements.filter(({ before }) => /listing|decision/.test(before))
    expect(owed).toHaveLength(asked.length)
    expect(byAgency(owed).flatMap((one) => one.owed)).toHaveLength(owed.length)
    const counted = byAgency(owed).flatMap(({ counts }) => Object.values(counts))
    expect(counted.reduce((sum, one) => sum + one, 0)).toBe(owed.length)
  })

  it('says nothing sure of checklists by rules that the recommendation was not made with', async () => {
    const { recommendation, answers, ruleSet } = await known()
    const older: RecommendationEntry = { ...recommendation, ruleSet: 'sha256-00000000' }
    const sure = (one: RecommendationEntry, set: typeof ruleSet | undefined) =>
      checklistsDue(one, answers, set).map(({ instrument, applies }) => [instrument, applies])
    expect(sure(recommendation, ruleSet)).toEqual([['ten-points', 'yes']])
    const unsure = [
      ['ten-points', 'cannot-tell'],
      ['child-information-form', 'cannot-tell'],
    ]
    expect(sure(older, ruleSet)).toEqual(unsure)
    expect(sure(recommendation, undefined)).toEqual(unsure)
  })
})
