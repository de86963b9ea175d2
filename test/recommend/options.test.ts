import { describe, expect, test } from 'vitest'
import type { Disposal } from '../../src/domain/lists.ts'
import type { Recommendation } from '../../src/domain/recommendation.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { anyRule, is, policyWith, recommended, rule } from '../support/policy-with.ts'

const ruleOut = (id: string, fact: string, ...disposals: Disposal[]) =>
  rule(`tests/${id}`, { when: is(fact, 'yes'), then: [{ 'rule-out': { disposals } }] })

const rules = [
  ruleOut('formal', 'process.plan_agreed', 'youth-caution', 'charge'),
  ruleOut('charge', 'process.countersigned', 'charge'),
]
const optionOf = (it: Recommendation, disposal: Disposal, offence = 1) => {
  const option = it.offences[offence - 1]?.options.find((one) => one.disposal === disposal)
  if (!option) throw new Error(`${disposal} is not among the options`)
  return option
}
const standing = async (facts: Record<string, string | null>, disposal: Disposal = 'charge') =>
  optionOf(await recommended(rules, { facts }), disposal).standing

describe('an option is', () => {
  test('open where no rule rules it out', async () => {
    const facts = { 'process.plan_agreed': 'no', 'process.countersigned': 'no' }
    expect(await standing(facts)).toBe('open')
  })

  test('open where every rule about it is known not to be met, though another option is closed', async () => {
    const facts = { 'process.plan_agreed': 'no', 'process.countersigned': 'yes' }
    expect(await standing(facts, 'youth-caution')).toBe('open')
    expect(await standing(facts, 'charge')).toBe('ruled-out')
  })

  test('ruled out where one rule is met, even if another is undecided', async () => {
    expect(await standing({ 'process.plan_agreed': 'yes', 'process.countersigned': null })).toBe(
      'ruled-out',
    )
  })

  test('cannot-tell where a rule about it is undecided and none is met', async () => {
    expect(await standing({ 'process.plan_agreed': 'no', 'process.countersigned': null })).toBe(
      'cannot-tell',
    )
    expect(await standing({})).toBe('cannot-tell')
  })
})

test('an option says which findings rule it out and which could', async () => {
  const it = await recommended(rules, { facts: { 'process.plan_agreed': 'yes' } })
  const because = optionOf(it, 'charge').because.map(({ rule: { id }, verdict }) => [id, verdict])
  expect(because).toEqual([
    ['tests/charge', 'need-to-know'],
    ['tests/formal', 'met'],
  ])
  expect(optionOf(it, 'community-resolution').because).toEqual([])
})

test('a hold pauses an option and does not close it', async () => {
  const hold = rule('tests/hold', {
    when: is('child.exploitation_indicators', 'yes'),
    then: [{ hold: { until: 'it is settled', by: 'police', disposals: ['charge'] } }],
  })
  const held = await recommended([hold], { facts: { 'child.exploitation_indicators': 'yes' } })
  expect(optionOf(held, 'charge')).toMatchObject({
    standing: 'open',
    heldBy: [{ rule: { id: 'tests/hold' }, verdict: 'met' }],
  })
  expect(optionOf(held, 'no-further-action').heldBy).toEqual([])

  const perhaps = await recommended([hold])
  expect(optionOf(perhaps, 'charge').heldBy).toMatchObject([{ verdict: 'need-to-know' }])
})

describe('the options are', () => {
  const listed = async (asAt: string) =>
    (await recommended([anyRule], {}, asAt)).offences[0]?.options.map(({ disposal }) => disposal)

  test('every disposal, from the least to the most criminalising', async () => {
    expect(await listed('2026-11-02')).toEqual([
      'no-further-action',
      'other-agency-action',
      'investigation-not-in-public-interest',
      'diversionary-activity',
      'community-resolution',
      'deferred-prosecution',
      'youth-caution',
      'youth-conditional-caution',
      'charge',
    ])
  })

  test('in that order however the catalogue lists them', async () => {
    const policy = policyWith([anyRule])
    const turned = { ...policy, disposals: [...policy.disposals].reverse() }
    const { offences } = await recommended(turned)
    expect(offences[0]?.options.map(({ disposal }) => disposal)).toEqual(await listed('2026-11-02'))
  })

  test('those in force on the day: deferred prosecution from 12 February 2026', async () => {
    expect(await listed('2026-02-11')).not.toContain('deferred-prosecution')
    expect(await listed('2026-02-12')).toContain('deferred-prosecution')
  })
})

test('an option shows the outcome codes of the day, with their source and how well it was read', async () => {
  const policy = policyWith([anyRule])
  const source = { ref: 'cypa-1933', at: 'a place' }
  const disposals = policy.disposals.map((one) =>
    one.id === 'charge'
      ? {
          ...one,
          outcome_codes: [
            { from: '2013-04-08', until: '2026-03-31', code: 1, label: 'Charged', source },
            { from: '2026-04-01', code: 101, label: 'Charged anew', source },
          ],
        }
      : one,
  ) as Policy['disposals']
  const codes = async (asAt: string) =>
    optionOf(await recommended({ ...policy, disposals }, {}, asAt), 'charge').outcomeCodes
  expect(await codes('2026-03-31')).toEqual([
    {
      code: 1,
      label: 'Charged',
      source: {
        ...source,
        title: 'Children and Young Persons Act 1933',
        confirmed: 'read-in-part',
      },
    },
  ])
  expect((await codes('2026-04-01')).map(({ code }) => code)).toEqual([101])
})

test('an option says what it would mean for the child', async () => {
  const means = optionOf(await recommended([anyRule]), 'charge').meansForTheChild
  expect(Object.keys(means)).toEqual([
    'record',
    'disclosure',
    'conditions',
    'first_time_entrant',
    'if_not_completed',
  ])
  expect(means.record).toMatchObject({
    says: 'A sentence for tests.',
    source: { confirmed: 'local-default' },
  })
})
