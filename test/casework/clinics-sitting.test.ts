import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  closeClinic,
  openClinic,
  setAttendance,
  setConflicts,
  viewClinic,
} from '../../src/casework/clinics.ts'
import { attendanceOf, granted } from '../support/casework.ts'
import { decision, listed, type Work, workedCase } from './whole-case.ts'

const clinic = 'clinic-1'
let work: Work
let id: string
beforeEach(async () => {
  ;({ work, id } = await workedCase())
  await listed(work, id, clinic)
})
afterEach(() => work.store.close())

const does = (who: string, type: string, more: object = {}) =>
  work.act(who, id, { type, ...more } as never)
const state = async () => (await work.store.whereIs(id))?.snapshot.value
const version = async () => (await work.store.whereIsClinic(clinic))?.version ?? 0
const there = async (...agencies: string[]) => sits(attendanceOf(...agencies))
const sits = async (attendance: ReturnType<typeof attendanceOf>) =>
  granted(await setAttendance(work.deps, work.as('chair-1'), clinic, await version(), attendance))
const conflict = async (...people: string[]) =>
  setConflicts(
    work.deps,
    work.as('team-leader-1'),
    clinic,
    await version(),
    people.map((person) => ({ case: id, person })),
  )
const close = async () =>
  granted(await closeClinic(work.deps, work.as('chair-1'), clinic, await version()))
const refusedFor = (block: string) => ({
  why: 'refused',
  refusal: { blockedBy: [{ what: 'condition', id: block }] },
})
const everybody = ['chair', 'police', 'youth-justice', 'social-care']
const adjourn = { reason: 'information-outstanding', owedBy: 'education', until: '2026-11-20' }
const differ = {
  positions: [
    { agency: 'police', position: 'youth-caution' },
    { agency: 'social-care', position: 'diversionary-activity' },
  ],
}

/** The case before an open clinic, with all that a decision needs. */
async function inClinic() {
  granted(await work.meets(clinic))
  granted(await does('chair-1', 'clinic.opened'))
  const yes = (fact: string) => ({ fact, answer: 'yes' })
  granted(
    await work.answer('practitioner-1', id, [
      yes('process.safety_summary_shared'),
      yes('process.safety_of_others_assessed'),
    ]),
  )
  const protects = { fact: 'victim.protective_condition', answer: 'yes' }
  granted(
    await work.answer('victim-liaison-1', id, [
      { ...protects, about: { what: 'victim', number: 1 } },
    ]),
  )
}
async function decided(who = 'chair-1') {
  await inClinic()
  granted(await does(who, 'clinic.decided', { decision }))
}
const made = async () => (await work.file(id)).decisions.at(-1)

describe('a case is taken up', () => {
  it('by a clinic that is open, and not by one that nobody has opened', async () => {
    expect(await does('chair-1', 'clinic.opened')).toMatchObject({
      ...refusedFor('clinicSits'),
      refusal: { why: expect.stringContaining('Open the clinic first') },
    })
    granted(await work.meets(clinic))
    expect((await does('chair-1', 'clinic.opened')).ok).toBe(true)
  })

  it('by no clinic that is over: it is postponed, and listed for a later one', async () => {
    granted(await work.meets(clinic))
    granted(await does('team-leader-1', 'case.held', hold))
    await close()
    granted(await does('chair-1', 'hold.lifted', { ...lift, holdId: await theHold() }))
    expect(await state()).toBe('listed')
    expect(await does('chair-1', 'clinic.opened')).toMatchObject({
      ...refusedFor('clinicSits'),
      refusal: { why: expect.stringContaining('"case.postponed"') },
    })
    expect((await does('chair-1', 'case.postponed', { reason: 'clinic-not-quorate' })).ok).toBe(
      true,
    )
  })

  it('by somebody who is there, and not by a chair or an inspector who is not', async () => {
    granted(await work.meets(clinic))
    await there('police', 'youth-justice', 'social-care')
    expect(await does('chair-1', 'clinic.opened')).toMatchObject(refusedFor('sitsInTheClinic'))
    expect((await does('inspector-1', 'clinic.opened')).ok).toBe(true)
  })
})

const hold = { reason: 'exploitation-looked-into', reviewOn: '2026-11-10' }
const lift = { reason: 'settled' }
const theHold = async () => {
  const { context } = (await work.store.whereIs(id))?.snapshot ?? {}
  return (context as { holds: string[] }).holds.at(-1)
}

describe('at the clinic', () => {
  beforeEach(inClinic)

  it.each([
    ['clinic.decided', { decision }],
    ['clinic.adjourned', adjourn],
    ['clinic.disagreed', differ],
  ])('%s is recorded by somebody who is there and by nobody else', async (type, asked) => {
    await there('police', 'youth-justice', 'social-care')
    expect(await does('chair-1', type, asked)).toMatchObject(refusedFor('sitsInTheClinic'))
    expect(await state()).toBe('inClinic')
    await there(...everybody)
    expect((await does('chair-1', type, asked)).ok).toBe(true)
  })

  it('sitting there in another role is not enough', async () => {
    const seated = attendanceOf('police', 'youth-justice', 'social-care')
    const asMember = { person: 'chair-1', role: 'clinic-member', agency: 'health' } as const
    const all = [...seated, { ...asMember, way: 'remote' as const }]
    granted(await setAttendance(work.deps, work.as('chair-1'), clinic, await version(), all))
    expect(await does('chair-1', 'clinic.decided', { decision })).toMatchObject(
      refusedFor('sitsInTheClinic'),
    )
  })

  it('nothing is decided once it is over: the case is adjourned and listed again', async () => {
    granted(await does('team-leader-1', 'case.held', hold))
    await close()
    granted(await does('chair-1', 'hold.lifted', { ...lift, holdId: await theHold() }))
    expect(await state()).toBe('inClinic')
    const said = { refusal: { why: expect.stringContaining('"clinic.adjourned"') } }
    for (const [type, asked] of [
      ['clinic.decided', { decision }],
      ['clinic.disagreed', differ],
    ] as const)
      expect(await does('chair-1', type, asked)).toMatchObject({
        ...refusedFor('clinicSits'),
        ...said,
      })
    expect((await does('chair-1', 'clinic.adjourned', adjourn)).ok).toBe(true)
  })

  it('a case whose hold is lifted is before it again, so that it cannot be closed over it', async () => {
    granted(await does('team-leader-1', 'case.held', hold))
    granted(await does('chair-1', 'hold.lifted', { ...lift, holdId: await theHold() }))
    const { cases } = granted(await viewClinic(work.deps, work.as('chair-1'), clinic))
    expect(cases).toMatchObject([{ item: 'in-clinic' }])
    expect(await closeClinic(work.deps, work.as('chair-1'), clinic, await version())).toMatchObject(
      { why: 'refused' },
    )
  })
})

describe('a decision', () => {
  it('holds who decided, and apart from them who withdrew for a conflict', async () => {
    await inClinic()
    granted(await conflict('education-1'))
    granted(await does('chair-1', 'clinic.decided', { decision }))
    const { attendance = [], withdrew } = (await made()) ?? {}
    expect(attendance.map(({ person }) => person)).toEqual([
      'chair-1',
      'inspector-1',
      'team-leader-1',
      'social-care-1',
      'health-1',
    ])
    expect(withdrew).toMatchObject([{ person: 'education-1', agency: 'education' }])
  })

  it('is confirmed by the chair and the police decision-maker who were there', async () => {
    await inClinic()
    await there('chair', 'police', 'youth-justice', 'social-care')
    granted(await does('chair-1', 'clinic.decided', { decision }))
    expect((await does('chair-1', 'decision.confirmed')).ok).toBe(true)
    expect((await does('inspector-1', 'decision.confirmed')).ok).toBe(true)
  })

  it('is not confirmed by a chair who came to the list after it, and who may return it', async () => {
    await inClinic()
    await there('police', 'youth-justice', 'social-care')
    granted(await does('inspector-1', 'clinic.decided', { decision }))
    await there(...everybody)
    expect(await does('chair-1', 'decision.confirmed')).toMatchObject({
      ...refusedFor('wasAtTheClinic'),
      refusal: { why: expect.stringContaining('"decision.returned"') },
    })
    expect((await does('inspector-1', 'decision.confirmed')).ok).toBe(true)
    expect((await does('chair-1', 'decision.returned', { reason: 'new-information' })).ok).toBe(
      true,
    )
  })

  it('of the ladder is confirmed by those who answer for it, at the clinic or not', async () => {
    await inClinic()
    granted(await does('chair-1', 'clinic.disagreed', differ))
    await there('police', 'youth-justice', 'social-care')
    granted(
      await does('inspector-1', 'escalation.resolved', { answer: { to: 'decided', decision } }),
    )
    expect(await made()).toMatchObject({ settled: 'on-the-ladder' })
    expect((await does('chair-1', 'decision.confirmed')).ok).toBe(true)
  })
})

describe('a conflict of interest that comes to light after the decision', () => {
  const reason = { reason: 'new-information' }

  /** Confirmed by both, and countersigned once what comes before an offer is done. */
  const countersigned = async () => {
    const ready = ['plan_deliverable_here', 'plan_agreed', 'contingency_planned']
    const answers = ready.map((fact) => ({ fact: `process.${fact}`, answer: 'yes' }))
    const adult = { fact: 'process.adult_at_acceptance', answer: 'independent' }
    granted(await work.answer('practitioner-1', id, [...answers, adult]))
    for (const who of ['chair-1', 'inspector-1']) granted(await does(who, 'decision.confirmed'))
    granted(await does('team-leader-1', 'decision.countersigned'))
  }

  it('of who recorded it is set once the decision has been returned', async () => {
    await decided('inspector-1')
    expect(await conflict('inspector-1')).toMatchObject({
      why: 'refused',
      refusal: { why: expect.stringContaining('"decision.returned"') },
    })
    expect((await work.store.whereIs(id))?.barred).toEqual([])
    granted(await does('chair-1', 'decision.returned', reason))
    expect((await conflict('inspector-1')).ok).toBe(true)
  })

  it('of who confirmed it is set once the decision has been returned', async () => {
    await decided()
    granted(await does('inspector-1', 'decision.confirmed'))
    // With others on the list: nobody on it is kept out while one of them cannot be.
    expect(await conflict('health-1', 'inspector-1')).toMatchObject({ why: 'refused' })
    expect((await work.store.whereIs(id))?.barred).toEqual([])
    granted(await does('chair-1', 'decision.returned', reason))
    expect((await conflict('health-1', 'inspector-1')).ok).toBe(true)
  })

  it('of somebody who had no hand in it, and without whom it had a quorum, is set at once', async () => {
    await decided()
    granted(await does('chair-1', 'decision.confirmed'))
    expect((await conflict('health-1')).ok).toBe(true)
    expect(await work.view('health-1', id)).toEqual({ ok: false, why: 'absent' })
  })

  it.each([
    ['social-care-1', 'whom a looked-after child needs there'],
    ['inspector-1', 'who alone could decide for the police'],
  ])('of %s, %s, is set once the decision has been returned', async (person) => {
    await decided()
    await countersigned()
    expect(await conflict(person)).toMatchObject({
      why: 'refused',
      refusal: { why: expect.stringContaining('"decision.returned"') },
    })
    expect((await work.store.whereIs(id))?.barred).toEqual([])
    granted(await does('chair-1', 'decision.returned', reason))
    expect((await conflict(person)).ok).toBe(true)
  })

  it('of one of two of whom either would do is set at once, and of both it is not', async () => {
    const other = { person: 'social-worker-1', role: 'social-worker', agency: 'social-care' }
    await sits([...attendanceOf(...everybody), { ...other, way: 'remote' } as never])
    await decided()
    const both = ['social-care-1', 'social-worker-1']
    expect(await conflict(...both)).toMatchObject({ why: 'refused' })
    expect((await work.store.whereIs(id))?.barred).toEqual([])
    expect((await conflict('social-care-1')).ok).toBe(true)
    expect(await conflict(...both)).toMatchObject({ why: 'refused' })
    expect((await work.store.whereIs(id))?.barred).toEqual(['social-care-1'])
  })

  it('of who countersigned it, and did not sit there, is set once it has been returned', async () => {
    const practitioner = { person: 'practitioner-1', role: 'youth-justice-practitioner' }
    const instead = { ...practitioner, agency: 'youth-justice', way: 'in-person' }
    await sits([...attendanceOf('chair', 'police', 'social-care'), instead as never])
    await decided()
    const before = await conflict('team-leader-1')
    expect(before.ok).toBe(true)
    granted(await setConflicts(work.deps, work.as('chair-1'), clinic, await version(), []))
    await countersigned()
    expect(await conflict('team-leader-1')).toMatchObject({ why: 'refused' })
    expect((await conflict('health-1')).ok).toBe(true)
    granted(await does('chair-1', 'decision.returned', reason))
    expect((await conflict('team-leader-1')).ok).toBe(true)
  })

  it('cannot slip past a hold', async () => {
    await decided()
    granted(await does('team-leader-1', 'case.held', hold))
    expect(await conflict('chair-1')).toMatchObject({
      why: 'refused',
      refusal: { why: expect.stringContaining('Lift the hold') },
    })
  })
})

describe('a clinic that is opened', () => {
  it('may be opened by the team leader too, who runs it but does not decide', async () => {
    const leader = work.as('team-leader-1')
    expect(granted(await openClinic(work.deps, leader, clinic, 2)).state).toBe('open')
    expect(await does('team-leader-1', 'clinic.opened')).toMatchObject({ why: 'not-allowed' })
  })
})
