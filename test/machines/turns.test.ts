import { expect, it } from 'vitest'
import type { EventOf, SnapshotOf } from '../../machines/charts.ts'
import { freshReferral, type ReferralContext } from '../../machines/referral/context.ts'
import { step } from '../../machines/step.ts'
import { samples } from './samples.ts'
import { standingIn } from './standings.ts'

/** The turns a case can take, each as a short story. */
type Name = keyof typeof samples.referral
const on = (
  value: string,
  context: Partial<ReferralContext>,
  ...events: (Name | EventOf<'referral'>)[]
) =>
  events.reduce<SnapshotOf<'referral'>>(
    (now, next) => {
      const event = typeof next === 'string' ? samples.referral[next] : next
      const answer = step('referral', now, event)
      if (!answer.ok) throw new Error(`${event.type} in ${now.value}: ${answer.refusal.why}`)
      return answer.snapshot
    },
    standingIn('referral', value, { ...freshReferral, ...context }),
  )
const decision: NonNullable<ReferralContext['decision']> = {
  id: 'decision-1',
  disposals: ['youth-caution'],
  chair: 'person-1',
  police: 'person-2',
  countersignature: 'not-needed',
  ratification: 'not-needed',
}

it('a hold leads back to the decision that it stopped, with its confirmations', () => {
  const after = on('decided', { decision }, 'case.held', 'hold.lifted', 'offer.opened')
  expect(after.value).toBe('offering')
})

it('two holds have both to be lifted', () => {
  const one = on('listed', {}, 'case.held', 'case.held, once more', 'hold.lifted')
  expect([one.value, one.context.holds]).toEqual(['onHold', ['hold-2']])
})

it('a hold cannot be slipped by asking specialists', () => {
  const back = on('listed', {}, 'case.held', 'case.routed', 'specialists.reported')
  expect([back.value, back.context.heldFrom]).toEqual(['onHold', 'preparing'])
})

it('eighteen during a hold: the decision that waited is not offered, the case is prepared again', () => {
  const after = on('decided', { decision }, 'case.held', 'child.turnedEighteen', 'hold.lifted')
  expect(after.value).toBe('preparing')
  expect(after.context).toMatchObject({
    decision: null,
    turnedEighteen: true,
    superseded: ['decision-1'],
  })
})

it('eighteen while it is offered: back to preparing; while it is delivered: it stands', () => {
  expect(on('offering', { decision }, 'child.turnedEighteen').value).toBe('preparing')
  const delivered = on('delivering', { decision, given: true }, 'child.turnedEighteen')
  expect([delivered.value, delivered.context.decision?.id]).toEqual(['delivering', 'decision-1'])
})

it('one offence out of time leaves the others, and they are decided anew', () => {
  const after = on('decided', { decision }, 'limitation.confirmedExpired, of one offence')
  expect([after.value, after.context.superseded]).toEqual(['preparing', ['decision-1']])
})

it('set aside after closing: prepared again, the old decision kept as superseded', () => {
  const after = on('closed', { decision, given: true }, 'disposal.setAside')
  expect(after.value).toBe('preparing')
  expect(after.context).toMatchObject({ given: false, decision: null, superseded: ['decision-1'] })
})

it('a youth caution that nobody took up ends without consequence', () => {
  const after = on('delivering', { decision, given: true }, 'delivery.withdrawn')
  expect(after.value).toBe('completed')
})

it('a varied conditional caution can still be finished, and then earns its outcome', () => {
  const conditional = { ...decision, disposals: ['youth-conditional-caution' as const] }
  const after = on(
    'delivering',
    { decision: conditional, given: true },
    'delivery.failed',
    'disposal.varied',
    'delivery.finished',
  )
  expect([after.value, after.context.uncompleted]).toEqual(['completed', false])
})

it('outcome 22 cannot be reported of a diversion that was broken off, however it ended', () => {
  const diversion = { ...decision, disposals: ['diversionary-activity' as const] }
  const broken = [
    ['disposal.given', 'evidence.fellAway'],
    ['disposal.given', 'limitation.confirmedExpired'],
    ['disposal.given', 'delivery.withdrawn', 'police.tookNoAction'],
    ['disposal.given', 'delivery.failed', 'disposal.varied', 'evidence.fellAway'],
  ] as const
  for (const events of broken) {
    const { value, context } = on('offering', { decision: diversion }, ...events)
    expect([value, context.uncompleted]).toEqual(['returned', true])
    expect(() => on('returned', context, 'police.reported, as outcome 22')).toThrow(
      'Outcome 22 must wait until the activity is finished.',
    )
  }
})

it('referred again: a new start that remembers the birthday and what was superseded', () => {
  const after = on(
    'returned',
    { decision, turnedEighteen: true, holds: ['hold-1'], heldFrom: 'listed' },
    'case.referredAgain',
  )
  expect(after.value).toBe('received')
  expect(after.context).toEqual({
    ...freshReferral,
    turnedEighteen: true,
    superseded: ['decision-1'],
  })
})

it('representations stop the second confirmation, and the giving, until they are answered', () => {
  const half = { ...decision, police: null }
  const confirm = 'decision.confirmed, by the police'
  expect(() => on('decided', { decision: half }, 'representations.received', confirm)).toThrow(
    'Representations must be answered first.',
  )
  expect(
    on(
      'decided',
      { decision: half },
      'representations.received',
      'representations.answered',
      confirm,
    ).context.decision?.police,
  ).toBe('person-2')
  expect(() => on('offering', { decision }, 'representations.received', 'disposal.given')).toThrow(
    'Representations must be answered first.',
  )
})
