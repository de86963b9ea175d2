import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  type ChecklistView,
  checklistSchema,
  fillChecklist,
  type Instrument,
  instruments,
  viewChecklists,
} from '../../src/casework/checklists.ts'
import { type CaseView, viewCase } from '../../src/casework/view.ts'
import type { CaseInput } from '../../src/domain/case.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { rulesInForce } from '../../src/rules/rule-set.ts'
import { leavesOf } from '../../src/rules/tests-of.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { realPolicy, ruleSetOf } from '../support/real-rules.ts'

const policy = realPolicy()
const read = readCase({ path: 'worked-case.yaml', bytes: readFileSync('docs/worked-case.yaml') })
if (!read.ok) throw new Error('The worked case cannot be read.')
const worked = read.value

/** The worked case with some facts of the referral changed; null takes an answer away. */
async function caseWith(facts: CaseInput['facts'] = {}, day = '2026-11-02', more: object = {}) {
  const casework = await caseworkOn(policy, day)
  const given = Object.entries({ ...worked.facts, ...facts }).filter(([, one]) => one !== null)
  const input = { ...worked, facts: Object.fromEntries(given), ...more }
  const { id } = granted(await casework.open('officer-1', input))
  const fill = async (
    person: string,
    answers: unknown[],
    instrument: Instrument['id'] = 'ten-points',
    purpose?: string,
  ) => {
    const version = (await casework.store.whereIs(id))?.version ?? 0
    const request = { ...casework.as(person), purpose }
    return fillChecklist(
      casework.deps,
      request,
      id,
      version,
      instrument,
      checklistSchema.parse({ answers }),
    )
  }
  const view = async (person: string, purpose?: string) =>
    granted(await viewChecklists(casework.deps, { ...casework.as(person), purpose }, id))
  return { ...casework, id, fill, look: view }
}
const form = (views: readonly ChecklistView[], id: Instrument['id'] = 'ten-points') => {
  const found = views.find(({ instrument }) => instrument === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
const pointOf = ({ points }: ChecklistView, id: string) => {
  const found = points.find(({ point }) => point === id)
  if (!found) throw new Error(`no point ${id}`)
  return found
}
const waiting = { 'home.care_plan_seen': 'no', 'home.behaviour_policy_seen': null }

describe('the data of the forms', () => {
  test('names for each of the ten points the fact that the rules look at', () => {
    const rules = rulesInForce(ruleSetOf(policy, 'derby'), '2026-11-02')
    const asked = rules.flatMap(({ then }) =>
      then.flatMap((effect) =>
        'require' in effect && effect.require.point && effect.require.done_when
          ? [
              [
                effect.require.point,
                leavesOf(effect.require.done_when).map(({ leaf }) => leaf.fact),
              ] as const,
            ]
          : [],
      ),
    )
    const points = instruments[0]?.points ?? []
    expect(asked.map(([number]) => number).sort((a, b) => a - b)).toEqual(
      points.map((one) => one.number),
    )
    for (const [number, facts] of asked)
      expect(facts).toContain(points.find((one) => one.number === number)?.fact)
  })

  test('holds no title of a section of the Child Information Form, because none was read', () => {
    expect(instruments[1]?.points).toHaveLength(8)
    expect(instruments[1]?.confirmed).toContain('Not confirmed: titles and questions.')
  })
})

describe('which form applies', () => {
  const applies = async (facts: CaseInput['facts'], day?: string) => {
    const { look } = await caseWith(facts, day)
    return Object.fromEntries(
      (await look('practitioner-1')).map((one) => [one.instrument, one.applies]),
    )
  }

  test('is the ten points alone for a child in care whose file goes nowhere', async () => {
    expect(await applies({})).toEqual({ 'ten-points': 'yes', 'child-information-form': 'no' })
  })

  test('is the Child Information Form too, from the day on which the rules begin to ask for it', async () => {
    const facts = { 'case.file_route': 'cps' }
    const day = (views: readonly ChecklistView[]) => form(views, 'child-information-form')
    const before = day(await (await caseWith(facts, '2025-01-31', inJanuary)).look('officer-1'))
    expect(before.applies).toBe('no')
    expect(before.why).toBe('No rule in force on 31 January 2025 asks for it.')
    const after = day(await (await caseWith(facts, '2025-02-01', inJanuary)).look('officer-1'))
    expect(after.applies).toBe('yes')
    expect(after.rules.map(({ id }) => id)).toEqual(['children-in-care/charging-file-form'])
  })

  test('cannot be told while the route is not known, and is not taken for a no', async () => {
    expect(await applies({ 'case.file_route': null })).toMatchObject({
      'child-information-form': 'cannot-tell',
    })
  })

  test('is neither for a child who is not in care and whose file goes nowhere', async () => {
    const facts = { 'child.care_status': 'none', 'child.placement': 'parents' }
    expect(await applies(facts)).toEqual({ 'ten-points': 'no', 'child-information-form': 'no' })
  })
})

describe('the ten points', () => {
  test('say what is missing, and who could tell', async () => {
    const { look } = await caseWith(waiting)
    const view = form(await look('practitioner-1'))
    expect(pointOf(view, '1')).toMatchObject({
      question: "Have we seen the home's or placement's own behaviour policy?",
      state: 'cannot-tell',
      missing: { says: 'Nobody has answered this yet.', whoCouldTell: 'home' },
    })
    expect(pointOf(view, '7')).toMatchObject({
      answer: 'no',
      missing: {
        says: 'It was answered, and it is not all there yet.',
        whoCouldTell: 'social-care',
      },
    })
  })

  test('carry who supplied an answer, when, and what it rests on', async () => {
    const { look, fill } = await caseWith(waiting)
    granted(
      await fill('social-worker-1', [
        { point: '6', answer: 'yes', evidence: 'Signed view', suppliedOn: '2026-11-01' },
      ]),
    )
    const view = form(await look('practitioner-1'))
    expect(view.version).toBe(1)
    expect(view.filledBy?.person).toBe('social-worker-1')
    expect(pointOf(view, '6')).toMatchObject({
      state: 'done',
      answer: 'yes',
      evidence: 'Signed view',
      suppliedBy: 'social-care',
      suppliedOn: '2026-11-01',
    })
    expect(pointOf(view, '6')).not.toHaveProperty('missing')
  })

  test('write the facts that follow, how far the form is among them, and the rules run again', async () => {
    const { store, view, fill, id } = await caseWith({ 'home.behaviour_policy_seen': null })
    const recommended = (await store.whereIs(id))?.recommendation
    granted(await fill('social-worker-1', [{ point: '6', answer: 'yes' }]))
    const facts = async () =>
      Object.fromEntries(
        (granted(await view('practitioner-1', id)).facts ?? []).map(({ fact, answer }) => [
          fact,
          answer,
        ]),
      )
    expect(await facts()).toMatchObject({
      'home.social_worker_view': 'yes',
      'case.ten_point_checklist': 'part',
    })
    expect((await store.whereIs(id))?.recommendation).not.toBe(recommended)
    granted(await fill('practitioner-1', [{ point: '1', answer: 'yes', suppliedBy: 'home' }]))
    expect(await facts()).toMatchObject({ 'case.ten_point_checklist': 'complete' })
  })

  test('are not complete while a point waits for more, and not begun while nothing is known', async () => {
    const none = Object.fromEntries(
      Object.keys(worked.facts)
        .filter((fact) => fact.startsWith('home.'))
        .map((fact) => [fact, null]),
    )
    const nobody = { victims: [{ facts: { 'victim.kind': 'none' } }] }
    const { fill, view, id } = await caseWith(none, '2026-11-02', nobody)
    const progress = async () =>
      granted(await view('practitioner-1', id)).facts?.find(
        ({ fact }) => fact === 'case.ten_point_checklist',
      )?.answer
    granted(await fill('practitioner-1', [{ point: '1', answer: 'not-known' }]))
    expect(await progress()).toBe('not-started')
    granted(await fill('practitioner-1', [{ point: '1', answer: 'no' }]))
    expect(await progress()).toBe('part')
  })

  test('keep what was filled in before when another point is filled in', async () => {
    const { fill, look } = await caseWith(waiting)
    granted(await fill('social-worker-1', [{ point: '7', answer: 'yes', evidence: 'Plan of May' }]))
    granted(await fill('practitioner-1', [{ point: '8', answer: 'yes' }]))
    const view = form(await look('practitioner-1'))
    expect(view.version).toBe(2)
    expect(pointOf(view, '7')).toMatchObject({ evidence: 'Plan of May', suppliedBy: 'social-care' })
  })

  test('show a later answer that was recorded elsewhere, and not what the form said before', async () => {
    const { fill, look, answer, id } = await caseWith(waiting)
    granted(await fill('social-worker-1', [{ point: '7', answer: 'yes', evidence: 'Plan of May' }]))
    granted(await answer('social-worker-1', id, [{ fact: 'home.care_plan_seen', answer: 'no' }]))
    const seen = pointOf(form(await look('practitioner-1')), '7')
    expect(seen).toMatchObject({ answer: 'no', state: 'outstanding' })
    expect(seen).not.toHaveProperty('evidence')
    granted(await fill('practitioner-1', [{ point: '8', answer: 'yes' }]))
    expect(pointOf(form(await look('practitioner-1')), '7').answer).toBe('no')
  })
})

describe('a sealed point', () => {
  const sealed = { point: '7', answer: 'yes', evidence: 'A private matter', sealed: true }

  test('is shown to a team leader who says why, and to nobody else', async () => {
    const { fill, look } = await caseWith(waiting)
    granted(await fill('social-worker-1', [sealed]))
    for (const [person, why] of [
      ['practitioner-1', 'planning'],
      ['chair-1', 'the clinic'],
      ['team-leader-1', undefined],
      ['team-leader-1', '  '],
    ] as const) {
      const seen = pointOf(form(await look(person, why)), '7')
      expect(seen).toMatchObject({ sealed: true, missing: { whoCouldTell: 'social-care' } })
      expect(JSON.stringify(seen)).not.toContain('private')
      expect(seen).not.toHaveProperty('answer')
    }
    expect(pointOf(form(await look('team-leader-1', 'supervision')), '7')).toMatchObject({
      answer: 'yes',
      evidence: 'A private matter',
    })
  })

  test('is logged as read by the one who saw it, with the reason', async () => {
    const { fill, look, store, id } = await caseWith(waiting)
    granted(await fill('social-worker-1', [sealed]))
    await look('team-leader-1', 'supervision')
    const log = await store.accessLog({ scopes: [{ partnership: 'derby' }], case: id, limit: 50 })
    const seen = log.filter(({ action }) => action === 'sealed.read')
    expect(seen.map(({ actor, purpose }) => [actor.person, purpose])).toEqual([
      ['team-leader-1', 'supervision'],
    ])
  })

  test('does not leave its evidence among the facts', async () => {
    const { fill, view, id } = await caseWith(waiting)
    granted(await fill('social-worker-1', [sealed]))
    expect(JSON.stringify(granted(await view('practitioner-1', id)))).not.toContain('private')
  })

  test('seals its answer among the facts too, until a reader says why', async () => {
    const { fill, view, as, deps, id } = await caseWith(waiting)
    granted(await fill('social-worker-1', [sealed]))
    const factIn = ({ facts = [] }: Pick<CaseView, 'facts'>) =>
      facts.find(({ fact }) => fact === 'home.care_plan_seen')
    for (const person of ['practitioner-1', 'victim-liaison-1', 'officer-1', 'team-leader-1']) {
      const seen = factIn(granted(await view(person, id)))
      expect(seen).toMatchObject({ sealed: true, suppliedBy: 'social-care' })
      expect(seen).not.toHaveProperty('answer')
    }
    const withReason = { ...as('team-leader-1'), purpose: 'safeguarding' }
    expect(factIn(granted(await viewCase(deps, withReason, id)))).toMatchObject({ answer: 'yes' })
  })

  test('stays sealed when its question is answered outside the form', async () => {
    const { fill, look, view, answer, id } = await caseWith(waiting)
    granted(await fill('social-worker-1', [sealed]))
    const fact = 'home.care_plan_seen'
    granted(await answer('practitioner-1', id, [{ fact, answer: 'no', suppliedBy: 'police' }]))
    const { facts = [] } = granted(await view('practitioner-1', id))
    expect(facts.find((one) => one.fact === fact)).not.toHaveProperty('answer')
    expect(pointOf(form(await look('practitioner-1')), '7')).not.toHaveProperty('answer')
    granted(await fill('team-leader-1', [{ point: '7', answer: 'yes', sealed: false }]))
    const after = granted(await view('practitioner-1', id)).facts ?? []
    expect(after.find((one) => one.fact === fact)).toMatchObject({ answer: 'yes' })
  })

  test('stays sealed when somebody who may not see it answers it again', async () => {
    const { fill, look } = await caseWith(waiting)
    granted(await fill('social-worker-1', [sealed]))
    const open = await fill('practitioner-1', [{ point: '7', answer: 'yes', sealed: false }])
    expect(open).toMatchObject({
      problems: [{ message: 'This point is sealed, and your role may not unseal it.' }],
    })
    granted(await fill('practitioner-1', [{ point: '7', answer: 'no' }]))
    expect(pointOf(form(await look('practitioner-1')), '7')).not.toHaveProperty('answer')
    granted(await fill('team-leader-1', [{ point: '7', answer: 'yes', sealed: false }]))
    expect(pointOf(form(await look('practitioner-1')), '7').answer).toBe('yes')
  })
})

describe('the Child Information Form', () => {
  const toProsecutors = { 'case.file_route': 'cps' }
  const always = ['always-1', 'always-2', 'always-3', 'always-4', 'always-5']
  const where = ['where-it-applies-1', 'where-it-applies-2', 'where-it-applies-3']
  const all = (points: string[], answer: string) => points.map((point) => ({ point, answer }))

  test('is written by an officer, and a social worker is told so', async () => {
    const { fill } = await caseWith(toProsecutors)
    const answers = all(always, 'complete')
    expect(await fill('social-worker-1', answers, 'child-information-form')).toEqual({
      ok: false,
      why: 'not-allowed',
      says: 'The Child Information Form is written by an officer. Others give the officer what they know.',
    })
    expect((await fill('officer-1', answers, 'child-information-form')).ok).toBe(true)
  })

  test('is complete when the sections for some cases are filled in or do not apply', async () => {
    const { fill, look } = await caseWith(toProsecutors)
    const progress = async () => form(await look('officer-1'), 'child-information-form').progress
    granted(await fill('officer-1', all(always, 'complete'), 'child-information-form'))
    expect(await progress()).toBe('part')
    granted(await fill('officer-1', all(where, 'does-not-apply'), 'child-information-form'))
    expect(await progress()).toBe('complete')
  })

  test('has no section of the first five that does not apply', async () => {
    const { fill } = await caseWith(toProsecutors)
    const outcome = await fill(
      'officer-1',
      all(['always-1'], 'does-not-apply'),
      'child-information-form',
    )
    expect(outcome).toMatchObject({
      why: 'unusable',
      problems: [{ message: 'Point always-1 takes one of: complete, part, not-started.' }],
    })
  })

  test('is refused where the file goes nowhere, with the form that is for this case', async () => {
    const { fill, store, id } = await caseWith()
    const before = (await store.whereIs(id))?.version
    const outcome = await fill('officer-1', all(always, 'complete'), 'child-information-form')
    expect(outcome).toMatchObject({
      why: 'refused',
      refusal: {
        why: 'The Child Information Form is not for this case. The rules of 2 November 2026 that ask for it are not about this case. The form for this case is: The ten points for a child in care.',
        allowed: ['checklist:ten-points'],
      },
    })
    expect((await store.whereIs(id))?.version).toBe(before)
  })
})

describe('what cannot be filled in', () => {
  const refused = async (answers: unknown[]) => {
    const { fill } = await caseWith(waiting)
    const outcome = await fill('practitioner-1', answers)
    return outcome.ok || outcome.why !== 'unusable'
      ? []
      : outcome.problems.map(({ message }) => message)
  }

  test('is a point that the form does not have', async () => {
    expect(await refused([{ point: '11', answer: 'yes' }])).toEqual([
      'The ten points for a child in care has no point "11". Did you mean "1"?',
    ])
  })

  test('is what the victim wants, which is kept with the victim', async () => {
    expect(await refused([{ point: '5', answer: 'yes' }])).toEqual([
      'Point 5 is about the victim and is not filled in here.',
    ])
  })

  test('is an answer from tomorrow; one from today is taken', async () => {
    const tomorrow = { point: '7', answer: 'yes', suppliedOn: '2026-11-03' }
    expect(await refused([tomorrow])).toEqual(['The day it was supplied is still to come.'])
    expect(await refused([{ ...tomorrow, suppliedOn: '2026-11-02' }])).toEqual([])
  })

  test('is one point twice', async () => {
    expect(
      await refused([
        { point: '7', answer: 'yes' },
        { point: '7', answer: 'no' },
      ]),
    ).toEqual(['Point "7" is answered twice.'])
  })

  test('is anything, by a victim liaison officer or somebody of another partnership', async () => {
    const { fill } = await caseWith(waiting)
    expect(await fill('victim-liaison-1', [{ point: '7', answer: 'yes' }])).toMatchObject({
      why: 'not-allowed',
    })
    expect(await fill('social-worker-2', [{ point: '7', answer: 'yes' }])).toEqual({
      ok: false,
      why: 'absent',
    })
  })

  test('is a case that somebody changed first', async () => {
    const { deps, as, id } = await caseWith(waiting)
    const input = checklistSchema.parse({ answers: [{ point: '7', answer: 'yes' }] })
    expect(await fillChecklist(deps, as('social-worker-1'), id, 0, 'ten-points', input)).toEqual({
      ok: false,
      why: 'stale',
    })
  })
})

/** The worked case as it would have been in the first days of 2025. */
const inJanuary = {
  facts: {
    ...worked.facts,
    'child.date_of_birth': '2009-05-14',
    'case.file_route': 'cps',
    'case.referred_on': '2025-01-20',
    'case.crime_reported_on': '2025-01-15',
  },
  offences: [{ ...worked.offences?.[0], 'offence.date': '2025-01-15' }],
}
