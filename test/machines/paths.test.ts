import { describe, expect, it } from 'vitest'
import { chartNames, statesOf, waysOf } from '../../machines/charts.ts'
import type { ReferralEvent, WaymarkEvent } from '../../src/domain/events.ts'
import { amount } from '../support/amount.ts'
import { chairAsPolice, practitioner, sweeper } from '../support/made-up.ts'
import { deadEnds, eventsOf, reachable, shortestPaths, simplePaths } from './graphs.ts'

const lastStates = {
  referral: ['closed'],
  delivery: ['finished', 'withdrawn', 'failed', 'stopped'],
  policy: ['superseded', 'withdrawn'],
}

describe.each(chartNames)('the %s chart', (name) => {
  it('can come into every one of its states', () => {
    expect([...reachable(name, eventsOf(name))].sort()).toEqual(statesOf(name).sort())
  })

  it('has no standing from which it cannot come to an end', () => {
    const { looked, dead } = deadEnds(name, eventsOf(name), lastStates[name])
    expect(dead).toEqual([])
    expect(looked).toBeGreaterThanOrEqual(statesOf(name).length)
  })

  it('leaves every state but the last', () => {
    for (const state of statesOf(name).filter((one) => !lastStates[name].includes(one)))
      expect(waysOf(name, state).some(({ to }) => to !== state)).toBe(true)
  })
})

/** Holds multiply every standing by four: what is asked many times is asked with them in full runs. */
const withHolds = (sample: string) => amount(0, 1) === 1 || sample !== 'case.held'

it('a trap that is built in is noticed: without an answer from the police, a returned case stays', () => {
  const events = eventsOf(
    'referral',
    (sample) => withHolds(sample) && !/^(police\.reported|case\.ref)/.test(sample),
  )
  expect(deadEnds('referral', events, ['closed']).dead).toContain('returned')
})

/** Where a disposal has been given, or is being offered. */
const disposed = ['offering', 'delivering', 'reconsidering', 'completed']
const decides = ['clinic.decided', 'escalation.resolved']
const everything = eventsOf('referral', withHolds) as ReferralEvent[]
const reached = (change: (event: ReferralEvent) => ReferralEvent[]) =>
  [...reachable('referral', everything.flatMap(change) as WaymarkEvent[])].filter((state) =>
    disposed.includes(state),
  )

describe('no path leads to a disposal', () => {
  it('without the event of a decision', () => {
    expect(reached((event) => (decides.includes(event.type) ? [] : [event]))).toEqual([])
  })

  it.each([
    ['a system', sweeper],
    ['a practitioner', practitioner],
  ])('by a decision of %s', (_, by) => {
    const change = (event: ReferralEvent) =>
      decides.includes(event.type) ? { ...event, by } : event
    expect(reached((event) => [change(event)])).toEqual([])
  })

  it.each(['clinic-chair', 'police-decision-maker'])('that the %s has not confirmed', (role) => {
    const itsOwn = ({ type, by }: ReferralEvent) =>
      type === 'decision.confirmed' && by.role === role
    expect(reached((event) => (itsOwn(event) ? [] : [event]))).toEqual([])
  })

  it('that one person has confirmed twice, as the chair and as the police', () => {
    const byOne = (event: ReferralEvent) =>
      event.by.role === 'police-decision-maker' ? { ...event, by: chairAsPolice } : event
    expect(reached((event) => [byOne(event)])).toEqual([])
  })

  it('while anything is outstanding', () => {
    const outstanding = ['information/assessment']
    const late = (event: ReferralEvent): ReferralEvent => {
      if (event.type === 'escalation.resolved' && event.answer.to === 'decided')
        return { ...event, answer: { ...event.answer, outstanding } }
      return 'outstanding' in event ? { ...event, outstanding } : event
    }
    expect(reached((event) => [late(event)])).toEqual([])
  })

  it('that is ruled out', () => {
    const ruledOut = (event: ReferralEvent): ReferralEvent => {
      const chosen = [{ offence: 1, disposal: 'youth-caution', standing: 'ruled-out' } as const]
      if (event.type === 'clinic.decided') return { ...event, chosen }
      if (event.type !== 'escalation.resolved' || event.answer.to !== 'decided') return event
      return { ...event, answer: { ...event.answer, chosen } }
    }
    expect(reached((event) => [ruledOut(event)])).toEqual([])
  })

  it('and with all of it there is one, so that the tests above can fail', () => {
    expect(reached((event) => [event]).sort()).toEqual([...disposed].sort())
  })
})

it('every shortest path to a disposal holds a decision, then two confirmations by two people', () => {
  const paths = shortestPaths('referral', everything).filter(({ state }) =>
    disposed.includes(String(state.value)),
  )
  expect(paths.length).toBeGreaterThan(4)
  for (const { steps } of paths) {
    const events = steps.map(({ event }) => event as unknown as ReferralEvent)
    const decided = events.findLastIndex(({ type }) => decides.includes(type))
    const after = events.slice(decided + 1).filter(({ type }) => type === 'decision.confirmed')
    expect(decided).toBeGreaterThan(0)
    expect(new Set(after.map(({ by }) => by.person)).size).toBe(2)
    expect(after.map(({ by }) => by.role).sort()).toEqual(['clinic-chair', 'police-decision-maker'])
  }
})

it('no path leads to the police as non-compliance before somebody tried and a manager reviewed', () => {
  const paths = simplePaths('delivery', eventsOf('delivery')).filter(
    ({ state }) => state.value === 'failed',
  )
  expect(paths.length).toBeGreaterThan(0)
  for (const { steps } of paths) {
    const types = steps.map(({ event }) => event.type)
    const order = ['contact.missed', 'reengagement.tried', 'manager.reviewed', 'police.notified']
    const places = order.map((type) => types.lastIndexOf(type))
    expect(places).toEqual([...places].sort((one, other) => one - other))
    expect(places[0]).toBeGreaterThan(0)
  }
})

it.each([
  ['nobody tried to bring the child back', /^reengagement\.tried$/],
  ['no manager reviewed', /^manager\.reviewed/],
])('a delivery cannot fail when %s', (_, left) => {
  const states = reachable(
    'delivery',
    eventsOf('delivery', (sample) => !left.test(sample)),
  )
  expect([...states]).not.toContain('failed')
})

it('no rule set comes into force but by two people, or as shipped on the first start', () => {
  for (const { steps, state } of simplePaths('policy', eventsOf('policy'))) {
    if (state.value !== 'inForce') continue
    const events = steps.map(({ event }) => event as unknown as WaymarkEvent)
    const people = events
      .filter(({ type }) => type === 'ruleSet.proposed' || type === 'ruleSet.approved')
      .map(({ by }) => by.person)
    const shipped = events.some(({ type }) => type === 'ruleSet.shipped')
    expect(shipped ? 2 : new Set(people).size).toBe(2)
  }
})
