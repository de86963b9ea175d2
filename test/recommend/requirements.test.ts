import { describe, expect, test } from 'vitest'
import type { CaseInput } from '../../src/domain/case.ts'
import type { EffectOf } from '../../src/rules/schema.ts'
import { is, leaf, recommended, rule } from '../support/policy-with.ts'

type Require = EffectOf<'require'>['require']
const requiring = (more: Partial<Require> = {}) =>
  rule('tests/require', {
    when: is('child.care_status', 'looked-after'),
    then: [{ require: { task: 'Ask the home', of: 'social-care', before: 'decision', ...more } }],
  })
const met = { 'child.care_status': 'looked-after' }
const asked = async (rules: ReturnType<typeof requiring>[], given: CaseInput) =>
  (await recommended(rules, given)).requirements

describe('what is required is', () => {
  const done_when = is('process.plan_agreed', 'yes')
  const state = async (facts: Record<string, string>, more: Partial<Require> = { done_when }) => {
    const [one] = await asked([requiring(more)], { facts })
    return one && `${one.verdict}, ${one.state}`
  }

  test('done where the test for it is met', async () => {
    expect(await state({ ...met, 'process.plan_agreed': 'yes' })).toBe('met, done')
  })

  test('outstanding where the test for it is known not to be met', async () => {
    expect(await state({ ...met, 'process.plan_agreed': 'no' })).toBe('met, outstanding')
  })

  test('cannot-tell where it is not known, and never done by silence', async () => {
    expect(await state(met)).toBe('met, cannot-tell')
  })

  test('outstanding where nothing could show that it is done', async () => {
    expect(await state(met, {})).toBe('met, outstanding')
  })

  test('listed as undecided where it is not known whether it arises', async () => {
    expect(await state({ 'process.plan_agreed': 'yes' })).toBe('need-to-know, done')
    expect(await state({})).toBe('need-to-know, cannot-tell')
  })

  test('not listed where it does not arise, done or not', async () => {
    expect(
      await state({ 'child.care_status': 'none', 'process.plan_agreed': 'no' }),
    ).toBeUndefined()
  })
})

test('a requirement says who owes it, before what, for which disposals, and how hard it is', async () => {
  const [soft] = await asked([requiring()], { facts: met })
  expect(soft).toMatchObject({
    task: 'Ask the home',
    of: 'social-care',
    before: 'decision',
    hard: false,
  })
  expect(soft).not.toHaveProperty('for')
  expect(soft).not.toHaveProperty('point')
  const [hard] = await asked([requiring({ hard: 'yes', for: ['charge'], point: 6 })], {
    facts: met,
  })
  expect(hard).toMatchObject({ hard: true, for: ['charge'], point: 6 })
})

test('two requirements of one rule are answered apart', async () => {
  const both = rule('tests/both', {
    when: is('child.care_status', 'looked-after'),
    then: ['process.plan_agreed', 'process.countersigned'].map((fact) => ({
      require: { task: fact, of: 'police', before: 'giving', done_when: is(fact, 'yes') },
    })),
  })
  const facts = { ...met, 'process.plan_agreed': 'yes', 'process.countersigned': 'no' }
  expect((await asked([both], { facts })).map(({ task, state }) => [task, state])).toEqual([
    ['process.plan_agreed', 'done'],
    ['process.countersigned', 'outstanding'],
  ])
})

test('a requirement that is done for one offence is not thereby done for another', async () => {
  const rules = [requiring({ done_when: is('process.plan_agreed', 'yes') })]
  const given = {
    facts: met,
    offences: [{ 'process.plan_agreed': 'yes' }, { 'process.plan_agreed': 'no' }, {}],
  }
  expect((await asked(rules, given)).map(({ state, offences }) => [state, offences])).toEqual([
    ['done', [1]],
    ['outstanding', [2]],
    ['cannot-tell', [3]],
  ])
})

test('a hold says until when, by whom, what it pauses and when it is looked at again', async () => {
  const hold = rule('tests/hold', {
    when: is('child.exploitation_indicators', 'yes'),
    then: [
      {
        hold: {
          until: 'it is settled',
          by: 'police',
          disposals: ['charge'],
          review_within: 'parameter.review_within',
        },
      },
    ],
  })
  const facts = { 'child.exploitation_indicators': 'yes' }
  expect((await recommended([hold], { facts })).holds).toMatchObject([
    {
      verdict: 'met',
      until: 'it is settled',
      by: 'police',
      disposals: ['charge'],
      reviewWithin: { n: 28, unit: 'day' },
    },
  ])
})

test('routes, prompts and offers of help are lists of their own, met or undecided', async () => {
  const rules = [
    rule('tests/met', {
      when: is('child.age_now', 15),
      then: [{ route: { to: 'cps' } }, { consider: { note: 'Think.' } }, { refer: { to: 'help' } }],
    }),
    rule('tests/undecided', {
      when: { all: [leaf('child.missing_episodes', 'greaterThan', 0)] },
      then: [{ consider: { note: 'Ask why.' } }],
    }),
    rule('tests/not-met', { when: is('child.age_now', 9), then: [{ refer: { to: 'nobody' } }] }),
  ]
  const { routes, prompts, referrals } = await recommended(rules, {
    facts: { 'child.age_now': 15 },
  })
  expect(routes).toMatchObject([{ to: 'cps', verdict: 'met' }])
  expect(prompts).toMatchObject([
    { note: 'Think.', verdict: 'met' },
    { note: 'Ask why.', verdict: 'need-to-know' },
  ])
  expect(referrals).toMatchObject([{ to: 'help', verdict: 'met' }])
})
