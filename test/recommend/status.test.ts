import { describe, expect, test } from 'vitest'
import type { CaseInput } from '../../src/domain/case.ts'
import type { Effect, Rule } from '../../src/rules/schema.ts'
import { is, recommended, rule } from '../support/policy-with.ts'

// Each rule is met, not met or undecided by the answer to one question.
const when = (id: string, effect: Effect): Rule =>
  rule(`tests/${id}`, { when: is(`process.${id}`, 'yes'), then: [effect] })

const rules = [
  when('signed_document', { exclude: { route: 'adult-scheme', scope: 'referral' } }),
  when('plan_agreed', { exclude: { route: 'safeguarding', scope: 'offence' } }),
  when('countersigned', {
    hold: { until: 'it is settled', by: 'police', disposals: ['charge'] },
  }),
]
const whole = 'process.signed_document'
const each = 'process.plan_agreed'
const held = 'process.countersigned'

const nothing = { [whole]: 'no', [each]: 'no', [held]: 'no' }
type Facts = NonNullable<CaseInput['facts']>
/** A referral in which every answer is a no, but for what its offences say; null is not known. */
const referral = (...offences: Facts[]) =>
  recommended(rules, { offences: offences.map((facts) => ({ ...nothing, ...facts })) })
const status = async (...offences: Facts[]) => (await referral(...offences)).status

describe('a referral is excluded', () => {
  test('where a rule says so of the whole referral', async () => {
    expect(await status({ [whole]: 'yes' })).toBe('excluded')
  })

  test('where such a rule is met for only one of its offences', async () => {
    expect(await status({ [whole]: 'yes' }, {})).toBe('excluded')
  })

  test('where each of its offences is, and not where only one of them is', async () => {
    expect(await status({ [each]: 'yes' }, { [each]: 'yes' })).toBe('excluded')
    expect(await status({ [each]: 'yes' }, { [each]: 'no' })).toBe('open')
  })

  test('even where it would also be on hold', async () => {
    expect(await status({ [whole]: 'yes', [held]: 'yes' })).toBe('excluded')
  })

  test('even where another exclusion is undecided', async () => {
    expect(await status({ [whole]: 'yes', [each]: null })).toBe('excluded')
    expect(await status({ [whole]: null, [each]: 'yes' })).toBe('excluded')
  })
})

describe('a referral is cannot-tell', () => {
  test('where it is not known whether the whole of it is excluded', async () => {
    expect(await status({ [whole]: null })).toBe('cannot-tell')
    expect(await status({ [whole]: null }, {})).toBe('cannot-tell')
  })

  test('where each of its offences may be excluded', async () => {
    expect(await status({ [each]: null })).toBe('cannot-tell')
    expect(await status({ [each]: 'yes' }, { [each]: null })).toBe('cannot-tell')
  })

  test('not where one of its offences is known not to be excluded', async () => {
    expect(await status({ [each]: null }, { [each]: 'no' })).toBe('open')
  })

  test('where an exclusion is undecided, even if it is known to be on hold', async () => {
    expect(await status({ [each]: null, [held]: 'yes' })).toBe('cannot-tell')
  })

  test('where it is not known whether it is on hold', async () => {
    expect(await status({ [held]: null })).toBe('cannot-tell')
  })
})

describe('a referral is on hold', () => {
  test('where a hold is met and nothing excludes it', async () => {
    expect(await status({ [held]: 'yes' })).toBe('on-hold')
  })

  test('where one of its offences is held, even if another may be', async () => {
    expect(await status({ [held]: 'yes' }, { [held]: null })).toBe('on-hold')
    expect(await status({ [held]: 'yes' }, { [held]: 'no' })).toBe('on-hold')
  })
})

describe('a referral is open', () => {
  test('where nothing excludes or holds it', async () => {
    expect(await status({})).toBe('open')
  })

  test('whatever other rules say', async () => {
    const others: Effect[] = [
      { 'rule-out': { disposals: ['charge', 'youth-caution'] } },
      { 'start-at': { disposal: 'charge' } },
      { require: { task: 'Do it', of: 'police', before: 'listing', hard: 'yes' } },
      { route: { to: 'cps' } },
      { consider: { note: 'Think.' } },
      { refer: { to: 'help' } },
    ]
    const busy = others.flatMap((effect, i) => [
      rule(`tests/met-${i}`, { when: is('child.age_now', 15), then: [effect] }),
      rule(`tests/open-${i}`, { when: is('child.placement', 'parents'), then: [effect] }),
    ])
    expect((await recommended(busy, { facts: { 'child.age_now': 15 } })).status).toBe('open')
  })
})

test('an excluded referral still shows every option and every finding', async () => {
  const excluded = await referral({ [whole]: 'yes' })
  const open = await referral({})
  expect(excluded.status).toBe('excluded')
  expect(excluded.offences[0]?.options).toEqual(open.offences[0]?.options)
  expect(excluded.offences[0]?.options.every(({ standing }) => standing === 'open')).toBe(true)
  expect(excluded.findings).toHaveLength(rules.length)
})

test('an exclusion stands with the referral and with the offence that it is about', async () => {
  const { exclusions, offences } = await referral({ [each]: 'yes' }, {}, { [each]: null })
  expect(exclusions.map(({ verdict, route, offences }) => [verdict, route, offences])).toEqual([
    ['met', 'safeguarding', [1]],
    ['need-to-know', 'safeguarding', [3]],
  ])
  expect(offences.map((one) => one.exclusions.map(({ verdict }) => verdict))).toEqual([
    ['met'],
    [],
    ['need-to-know'],
  ])
})
