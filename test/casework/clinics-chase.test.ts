import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { awaited } from '../../src/casework/clinics/awaited.ts'
import {
  chaseListOfClinic,
  chaseListOfPartnership,
  chaseQuerySchema,
} from '../../src/casework/clinics.ts'
import type { RecommendationEntry } from '../../src/casework/ports.ts'
import { granted } from '../support/casework.ts'
import { listed, ready, type Work, workedCase } from './whole-case.ts'

let work: Work
let id: string
beforeEach(async () => {
  ;({ work, id } = await workedCase('REF-1'))
})
afterEach(() => work.store.close())

const view = 'children-in-care/06-social-workers-view'
const inPartnership = async (who: string, more: object = {}) =>
  chaseListOfPartnership(
    work.deps,
    work.as(who),
    chaseQuerySchema.parse({ partnership: 'derby', ...more }),
  )
const of = async (agency: string, who = 'team-leader-1') =>
  granted(await inPartnership(who)).agencies.find((one) => one.agency === agency)?.awaited ?? []

describe('a chase list', () => {
  it('asks each agency for what it owes, case by case, with the days it has been awaited', async () => {
    work.setDay('2026-11-06')
    expect(await of('social-care')).toEqual([
      {
        what: 'requirement',
        id: view,
        of: 'social-care',
        says: expect.stringContaining('social worker'),
        before: 'decision',
        hard: false,
        since: '2026-11-02',
        days: 4,
        case: id,
        reference: 'REF-1',
      },
    ])
  })

  it('asks no more for what has come', async () => {
    const fact = 'home.social_worker_view'
    granted(await work.answer('social-worker-1', id, [{ fact, answer: 'yes' }]))
    expect(await of('social-care')).toEqual([])
  })

  it('asks no more for what a named person set aside', async () => {
    await listed(work, id)
    granted(
      await work.act('chair-1', id, {
        type: 'departure.recorded',
        from: { what: 'requirement', requirement: view },
        reason: 'other',
        text: 'She is away until January.',
      }),
    )
    expect(await of('social-care')).toEqual([])
  })

  it('counts anew from the day on which something was missing again', async () => {
    const fact = 'home.social_worker_view'
    const answer = async (day: string, said: string) => {
      work.setDay(day)
      granted(await work.answer('social-worker-1', id, [{ fact, answer: said }]))
    }
    await answer('2026-11-04', 'yes')
    await answer('2026-11-06', 'no')
    await answer('2026-11-09', 'no')
    work.setDay('2026-11-10')
    expect(await of('social-care')).toMatchObject([{ id: view, since: '2026-11-06', days: 4 }])
  })

  it('of a clinic holds its own cases alone', async () => {
    await listed(work, id)
    const facts = { ...ready.facts, 'child.missing_episodes': 1 }
    granted(await work.open('officer-1', { ...ready, facts, reference: 'REF-2' }))
    const cases = (list: { agencies: readonly { awaited: readonly { case: string }[] }[] }) =>
      new Set(list.agencies.flatMap((one) => one.awaited.map((item) => item.case)))
    const list = granted(await chaseListOfClinic(work.deps, work.as('team-leader-1'), 'clinic-1'))
    expect([...cases(list)]).toEqual([id])
    expect(cases(granted(await inPartnership('team-leader-1'))).size).toBe(2)
    expect(await chaseListOfClinic(work.deps, work.as('chair-2'), 'clinic-1')).toEqual({
      ok: false,
      why: 'absent',
    })
  })

  it('of twenty-five cases asks the store three times at most, and logs a row for each', async () => {
    for (let i = 2; i <= 25; i += 1)
      granted(await work.open('officer-1', { ...ready, reference: `REF-${i}` }))
    const calls: string[] = []
    const counted = new Proxy(work.store, {
      get: (store, name) => {
        const call = Reflect.get(store, name) as (...given: unknown[]) => unknown
        return (...given: unknown[]) => {
          calls.push(String(name))
          return call(...given)
        }
      },
    })
    const deps = { ...work.deps, store: counted }
    const query = chaseQuerySchema.parse({ partnership: 'derby' })
    const list = granted(await chaseListOfPartnership(deps, work.as('team-leader-1'), query))
    const cases = new Set(list.agencies.flatMap((one) => one.awaited.map((each) => each.case)))
    expect([cases.size, calls]).toEqual([25, ['list', 'readMany']])
    const log = await work.store.accessLog({ scopes: [{ partnership: 'derby' }], limit: 2 })
    expect(log.map((row) => [row.action, row.cases.length])).toEqual([
      ['case.chase', 25],
      ['case.chase', 25],
    ])
  })

  it('comes in pages of cases', async () => {
    granted(await work.open('officer-1', { ...ready, reference: 'REF-2' }))
    const first = granted(await inPartnership('team-leader-1', { limit: 1 }))
    const second = granted(await inPartnership('team-leader-1', { limit: 1, cursor: first.next }))
    const references = [first, second].map(
      ({ agencies }) =>
        agencies.find(({ agency }) => agency === 'social-care')?.awaited[0]?.reference,
    )
    expect(references).toEqual(['REF-2', 'REF-1'])
    expect(await inPartnership('team-leader-1', { cursor: 'not-ours' })).toMatchObject({
      why: 'unusable',
    })
  })

  it('says in the words of who gave it why something is not known, to those alone who read words', async () => {
    const because = async (who: string) =>
      (await of('child', who)).find(({ id: fact }) => fact === 'child.consents_to_conditions')
    expect(await because('practitioner-1')).toMatchObject({
      because: 'no conditions have been proposed to him',
    })
    const shown = await because('officer-1')
    expect(shown).toMatchObject({ what: 'question', of: 'child' })
    expect(shown).not.toHaveProperty('because')
  })

  it('of a clinic tells no more', async () => {
    await listed(work, id)
    const text = async (who: string) =>
      JSON.stringify(granted(await chaseListOfClinic(work.deps, work.as(who), 'clinic-1')))
    expect(await text('chair-1')).toContain('no conditions have been proposed')
    expect(await text('officer-1')).not.toContain('no conditions have been proposed')
  })

  it('tells nothing to those who may not read what is recommended', async () => {
    expect(granted(await inPartnership('victim-liaison-1')).agencies).toEqual([])
    for (const who of ['chair-2', 'auditor-1', 'scrutiny-1'])
      expect(await inPartnership(who), who).toMatchObject({ why: 'not-allowed' })
  })
})

describe('what a case waits for', () => {
  const waits = async (state: string) => {
    const set = work.deps.ruleSet('derby')
    if (!set.ok) throw new Error('There are no rules.')
    const { recommendation } = await work.file(id)
    const made = [recommendation as RecommendationEntry]
    return awaited(state, made, [], set.value.policy.facts, '2026-11-02')
  }

  it('is what comes next: nothing of the giving before the decision, nothing once it is closed', async () => {
    const stages = async (state: string) => [
      ...new Set((await waits(state)).flatMap(({ before }) => before ?? [])),
    ]
    expect((await stages('preparing')).sort()).toEqual(['decision'])
    expect(await stages('offering')).not.toContain('decision')
    expect(await stages('offering')).toContain('giving')
    expect(await stages('completed')).toEqual(['closing'])
    expect(await waits('closed')).toEqual([])
  })

  it('holds questions only while they can change what is decided', async () => {
    const questions = async (state: string) =>
      (await waits(state)).filter(({ what }) => what === 'question').map(({ id: fact }) => fact)
    expect(await questions('preparing')).toContain('child.consents_to_conditions')
    expect(await questions('preparing')).not.toContain('process.given_by')
    expect(await questions('offering')).toEqual([])
  })

  it('says why something is not known, where somebody said so', async () => {
    const [one] = (await waits('preparing')).filter(
      ({ id: fact }) => fact === 'child.consents_to_conditions',
    )
    expect(one).toMatchObject({
      of: 'child',
      because: 'no conditions have been proposed to him',
    })
  })

  it('puts what is worked out to whoever can say what it is worked out from', async () => {
    const facts = { ...ready.facts }
    delete facts['child.date_of_birth']
    const { id: other } = granted(
      await work.open('officer-1', { ...ready, facts, reference: 'REF-2' }),
    )
    id = other
    const list = await waits('preparing')
    expect(list.find(({ id: fact }) => fact === 'child.date_of_birth')).toMatchObject({
      what: 'question',
      of: 'police',
    })
    expect(list.filter(({ id: fact }) => fact === 'child.age_now')).toEqual([])
  })
})
