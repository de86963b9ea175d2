import { beforeAll, describe, expect, it } from 'vitest'
import { checklistSchema, fillChecklist, viewChecklists } from '../../src/casework/checklists.ts'
import { eraseChild } from '../../src/casework/erase.ts'
import { history } from '../../src/casework/history.ts'
import { caseQuerySchema, listCases } from '../../src/casework/list-cases.ts'
import { narrative } from '../../src/casework/narrative.ts'
import {
  compareRecommendations,
  latestRecommendation,
  recommendations,
} from '../../src/casework/recommendations.ts'
import { listVictims, recordVictim, victimSchema } from '../../src/casework/victims.ts'
import { granted } from '../support/casework.ts'
import { closed, type Work, workedCase } from './whole-case.ts'

const says =
  'What was kept of the child was erased on 2 November 2026. What stays is what happened, in codes.'
const no = { ok: false, why: 'erased', says }

describe('a case whose child was erased', () => {
  let work: Work
  let id: string
  const before: { story: string } = { story: '' }
  const story = async (person = 'chair-1') =>
    granted(await narrative(work.deps, work.as(person), id)).sections

  beforeAll(async () => {
    const made = await workedCase('ERASED-1')
    work = made.work
    id = made.id
    await closed(work, id)
    before.story = JSON.stringify(await story())
    granted(await eraseChild(work.deps, work.as('administrator-1'), id))
  })

  it('says in the case and in the list when it was erased', async () => {
    const view = granted(await work.view('chair-1', id))
    expect(view).toMatchObject({ erasedAt: expect.stringMatching(/^2026-11-02T/), says })
    const query = caseQuerySchema.parse({})
    const list = granted(await listCases(work.deps, work.as('chair-1'), query))
    expect(list.cases[0]).toMatchObject({ id, says, erasedAt: view.erasedAt })
  })

  it('says in its history when it was erased, beside what happened', async () => {
    const told = granted(await history(work.deps, work.as('auditor-1'), id))
    expect(told.erasedAt).toEqual(expect.any(String))
    expect(told.says).toContain(says)
    expect(told.events.map(({ type }) => type)).toContain('clinic.decided')
  })

  it('says in its story that what was decided was erased, and not that nothing was', async () => {
    expect(before.story).not.toContain('erased')
    const told = await story()
    expect(told[0]).toEqual({ heading: 'What was erased', sentences: [says] })
    expect(told.find(({ heading }) => heading === 'What was decided, and why')?.sentences).toEqual([
      'What was decided was erased on 2 November 2026.',
    ])
    expect(JSON.stringify(told)).not.toContain('No decision stands.')
  })

  it('answers that it was erased to whoever asks for what is gone', async () => {
    const { deps } = work
    const as = work.as('chair-1')
    expect(await recommendations(deps, as, id)).toEqual(no)
    expect(await latestRecommendation(deps, as, id)).toEqual(no)
    expect(await compareRecommendations(deps, as, id)).toEqual(no)
    expect(await listVictims(deps, as, id)).toEqual(no)
    expect(await viewChecklists(deps, as, id)).toEqual(no)
  })

  it('answers so only to those whose case it is', async () => {
    expect(await latestRecommendation(work.deps, work.as('chair-2'), id)).toMatchObject({
      why: 'absent',
    })
  })

  it('refuses whatever is to be added to it, instead of failing', async () => {
    const version = (await work.store.whereIs(id))?.version ?? 0
    const raised = { type: 'safeguarding.raised', reason: 'missing' }
    expect(await work.act('team-leader-1', id, raised as never)).toEqual(no)
    const answer = [{ fact: 'child.missing_episodes', answer: 2 }]
    expect(await work.answer('practitioner-1', id, answer)).toEqual(no)
    const victim = victimSchema.parse({ facts: [{ fact: 'victim.kind', answer: 'person' }] })
    const liaison = work.as('victim-liaison-1')
    expect(await recordVictim(work.deps, liaison, id, version, 'new', victim)).toEqual(no)
    const points = checklistSchema.parse({ answers: [{ point: '8', answer: 'yes' }] })
    const leader = work.as('team-leader-1')
    expect(await fillChecklist(work.deps, leader, id, version, 'ten-points', points)).toEqual(no)
    expect((await work.store.whereIs(id))?.version).toBe(version)
  })
})

describe('a case whose child was not erased', () => {
  it('says nothing of an erasure', async () => {
    const { work, id } = await workedCase('KEPT-1')
    const view = granted(await work.view('chair-1', id))
    expect(view.erasedAt).toBeNull()
    expect(view).not.toHaveProperty('says')
    const told = granted(await history(work.deps, work.as('auditor-1'), id))
    expect(told.erasedAt).toBeNull()
    expect(told.says).not.toContain('erased')
  })
})
