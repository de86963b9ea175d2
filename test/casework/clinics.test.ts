import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
import { granted } from '../support/casework.ts'
import { type Work, workedCase } from './whole-case.ts'

const person = (id: string, agency: string) => ({
  person: id,
  role: 'clinic-member',
  agency,
  way: 'in-person',
})
const people = (...agencies: string[]) =>
  attendanceSchema.parse(agencies.map((agency, i) => person(`member-${i + 1}`, agency)))

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

  it('names nobody twice, and nobody who is a program', () => {
    const twice = [person('member-1', 'police'), person('member-1', 'health')]
    expect(attendanceSchema.safeParse(twice).success).toBe(false)
    const program = [{ ...person('member-1', 'police'), role: 'service' }]
    expect(attendanceSchema.safeParse(program).success).toBe(false)
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
})
