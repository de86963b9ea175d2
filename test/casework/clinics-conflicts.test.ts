import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Deps } from '../../src/casework/casework.ts'
import { agenda, setConflicts, setMinutes, viewClinic } from '../../src/casework/clinics.ts'
import { caseQuerySchema, listCases } from '../../src/casework/list-cases.ts'
import { granted } from '../support/casework.ts'
import { told } from './sweep-cases.ts'
import { listed, type Work, workedCase } from './whole-case.ts'

const clinic = 'clinic-1'
let work: Work
let id: string
beforeEach(async () => {
  ;({ work, id } = await workedCase())
  await listed(work, id, clinic)
})
afterEach(() => work.store.close())

const set = (who: string, people: string[], version: number, deps: Deps = work.deps) =>
  setConflicts(
    deps,
    work.as(who),
    clinic,
    version,
    people.map((person) => ({ case: id, person })),
  )
const view = async (who: string) => granted(await viewClinic(work.deps, work.as(who), clinic))
const barred = async () => (await work.store.whereIs(id))?.barred

describe('a conflict of interest', () => {
  it('makes the case absent for that person: by itself, in lists, at the clinic', async () => {
    expect((await work.view('health-1', id)).ok).toBe(true)
    granted(await set('chair-1', ['health-1'], 2))
    expect(await work.view('health-1', id)).toEqual({ ok: false, why: 'absent' })
    const asked = caseQuerySchema.parse({})
    expect(granted(await listCases(work.deps, work.as('health-1'), asked)).cases).toEqual([])
    expect(await view('health-1')).toMatchObject({ cases: [], conflicts: [] })
    expect(granted(await agenda(work.deps, work.as('health-1'), clinic)).cases).toEqual([])
    expect((await view('chair-1')).conflicts).toMatchObject([{ case: id, person: 'health-1' }])
    expect((await work.view('education-1', id)).ok).toBe(true)
  })

  it('takes that person out of the quorum', async () => {
    expect((await view('chair-1')).cases[0]?.quorum?.state).toBe('met')
    granted(await set('chair-1', ['inspector-1'], 2))
    expect((await view('chair-1')).cases[0]?.quorum).toMatchObject({
      state: 'not-met',
      missing: ['police'],
    })
  })

  it('is lifted by leaving it out of the list, and each change is logged and told of', async () => {
    granted(await set('chair-1', ['health-1', 'education-1'], 2))
    granted(await set('team-leader-1', ['education-1'], 3))
    expect(await barred()).toEqual(['education-1'])
    const notices = (await told(work.store)).filter(({ notice }) =>
      String(notice).startsWith('conflict-'),
    )
    expect(notices.map(({ notice, person }) => `${notice} ${person}`)).toEqual([
      'conflict-set health-1',
      'conflict-set education-1',
      'conflict-lifted health-1',
    ])
    const log = await work.store.accessLog({
      scopes: [{ partnership: 'derby' }],
      case: id,
      limit: 100,
    })
    expect(
      log
        .filter(({ action }) => action.startsWith('case.conflict-'))
        .map(({ action, actor }) => `${action} ${actor.person}`)
        .reverse(),
    ).toEqual([
      'case.conflict-set chair-1',
      'case.conflict-set chair-1',
      'case.conflict-lifted team-leader-1',
    ])
  })

  it('keeps the day on which it was first set', async () => {
    granted(await set('chair-1', ['health-1'], 2))
    const [first] = (await view('chair-1')).conflicts
    granted(await set('chair-1', ['health-1', 'education-1'], 3))
    expect((await view('chair-1')).conflicts).toContainEqual(first)
  })

  it('of the chair is not lifted by the chair, who does not see it any more', async () => {
    granted(await set('chair-1', ['chair-1'], 2))
    granted(await set('chair-1', [], 3))
    expect(await barred()).toEqual(['chair-1'])
    expect(await set('chair-1', ['health-1'], 4)).toMatchObject({ why: 'unusable' })
    expect((await view('team-leader-1')).conflicts).toMatchObject([{ person: 'chair-1' }])
    granted(await set('team-leader-1', [], 4))
    expect(await barred()).toEqual([])
  })

  it('keeps the minutes from that person, who does not write them either', async () => {
    granted(await setMinutes(work.deps, work.as('team-leader-1'), clinic, 2, 'One case.'))
    granted(await set('team-leader-1', ['chair-1'], 3))
    expect(await view('chair-1')).toMatchObject({ minutes: null, minutesWithheld: true })
    const written = await setMinutes(work.deps, work.as('chair-1'), clinic, 4, 'Something else.')
    expect(written).toMatchObject({ why: 'refused' })
    expect((await view('team-leader-1')).minutes).toBe('One case.')
  })

  it('that another clinic set is not lifted by a list that never held it', async () => {
    const row = await work.store.whereIs(id)
    if (!row) throw new Error('The case is gone.')
    const actor = { person: 'chair-1', role: 'clinic-chair', agency: 'chair' } as const
    const access = { actor, at: work.deps.now(), action: 'x', requestId: 'request-1' }
    const before = { ...row, barred: ['health-1'], version: row.version + 1 }
    await work.store.commit({ row: before, from: row.version, access })
    granted(await set('chair-1', [], 2))
    expect(await barred()).toEqual(['health-1'])
    expect((await view('chair-1')).cases[0]?.barred).toEqual(['health-1'])
  })

  it('in a case that is not on the agenda cannot be set here', async () => {
    const asked = [{ case: 'case-999', person: 'health-1' }]
    expect(await setConflicts(work.deps, work.as('chair-1'), clinic, 2, asked)).toMatchObject({
      why: 'unusable',
      problems: [{ pointer: '/0/case' }],
    })
  })

  it('is for the chair and the team leader to set, at the version that they saw', async () => {
    for (const who of ['inspector-1', 'health-1'])
      expect(await set(who, ['health-1'], 2), who).toMatchObject({ why: 'not-allowed' })
    expect(await set('chair-1', ['health-1'], 1)).toEqual({ ok: false, why: 'stale' })
    expect(await barred()).toEqual([])
  })
})

describe('where setting conflicts is interrupted', () => {
  const failing = (): Deps => ({
    ...work.deps,
    store: {
      ...work.store,
      saveClinic: async () => {
        throw new Error('Interrupted.')
      },
    },
  })

  it('nobody is let in, and whoever was to be kept out is', async () => {
    granted(await set('chair-1', ['health-1'], 2))
    await expect(set('chair-1', ['education-1'], 3, failing())).rejects.toThrow('Interrupted.')
    expect(await barred()).toEqual(['health-1', 'education-1'])
    granted(await set('chair-1', ['education-1'], 3))
    expect(await barred()).toEqual(['education-1'])
  })

  it('a case that changed at the same time takes the change, and keeps its own', async () => {
    let first = true
    const store = {
      ...work.store,
      commit: async (change: Parameters<typeof work.store.commit>[0]) => {
        if (first) {
          first = false
          granted(
            await work.answer('practitioner-1', id, [
              { fact: 'child.missing_episodes', answer: 2 },
            ]),
          )
        }
        return work.store.commit(change)
      },
    }
    granted(await set('chair-1', ['health-1'], 2, { ...work.deps, store }))
    expect(await barred()).toEqual(['health-1'])
    const { answers } = await work.file(id)
    expect(answers.find(({ fact }) => fact === 'child.missing_episodes')?.answer).toBe(2)
  })
})
