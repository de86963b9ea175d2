import { describe, expect, it } from 'vitest'
import type { Asked } from '../../src/casework/asked.ts'
import { departuresNow, gatedBy, outstanding } from '../../src/casework/gate.ts'
import type { CaseFile } from '../../src/casework/ports.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'
import { blockedBy } from './blocked-by.ts'
import { decided, decision, giving, listed, ready, type Work, workedCase } from './whole-case.ts'

const policy = realPolicy()
const [first] = ready.offences ?? []
if (!first) throw new Error('The worked case has no offence.')
const { 'offence.charging_authority': _, ...plain } = first

/** The worked case with a second offence. */
async function withSecond(second: Record<string, string>) {
  const work = await caseworkOn(policy)
  const given = { ...ready, offences: [first ?? {}, { ...plain, ...second }], reference: 'TWO-1' }
  const { id } = granted(await work.open('officer-1', given as never))
  return { work, id }
}
const depart = (requirement: string): Asked => ({
  type: 'departure.recorded',
  from: { what: 'requirement', requirement },
  reason: 'proportionality',
  text: 'It is not for this case.',
})
/** The score of the second offence is not known: somebody departs from where one would start. */
const departed = (work: Work, id: string) => async () =>
  void granted(await work.act('team-leader-1', id, depart('gravity/departure')))
const access = {
  actor: { person: 'chair-1', role: 'clinic-chair', agency: 'chair' },
  at: '2026-11-02T12:00:00Z',
  action: 'case.read-history',
  requestId: 'request-1',
} as const
const state = async (work: Work, id: string) => (await work.file(id)).row.snapshot

describe('an offence that the clinic may not decide', () => {
  it('stays with the police, who report of it before the case is closed', async () => {
    const { work, id } = await withSecond({ 'offence.code': 'murder' })
    await decided(work, id, decision, departed(work, id))
    const { decisions } = await work.file(id)
    expect(decisions.at(-1)?.left).toEqual([2])
    for (const person of ['chair-1', 'inspector-1'])
      granted(await work.act(person, id, { type: 'decision.confirmed' }))
    granted(await work.act('team-leader-1', id, { type: 'decision.countersigned' }))
    granted(await work.act('inspector-1', id, giving))
    const { tasks } = await work.file(id)
    const open = tasks.filter(({ doneAt }) => doneAt === null).map(({ task }) => task)
    expect(open).toContain('report-what-came-of-it')

    for (const type of ['delivery.started', 'condition.met', 'conditions.allMet']) {
      const [condition] = (await work.file(id)).conditions
      const met = type === 'condition.met' ? { conditionId: condition?.id } : {}
      granted(await work.act('practitioner-1', id, { type, ...met }))
    }
    const close = { type: 'case.closed' }
    expect(blockedBy(await work.act('team-leader-1', id, close))).toContain('nothingWithPolice')
    const report = { type: 'police.reported', outcomeCode: 1 }
    const asked = (change: object) => work.act('inspector-1', id, { ...report, ...change })
    expect(blockedBy(await asked({ offences: [1] }))).toEqual(['theirOffences'])
    expect(blockedBy(await asked({ outcomeCode: 8 }))).toEqual(['outcomeOfThePolice'])
    expect(blockedBy(await asked({ offences: [3] }))).toEqual([
      'There is no offence 3 in this case.',
    ])
    granted(await asked({}))
    expect((await state(work, id)).context).toMatchObject({ withPolice: [], reported: [2] })
    const blocked = blockedBy(await work.act('team-leader-1', id, close))
    expect(blocked).not.toContain('nothingWithPolice')
  })

  it('cannot be given an answer that asks something of the child', async () => {
    const { work, id } = await withSecond({ 'offence.code': 'murder' })
    const second = { offence: 2, disposal: 'diversionary-activity', reasons: 'He owned up.' }
    const made = {
      ...decision,
      chosen: [...decision.chosen, second],
      lesserOptions: [
        ...decision.lesserOptions,
        ...['no-further-action', 'other-agency-action', 'investigation-not-in-public-interest'].map(
          (disposal) => ({ offence: 2, disposal, why: 'He wants help.' }),
        ),
      ],
      departures: [{ offence: 2, reason: 'proportionality', text: 'He wants help.' }],
    }
    await expect(decided(work, id, made, departed(work, id))).rejects.toThrow('nothingRuledOut')
  })

  it('is one that a person excluded, by a rule that excludes, and no other', async () => {
    const { work, id } = await withSecond({})
    const exclude = (change: object) =>
      work.act('inspector-1', id, {
        type: 'exclusion.confirmed',
        rule: 'exclusions/outside-out-of-court',
        reason: 'rule-applies',
        scope: 'offence',
        route: 'police',
        ...change,
      })
    expect(blockedBy(await exclude({ rule: 'exclusions/made-up', offences: [2] }))).toEqual([
      'No rule of this partnership with that id excludes.',
    ])
    expect(blockedBy(await exclude({}))).toEqual(['It does not say which offences it is about.'])
    granted(await exclude({ offences: [2] }))
    expect((await state(work, id)).context).toMatchObject({ takenOut: [2] })
  })

  it('is one whose evidence fell away', async () => {
    const { work, id } = await withSecond({})
    const gone = { type: 'evidence.fellAway', scope: 'offence', reason: 'defence-made-out' }
    granted(await work.act('inspector-1', id, { ...gone, offences: [1] }))
    const second = { offence: 2, disposal: 'no-further-action', reasons: 'It is enough.' }
    const departures = [{ offence: 2, reason: 'proportionality', text: 'It is enough.' }]
    const made = { ...decision, chosen: [...decision.chosen, second], departures }
    await expect(decided(work, id, made)).rejects.toThrow('noneTakenOut')
  })
})

describe('what the police report of a case that went back', () => {
  const report = (work: Work, id: string, outcomeCode: number, more: object = {}) =>
    work.act('inspector-1', id, { type: 'police.reported', outcomeCode, ...more })

  it.each([2, 8, 22, 23])(
    'is not outcome %i, which says that a disposal was given',
    async (code) => {
      const { work, id } = await workedCase()
      granted(
        await work.act('team-leader-1', id, { type: 'referral.rejected', reason: 'not-a-child' }),
      )
      expect(blockedBy(await report(work, id, code))).toEqual(['outcomeFits'])
      expect(blockedBy(await report(work, id, 10))).toEqual(['nothing'])
    },
  )

  it('is an outcome for each offence, and the last one closes the case', async () => {
    const { work, id } = await withSecond({})
    granted(
      await work.act('team-leader-1', id, { type: 'referral.rejected', reason: 'not-a-child' }),
    )
    granted(await report(work, id, 1, { offences: [2] }))
    expect((await state(work, id)).value).toBe('returned')
    granted(await report(work, id, 10))
    expect((await state(work, id)).value).toBe('closed')
    const { event } = (await work.store.history(id, access)).at(-1) ?? {}
    expect(event).toMatchObject({ type: 'police.reported', offences: [1], left: [] })
  })
})

describe('a departure', () => {
  const hold = 'pathways/exploitation-hold'
  const waiting = ({ row, recommendation, departures }: CaseFile) =>
    recommendation
      ? outstanding('clinic.decided', gatedBy(recommendation), departuresNow(row, departures), [
          { offence: 1, disposal: 'youth-caution' },
        ])
      : []
  const asksHold = async (work: Work, id: string) => waiting(await work.file(id)).includes(hold)
  const suspected = async () => {
    const work = await caseworkOn(policy)
    const facts = { ...ready.facts, 'child.exploitation_indicators': 'yes' }
    const given = { ...ready, facts, reference: 'HOLD-1' }
    const { id } = granted(await work.open('officer-1', given as never))
    granted(await work.act('team-leader-1', id, depart(hold)))
    return { work, id }
  }

  it('from what was not known says nothing of what has come out since', async () => {
    const { work, id } = await suspected()
    expect(await asksHold(work, id)).toBe(false)
    const nrm = { fact: 'child.nrm_status', answer: 'reasonable-grounds' }
    granted(await work.answer('practitioner-1', id, [nrm]))
    expect(await asksHold(work, id)).toBe(true)
    granted(await work.act('team-leader-1', id, depart(hold)))
    expect(await asksHold(work, id)).toBe(false)
  })

  it('does not go with the case to another partnership', async () => {
    const { work, id } = await suspected()
    granted(await work.act('team-leader-1', id, { type: 'case.transferred', to: 'west-mercia' }))
    expect(await asksHold(work, id)).toBe(true)
  })
})

describe('an offence that is out of the case', () => {
  const exclude = {
    type: 'exclusion.confirmed',
    rule: 'exclusions/outside-out-of-court',
    reason: 'rule-applies',
    scope: 'offence',
    route: 'police',
    offences: [2],
  }
  it('comes back where the police decision-maker refers it again, and not by an officer alone', async () => {
    for (const [person, takenOut] of [
      ['officer-1', [2]],
      ['inspector-1', []],
    ] as const) {
      const { work, id } = await withSecond({})
      granted(await work.act('inspector-1', id, exclude))
      const rejected = { type: 'referral.rejected', reason: 'not-a-child' }
      granted(await work.act('team-leader-1', id, rejected))
      granted(await work.act(person, id, { type: 'case.referredAgain', referralId: 'referral-2' }))
      expect((await state(work, id)).context).toMatchObject({ takenOut })
    }
  })

  it('holds the child to no condition, and the last one ends what is being carried out', async () => {
    const { work, id } = await workedCase()
    await decided(work, id)
    for (const person of ['chair-1', 'inspector-1'])
      granted(await work.act(person, id, { type: 'decision.confirmed' }))
    granted(await work.act('team-leader-1', id, { type: 'decision.countersigned' }))
    granted(await work.act('inspector-1', id, giving))
    const gone = { type: 'evidence.fellAway', scope: 'offence', reason: 'defence-made-out' }
    granted(await work.act('inspector-1', id, { ...gone, offences: [1] }))
    const { row, deliveries } = await work.file(id)
    expect([row.snapshot.value, deliveries.at(-1)?.snapshot.value]).toEqual(['returned', 'stopped'])
  })
})

describe('a difference between agencies', () => {
  const positions = (one: string, other: string, agency = 'youth-justice') => ({
    type: 'clinic.disagreed',
    positions: [
      { agency: 'police', position: one },
      { agency, position: other },
    ],
  })
  const inClinic = async () => {
    const { work, id } = await workedCase()
    await listed(work, id)
    granted(await work.meets('clinic-1'))
    granted(await work.act('chair-1', id, { type: 'clinic.opened' }))
    return { work, id }
  }

  it('is one between two agencies with two positions', async () => {
    const { work, id } = await inClinic()
    const same = positions('charge', 'charge')
    await expect(work.act('chair-1', id, same)).rejects.toThrow('do not differ')
    const oneAgency = positions('charge', 'youth-caution', 'police')
    await expect(work.act('chair-1', id, oneAgency)).rejects.toThrow('names an agency twice')
    granted(await work.act('chair-1', id, positions('charge', 'youth-caution')))
  })

  it('is settled by the chair only once it went up a rung', async () => {
    const { work, id } = await inClinic()
    granted(await work.act('chair-1', id, positions('charge', 'youth-caution')))
    const settle = { type: 'escalation.resolved', answer: { to: 'decided', decision } }
    expect(blockedBy(await work.act('chair-1', id, settle))).toContain('fromTheLadder')
    granted(await work.act('chair-1', id, { type: 'escalation.passedUp', rung: 'managers' }))
    expect(blockedBy(await work.act('chair-1', id, settle))).not.toContain('fromTheLadder')
  })
})
