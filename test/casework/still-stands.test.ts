import { describe, expect, it } from 'vitest'
import { act } from '../../src/casework/act.ts'
import { granted } from '../support/casework.ts'
import { blockedBy } from './blocked-by.ts'
import { decided, decision, giving, offered, type Work, workedCase } from './whole-case.ts'

const underTen = { fact: 'child.date_of_birth', answer: '2017-05-14' }
const born = { fact: 'child.date_of_birth', answer: '2011-05-14' }
const mistake = { correction: { reason: 'mistake', text: 'Another child’s birth certificate.' } }
const confirm = async (work: Work, id: string) => {
  granted(await work.act('chair-1', id, { type: 'decision.confirmed' }))
  granted(await work.act('inspector-1', id, { type: 'decision.confirmed' }))
}
const countersign = { type: 'decision.countersigned' }

describe('what was decided', () => {
  it('goes no further where an answer that came since rules it out', async () => {
    const { work, id } = await workedCase()
    await decided(work, id)
    await confirm(work, id)
    granted(await work.answer('officer-1', id, [underTen], mistake))
    expect(blockedBy(await work.act('team-leader-1', id, countersign))).toContain('nothingRuledOut')
    const { actions } = granted(await work.view('team-leader-1', id))
    const action = actions.find(({ event }) => event === 'decision.countersigned')
    expect(action).toMatchObject({
      open: false,
      blockedBy: [
        { what: 'condition', id: 'nothingRuledOut' },
        { what: 'disposal', id: 'diversionary-activity', offences: [1] },
      ],
    })
    expect(
      (
        await work.act('team-leader-1', id, {
          type: 'decision.returned',
          reason: 'new-information',
        })
      ).ok,
    ).toBe(true)
  })

  it('is not given where an answer that came since the offer rules it out', async () => {
    const { work, id } = await workedCase()
    await offered(work, id)
    granted(await work.answer('officer-1', id, [underTen], mistake))
    expect(blockedBy(await work.act('inspector-1', id, giving))).toContain('everythingOpen')
  })

  it('is not given while it cannot be told whether it may be', async () => {
    const { work, id } = await workedCase()
    await offered(work, id)
    const taken = { ...underTen, answer: null, because: 'The certificate was another child’s.' }
    granted(await work.answer('officer-1', id, [taken], mistake))
    expect(blockedBy(await work.act('inspector-1', id, giving))).toContain('everythingOpen')
  })

  it('is refused with what to ask and whom, in the list of actions as in the answer', async () => {
    const { work, id } = await workedCase()
    await offered(work, id)
    const taken = { ...underTen, answer: null, because: 'The certificate was another child’s.' }
    granted(await work.answer('officer-1', id, [taken], mistake))
    const { actions } = granted(await work.view('inspector-1', id))
    const action = actions.find(({ event }) => event === 'disposal.given')
    const refused = await work.act('inspector-1', id, giving)
    if (refused.ok || refused.why !== 'refused') throw new Error('It was not refused.')
    const { blockedBy: blocks, allowed } = refused.refusal
    expect(blocks.slice(blocks.findIndex((one) => one.id === 'everythingOpen'))).toEqual([
      expect.objectContaining({ what: 'condition', id: 'everythingOpen' }),
      expect.objectContaining({ what: 'disposal', id: 'diversionary-activity', offences: [1] }),
      {
        what: 'question',
        id: 'child.date_of_birth',
        says: 'When was the child born? Who could tell: the police.',
        of: 'police',
        offences: [1],
      },
    ])
    const named = (all: readonly { what: string }[]) =>
      all.filter(({ what }) => what !== 'requirement')
    expect(named(action?.blockedBy ?? [])).toEqual(named(blocks))
    expect(JSON.stringify(blocks)).not.toContain('certificate')
    expect(allowed).not.toContain('disposal.given')
    expect(allowed).toContain('disposal.declined')
    granted(await work.answer('officer-1', id, [born], mistake))
    expect((await work.act('inspector-1', id, giving)).ok).toBe(true)
  })

  it('is not given on the eighteenth birthday, though no sweeper has been round', async () => {
    const { work, id } = await workedCase()
    await offered(work, id)
    const { answers } = await work.file(id)
    const born = String(answers.find(({ fact }) => fact === 'child.date_of_birth')?.answer)
    work.setDay(`${Number(born.slice(0, 4)) + 18}${born.slice(4)}`)
    const at = { ...giving, givenOn: work.deps.today() }
    expect(blockedBy(await work.act('inspector-1', id, at))).toEqual(['stale'])
    const after = await work.file(id)
    expect(after.row.snapshot.value).toBe('preparing')
    expect(after.row.snapshot.context).toMatchObject({ turnedEighteen: true, decision: null })
  })

  it('is countersigned by a third person alone', async () => {
    const { work, id } = await workedCase()
    await decided(work, id)
    const chair = work.as('chair-1')
    const [grant] = chair.caller.grants
    if (!grant) throw new Error('The chair holds nothing.')
    await confirm(work, id)
    const both = { ...chair.caller, grants: [grant, { ...grant, role: 'team-leader' as const }] }
    const version = (await work.store.whereIs(id))?.version ?? 0
    const outcome = await act(work.deps, { ...chair, caller: both }, id, version, countersign)
    expect(blockedBy(outcome)).toEqual(['aThirdPerson'])
  })

  it('is decided again where representations are upheld before it is given', async () => {
    const { work, id } = await workedCase()
    await offered(work, id)
    const from = { type: 'representations.received', from: 'solicitor', text: 'He was not there.' }
    granted(await work.act('officer-1', id, from))
    const { unanswered } = (await work.file(id)).row.snapshot.context as { unanswered: string[] }
    const answer = { type: 'representations.answered', text: 'He was elsewhere.', answer: 'upheld' }
    granted(await work.act('inspector-1', id, { ...answer, representationsId: unanswered[0] }))
    expect((await work.file(id)).row.snapshot).toMatchObject({ value: 'preparing' })
  })

  it('goes with the case to no other partnership', async () => {
    const { work, id } = await workedCase()
    await decided(work, id)
    granted(await work.act('chair-1', id, { type: 'decision.confirmed' }))
    granted(await work.act('team-leader-1', id, { type: 'case.transferred', to: 'west-mercia' }))
    expect((await work.file(id)).row.snapshot).toMatchObject({
      value: 'preparing',
      context: { decision: null },
    })
  })
})

describe('the giving', () => {
  it.each([
    ['2026-11-01', 'That is before the day of the decision.'],
    ['2026-11-02', 'nothing'],
    ['2026-11-03', 'That day is still to come.'],
  ])('of a decision of 2 November, recorded that day, as of %s: %s', async (givenOn, says) => {
    const { work, id } = await workedCase()
    await offered(work, id)
    expect(blockedBy(await work.act('inspector-1', id, { ...giving, givenOn }))).toEqual([says])
  })

  it('of what has conditions is followed by their delivery', async () => {
    const { work, id } = await workedCase()
    await offered(work, id)
    expect(blockedBy(await work.act('inspector-1', id, { ...giving, follows: 'nothing' }))).toEqual(
      ['The decision has conditions: they have to be delivered.'],
    )
  })
})

describe('conditions', () => {
  it('are not all met while one is open', async () => {
    const { work, id } = await workedCase()
    await offered(work, id)
    granted(await work.act('inspector-1', id, giving))
    granted(await work.act('practitioner-1', id, { type: 'delivery.started' }))
    const done = { type: 'conditions.allMet' }
    expect(blockedBy(await work.act('practitioner-1', id, done))).toEqual(['noConditionOpen'])
    const [condition] = (await work.file(id)).conditions
    const met = { type: 'condition.met', conditionId: condition?.id }
    granted(await work.act('practitioner-1', id, met))
    expect(blockedBy(await work.act('practitioner-1', id, done))).toEqual(['nothing'])
  })

  it.each([
    [{ dueOn: '2026-11-01' }, 'That day is over.'],
    [
      { startBy: '2026-12-01', dueOn: '2026-11-30' },
      'The condition would be due before it begins.',
    ],
    [{ startBy: '2026-12-01', dueOn: '2026-12-01' }, 'nothing'],
  ])('begin before they end, and neither is over: %j', async (days, says) => {
    const { work, id } = await workedCase()
    const [one] = decision.conditions
    const made = { ...decision, conditions: [{ ...one, ...days }] }
    const outcome = await decided(work, id, made).then(
      () => 'nothing',
      (error: Error) => error.message,
    )
    expect(outcome).toContain(says)
  })
})

describe('a hold', () => {
  it('is looked at again before the child turns eighteen, and on a day that is not over', async () => {
    const { work, id } = await workedCase()
    const clock = (await work.file(id)).clocks.find(({ what }) => what === 'eighteenth-birthday')
    if (!clock) throw new Error('The case has no birthday.')
    const held = { type: 'case.held', reason: 'exploitation-looked-into' }
    const until = (reviewOn: string) => work.act('team-leader-1', id, { ...held, reviewOn })
    const year = Number(clock.dueOn.slice(0, 4))
    expect(blockedBy(await until(`${year + 1}${clock.dueOn.slice(4)}`))).toEqual([
      'That is after the child turns eighteen.',
    ])
    expect(blockedBy(await until('2026-11-01'))).toEqual(['That day is over.'])
    expect(blockedBy(await until('2026-11-02'))).toEqual(['nothing'])
  })
})

describe('representations that are upheld while the case is on hold', () => {
  it('undo the decision as they would without the hold', async () => {
    const { work, id } = await workedCase()
    await decided(work, id)
    await confirm(work, id)
    const from = { type: 'representations.received', from: 'solicitor', text: 'He was not there.' }
    granted(await work.act('officer-1', id, from))
    const held = { type: 'case.held', reason: 'capacity-in-doubt', reviewOn: '2026-11-10' }
    granted(await work.act('team-leader-1', id, held))
    const context = async () =>
      (await work.file(id)).row.snapshot.context as { unanswered: string[]; holds: string[] }
    const { unanswered, holds } = await context()
    const answer = { type: 'representations.answered', text: 'He was elsewhere.', answer: 'upheld' }
    granted(await work.act('inspector-1', id, { ...answer, representationsId: unanswered[0] }))
    granted(
      await work.act('team-leader-1', id, {
        type: 'hold.lifted',
        holdId: holds[0],
        reason: 'settled',
      }),
    )
    expect((await work.file(id)).row.snapshot).toMatchObject({
      value: 'preparing',
      context: { decision: null },
    })
  })
})
