import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { members } from '../../src/access/role-groups.ts'
import { seatsOf } from '../../src/casework/clinics/seats.ts'
import {
  attendanceSchema,
  clinicPlanSchema,
  clinicsQuerySchema,
  closeClinic,
  listClinics,
  openClinic,
  planClinic,
  setAttendance,
  setMinutes,
  viewClinic,
} from '../../src/casework/clinics.ts'
import { agencies } from '../../src/domain/lists.ts'
import { machineRoles, personRoles } from '../../src/domain/roles.ts'
import { attendanceOf, granted } from '../support/casework.ts'
import { type Work, workedCase } from './whole-case.ts'

const people = attendanceOf
const person = (id: string, role: string, agency: string) => ({
  ...{ person: id, role, agency },
  way: 'in-person',
})
const problemsOf = (...attendance: object[]) =>
  attendanceSchema
    .safeParse(attendance)
    .error?.issues.map(({ path, message }) => `${path.join('/')} ${message}`) ?? []

let work: Work
let id: string
beforeEach(async () => {
  ;({ work, id } = await workedCase())
})
afterEach(() => work.store.close())

const plan = (who: string, more: object = {}) =>
  planClinic(
    work.deps,
    work.as(who),
    clinicPlanSchema.parse({ partnership: 'derby', heldOn: '2026-11-05', ...more }),
  )
const view = (who: string, clinic: string) => viewClinic(work.deps, work.as(who), clinic)
/** A clinic with the case on its agenda. */
async function withCase() {
  const clinic = granted(await plan('chair-1')).id
  granted(await work.act('team-leader-1', id, { type: 'referral.accepted' }))
  granted(await work.act('team-leader-1', id, { type: 'case.listed', clinicId: clinic }))
  return clinic
}

describe('calling a clinic', () => {
  it('can be done for today and not for the day before', async () => {
    expect(granted(await plan('chair-1', { heldOn: '2026-11-02' }))).toMatchObject({
      partnership: 'derby',
      area: null,
      heldOn: '2026-11-02',
      state: 'planned',
      version: 1,
    })
    expect(await plan('chair-1', { heldOn: '2026-11-01' })).toMatchObject({
      why: 'unusable',
      problems: [{ pointer: '/heldOn' }],
    })
  })

  it('is for an area that the partnership has', async () => {
    expect((await plan('chair-1', { area: 'Derby City' })).ok).toBe(true)
    expect(await plan('chair-1', { area: 'Elsewhere' })).toMatchObject({ why: 'unusable' })
  })

  it('is for those who run clinics, each at home', async () => {
    expect((await plan('team-leader-1', { another: true })).ok).toBe(true)
    expect((await plan('inspector-1', { another: true })).ok).toBe(true)
    for (const who of ['officer-1', 'health-1', 'chair-2', 'administrator-1', 'auditor-1'])
      expect(await plan(who), who).toMatchObject({ why: 'not-allowed' })
  })

  it('is done once for a day, unless a second one is meant', async () => {
    const heldOn = '2026-12-17'
    expect((await plan('chair-1', { heldOn })).ok).toBe(true)
    expect(await plan('chair-1', { heldOn })).toMatchObject({ ok: false, why: 'taken' })
    expect((await plan('chair-1', { heldOn, another: true })).ok).toBe(true)
  })

  it('puts it on the list of those who take part, from a day on', async () => {
    const [one, other] = ['2026-11-12', '2026-11-05'].map(async (heldOn) =>
      granted(await plan('chair-1', { heldOn })),
    )
    const later = (await one)?.id
    const sooner = (await other)?.id
    const list = async (who: string, query: object) =>
      granted(
        await listClinics(work.deps, work.as(who), clinicsQuerySchema.parse(query)),
      ).clinics.map((clinic) => clinic.id)
    expect(await list('health-1', { from: '2026-11-05' })).toEqual([sooner, later])
    expect(await list('health-1', { from: '2026-11-06' })).toEqual([later])
    expect(await list('chair-2', {})).toEqual([])
    const asked = clinicsQuerySchema.parse({})
    expect(await listClinics(work.deps, work.as('auditor-1'), asked)).toMatchObject({
      why: 'not-allowed',
    })
  })
})

describe('who is there', () => {
  it('makes the quorum of each case, with the member that a child in care needs', async () => {
    const clinic = await withCase()
    const missing = async () => granted(await view('chair-1', clinic)).cases[0]?.quorum
    expect(await missing()).toMatchObject({
      state: 'not-met',
      missing: [
        'police',
        'youth-justice',
        'one of social-care, health, education',
        'social-care (looked-after)',
      ],
    })
    const chair = work.as('chair-1')
    granted(
      await setAttendance(work.deps, chair, clinic, 1, people('police', 'youth-justice', 'health')),
    )
    expect(await missing()).toEqual({
      state: 'not-met',
      missing: ['social-care (looked-after)'],
      extra: ['social-care (looked-after)'],
    })
    const enough = people('police', 'youth-justice', 'social-care')
    granted(await setAttendance(work.deps, chair, clinic, 2, enough))
    expect(await missing()).toMatchObject({ state: 'met', missing: [] })
    expect(granted(await view('health-1', clinic)).attendance).toEqual(enough)
  })

  it('is written at the version that was seen, or not at all', async () => {
    const clinic = await withCase()
    const chair = work.as('chair-1')
    granted(await setAttendance(work.deps, chair, clinic, 1, people('police')))
    expect(await setAttendance(work.deps, chair, clinic, 1, people('health'))).toEqual({
      ok: false,
      why: 'stale',
    })
    expect(granted(await view('chair-1', clinic)).attendance).toEqual(people('police'))
  })

  it('names nobody twice, for one agency or for two', () => {
    const officer = person('inspector-1', 'police-decision-maker', 'police')
    const nurse = person('health-1', 'clinic-member', 'health')
    expect(problemsOf(officer, nurse)).toEqual([])
    for (const again of [officer, { ...nurse, person: 'inspector-1' }])
      expect(problemsOf(officer, again)).toEqual([
        ' names somebody twice: each person is there once, for one agency',
      ])
  })

  it('are members of the partnership: no auditor, no administrator, no program', () => {
    for (const role of [...personRoles, ...machineRoles]) {
      const [agency = 'police'] = seatsOf(role)
      expect([role, problemsOf(person('member-1', role, agency)).length === 0]).toEqual([
        role,
        members.includes(role),
      ])
    }
  })

  it('sit for an agency that fits their role, and for no other', () => {
    for (const role of members)
      for (const agency of agencies)
        expect([role, agency, problemsOf(person('member-1', role, agency)).length === 0]).toEqual([
          role,
          agency,
          seatsOf(role).includes(agency),
        ])
    expect(seatsOf('police-decision-maker')).toEqual(['police'])
    expect(seatsOf('social-worker')).toEqual(['social-care'])
    expect(seatsOf('clinic-chair')).toEqual(['chair'])
    expect(problemsOf(person('member-1', 'clinic-member', 'police'))).toEqual([
      '0/agency does not fit the role: a clinic-member is there for social-care or health or education or partnership',
    ])
  })

  it('makes no quorum of the police by an officer who may not decide for them', async () => {
    const clinic = await withCase()
    const quorum = async () => granted(await view('chair-1', clinic)).cases[0]?.quorum
    const rest = people('youth-justice', 'social-care')
    const officer = attendanceSchema.parse([person('officer-1', 'referring-officer', 'police')])
    const chair = work.as('chair-1')
    granted(await setAttendance(work.deps, chair, clinic, 1, [...officer, ...rest]))
    expect(await quorum()).toMatchObject({
      state: 'not-met',
      missing: ['police (a decision-maker)'],
    })
    granted(
      await setAttendance(work.deps, chair, clinic, 2, [...officer, ...rest, ...people('police')]),
    )
    expect(await quorum()).toMatchObject({ state: 'met', missing: [] })
  })

  it('is written by the chair or the team leader alone', async () => {
    const clinic = await withCase()
    const by = (who: string) => setAttendance(work.deps, work.as(who), clinic, 1, people('police'))
    expect(await by('inspector-1')).toMatchObject({ why: 'not-allowed' })
    expect(await by('chair-2')).toEqual({ ok: false, why: 'absent' })
    expect(await by('auditor-1')).toEqual({ ok: false, why: 'absent' })
    expect((await by('team-leader-1')).ok).toBe(true)
  })
})

describe('a clinic', () => {
  it('belonging to others is as absent as one that was never called', async () => {
    const clinic = await withCase()
    expect(await view('chair-2', clinic)).toEqual({ ok: false, why: 'absent' })
    expect(await view('chair-1', 'clinic-999')).toEqual({ ok: false, why: 'absent' })
  })

  it('leaves no trace in the log where somebody may not see it', async () => {
    const clinic = await withCase()
    const log = () => work.store.accessLog({ scopes: [{ partnership: 'derby' }], limit: 100 })
    const before = await log()
    await view('chair-2', clinic)
    expect(await log()).toEqual(before)
    await view('chair-1', clinic)
    expect((await log()).length).toBeGreaterThan(before.length)
  })

  it('is opened once, and ends once nothing waits on its agenda', async () => {
    const clinic = await withCase()
    const chair = work.as('chair-1')
    work.setDay('2026-11-05')
    expect(await closeClinic(work.deps, chair, clinic, 1)).toMatchObject({ why: 'refused' })
    expect(granted(await openClinic(work.deps, chair, clinic, 1)).state).toBe('open')
    expect(await openClinic(work.deps, chair, clinic, 2)).toMatchObject({ why: 'refused' })
    granted(
      await work.act('team-leader-1', id, {
        type: 'case.postponed',
        reason: 'information-outstanding',
      }),
    )
    expect(granted(await closeClinic(work.deps, chair, clinic, 2)).state).toBe('closed')
    expect(await closeClinic(work.deps, chair, clinic, 3)).toMatchObject({ why: 'refused' })
    expect(await setAttendance(work.deps, chair, clinic, 3, people('police'))).toMatchObject({
      why: 'refused',
    })
    expect(granted(await view('chair-1', clinic)).cases[0]).toMatchObject({
      item: 'taken-off',
      quorum: null,
    })
  })
})

describe('a clinic is opened', () => {
  it('from its day on, and not on the day before', async () => {
    const clinic = await withCase()
    const open = () => openClinic(work.deps, work.as('chair-1'), clinic, 1)
    work.setDay('2026-11-04')
    expect(await open()).toMatchObject({
      why: 'refused',
      refusal: { why: expect.stringContaining('meets on 5 November 2026') },
    })
    work.setDay('2026-11-05')
    expect(granted(await open()).state).toBe('open')
  })

  it('a day late, where nobody opened it on its own', async () => {
    const clinic = await withCase()
    work.setDay('2026-11-06')
    expect(granted(await openClinic(work.deps, work.as('chair-1'), clinic, 1)).state).toBe('open')
  })
})

describe('minutes', () => {
  it('are for those who may read words about all of the cases', async () => {
    const clinic = await withCase()
    const words = `Case ${id} waits for the school.`
    granted(await setMinutes(work.deps, work.as('team-leader-1'), clinic, 1, words))
    expect(granted(await view('health-1', clinic))).toMatchObject({
      minutes: words,
      minutesWithheld: false,
    })
    for (const who of ['officer-1', 'victim-liaison-1'])
      expect(granted(await view(who, clinic)), who).toMatchObject({
        minutes: null,
        minutesWithheld: true,
      })
    granted(await setMinutes(work.deps, work.as('team-leader-1'), clinic, 2, null))
    expect(granted(await view('officer-1', clinic)).minutesWithheld).toBe(false)
  })

  it('are rewritten until the clinic is over, and only added to after it', async () => {
    const clinic = granted(await plan('chair-1', { heldOn: '2026-11-02' })).id
    const leader = work.as('team-leader-1')
    const write = (version: number, words: string | null) =>
      setMinutes(work.deps, leader, clinic, version, words)
    granted(await openClinic(work.deps, work.as('chair-1'), clinic, 1))
    granted(await write(2, 'Case id-1 was herd.'))
    granted(await write(3, 'Case id-1 was heard.'))
    granted(await closeClinic(work.deps, work.as('chair-1'), clinic, 4))
    work.setDay('2026-11-09')
    granted(await write(5, 'The school was there too.'))
    expect(granted(await view('chair-1', clinic)).minutes).toBe(
      'Case id-1 was heard.\n\nAdded on 9 November 2026 by team-leader-1: The school was there too.',
    )
    expect(await write(6, null)).toMatchObject({ why: 'refused' })
    expect(granted(await view('chair-1', clinic)).minutes).toContain('Case id-1 was heard.')
  })

  it('that nobody wrote at the clinic are signed and dated when they are added', async () => {
    const clinic = granted(await plan('chair-1')).id
    granted(await closeClinic(work.deps, work.as('chair-1'), clinic, 1))
    granted(await setMinutes(work.deps, work.as('chair-1'), clinic, 2, 'Nobody came.'))
    expect(granted(await view('chair-1', clinic)).minutes).toBe(
      'Added on 2 November 2026 by chair-1: Nobody came.',
    )
  })
})
