import { describe, expect, test } from 'vitest'
import type { CaseInput } from '../../src/domain/case.ts'
import type { Period } from '../../src/domain/plain-date.ts'
import type { EffectOf, Rule } from '../../src/rules/schema.ts'
import { is, policyWith, recommended, rule } from '../support/policy-with.ts'

type ClockEffect = EffectOf<'clock'>['clock']
const source = { ref: 'waymark-default', at: 'a test' }
const lasting = (value: Period) => ({
  title: 'A time',
  values: [{ from: '2013-04-08', value, source }],
})
const parameters = {
  'parameter.ten_days': lasting({ n: 10, unit: 'day' }),
  'parameter.two_weeks': lasting({ n: 2, unit: 'week' }),
  'parameter.six_months': lasting({ n: 6, unit: 'month' }),
  'parameter.three_working_days': lasting({ n: 3, unit: 'working-day' }),
}

const clock = (id: string, effect: Partial<ClockEffect>, more: Partial<Rule> = {}): Rule =>
  rule(`tests/${id}`, {
    when: is('child.placement', 'parents'),
    then: [
      {
        clock: {
          what: 'a-limit',
          within: 'parameter.ten_days',
          from: 'case.referred_on',
          ...effect,
        },
      },
    ],
    ...more,
  })
const clocks = async (rules: Rule[], given: CaseInput, asAt?: string) =>
  (await recommended(policyWith(rules, { parameters }), given, asAt)).clocks
const referred = (on?: string) => ({
  facts: { 'child.placement': 'parents', ...(on ? { 'case.referred_on': on } : {}) },
})

describe('a clock', () => {
  test('does not count the day on which it starts', async () => {
    const [one] = await clocks([clock('one', {})], referred('2026-10-20'))
    expect(one).toMatchObject({
      startsOn: '2026-10-20',
      within: { n: 10, unit: 'day' },
      due: '2026-10-30',
    })
  })

  test('cuts months to their end', async () => {
    const six = clock('one', { within: 'parameter.six_months' })
    expect(await clocks([six], referred('2026-08-31'), '2026-11-02')).toMatchObject([
      { due: '2027-02-28' },
    ])
  })

  test('is not passed on its last day, and is on the day after', async () => {
    const passed = async (asAt: string) =>
      (await clocks([clock('one', {})], referred('2026-10-20'), asAt))[0]?.passed
    expect(await passed('2026-10-29')).toBe(false)
    expect(await passed('2026-10-30')).toBe(false)
    expect(await passed('2026-10-31')).toBe(true)
  })

  test('has no last day while its first is not known', async () => {
    const [one] = await clocks([clock('one', { hard: 'yes' })], referred())
    expect(one).toMatchObject({ from: 'case.referred_on', hard: true, binds: false })
    expect(one).not.toHaveProperty('startsOn')
    expect(one).not.toHaveProperty('due')
    expect(one).not.toHaveProperty('passed')
  })

  test('of working days has no last day in years whose bank holidays are not known', async () => {
    const working = clock('one', { within: 'parameter.three_working_days' })
    expect(await clocks([working], referred('2026-12-23'), '2026-12-24')).toMatchObject([
      { due: '2026-12-30' },
    ])
    const [late] = await clocks([working], referred('2026-12-30'), '2026-12-31')
    expect(late).toMatchObject({ startsOn: '2026-12-30' })
    expect(late).not.toHaveProperty('due')
  })

  test('has no last day where its length is not set on the day', async () => {
    const unset = clock('one', { within: 'parameter.not_set' })
    const [one] = await clocks([unset], referred('2026-10-20'))
    expect(one).not.toHaveProperty('within')
    expect(one).not.toHaveProperty('due')
  })

  test('is listed as undecided where it is not known whether it runs', async () => {
    const [one] = await clocks([clock('one', {})], { facts: { 'case.referred_on': '2026-10-20' } })
    expect(one).toMatchObject({ verdict: 'need-to-know', due: '2026-10-30' })
  })
})

describe('where readings differ', () => {
  const binding = async (rules: Rule[], given: CaseInput = referred('2026-10-20')) =>
    (await clocks(rules, given)).filter(({ binds }) => binds).map(({ rule: { id } }) => id.slice(6))
  const ten = clock('ten', { hard: 'yes' })
  const fourteen = clock('fourteen', { hard: 'yes', within: 'parameter.two_weeks' })

  test('the earliest of the hard clocks for the same thing binds, and all are shown', async () => {
    expect(await binding([fourteen, ten])).toEqual(['ten'])
    expect(await clocks([fourteen, ten], referred('2026-10-20'))).toHaveLength(2)
  })

  test('both bind where they end on the same day', async () => {
    expect(await binding([ten, clock('again', { hard: 'yes' })])).toEqual(['again', 'ten'])
  })

  test('a clock that is not hard never binds, and never stands in the way of one that is', async () => {
    expect(await binding([clock('soft', {}), fourteen])).toEqual(['fourteen'])
    expect(await binding([clock('soft', {})])).toEqual([])
  })

  test('clocks for different things bind side by side', async () => {
    expect(
      await binding([fourteen, clock('other', { hard: 'yes', what: 'another-limit' })]),
    ).toEqual(['fourteen', 'other'])
  })

  test('one whose last day is not known leaves the others to bind', async () => {
    const unknown = clock('unknown', { hard: 'yes', from: 'case.police_contact_on' })
    expect(await binding([unknown, fourteen])).toEqual(['fourteen'])
  })

  test('one that may not run at all never displaces one that does', async () => {
    const perhaps = clock('perhaps', { hard: 'yes' }, { when: is('process.plan_agreed', 'yes') })
    expect(await binding([perhaps, fourteen])).toEqual(['fourteen', 'perhaps'])
    const late = { ...perhaps, then: fourteen.then }
    expect(await binding([late, ten])).toEqual(['ten'])
  })

  test('one of another offence does not count', async () => {
    const given = {
      facts: { 'child.placement': 'parents' },
      offences: [{ 'case.referred_on': '2026-10-20' }, { 'case.referred_on': '2026-10-25' }],
    }
    const [first, second] = await clocks([ten], given)
    expect(first).toMatchObject({ offences: [1], due: '2026-10-30', binds: true })
    expect(second).toMatchObject({ offences: [2], due: '2026-11-04', binds: true })
  })

  test('one that is earlier for one offence leaves the other offence its own', async () => {
    // Fourteen days run for both offences, ten for the first alone.
    const only = clock('only', { hard: 'yes' }, { when: is('offence.place', 'home') })
    const given = {
      facts: { 'child.placement': 'parents', 'case.referred_on': '2026-10-20' },
      offences: [{ 'offence.place': 'home' }, { 'offence.place': 'public' }],
    }
    expect(await binding([fourteen, only], given)).toEqual(['fourteen', 'only'])
  })

  test('one of another victim does not count', async () => {
    const told = clock(
      'told',
      { hard: 'yes', from: 'victim.told_of_decision_on' },
      {
        when: is('victim.kind', 'person'),
      },
    )
    const given = {
      victims: ['2026-10-20', '2026-10-25'].map((on) => ({
        facts: { 'victim.kind': 'person', 'victim.told_of_decision_on': on },
      })),
    }
    expect((await clocks([told], given)).map(({ victims, binds }) => [victims, binds])).toEqual([
      [[1], true],
      [[2], true],
    ])
  })
})
