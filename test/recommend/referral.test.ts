import { describe, expect, test } from 'vitest'
import { type CaseInput, caseSchema } from '../../src/domain/case.ts'
import {
  anyRule,
  leaf,
  policyWith,
  recommended,
  refusedBecause,
  rule,
} from '../support/policy-with.ts'

const pointers = async (given: CaseInput) =>
  (await refusedBecause(given)).map(({ pointer }) => pointer)

describe('a referral is refused, with a pointer to the place', () => {
  test('for a fact that is not known, wherever it stands', async () => {
    expect(
      await pointers({
        facts: { 'child.colour': 'x' },
        offences: [{}, { 'offence.colour': 'x' }],
        victims: [{ facts: { 'victim.colour': 'x' } }],
      }),
    ).toEqual([
      '/facts/child.colour',
      '/offences/1/offence.colour',
      '/victims/0/facts/victim.colour',
    ])
  })

  test('for an answer that does not fit', async () => {
    expect(await pointers({ facts: { 'child.earlier_convictions': '3' } })).toEqual([
      '/facts/child.earlier_convictions',
    ])
  })

  test('for a reason why something is not known that names no fact', async () => {
    const [problem] = await refusedBecause({ notKnown: { 'child.ethnicty': 'not asked' } })
    expect(problem?.pointer).toBe('/notKnown/child.ethnicty')
    expect(problem?.message).toContain('Did you mean "child.ethnicity"?')
  })

  test('for a victim of an offence that it does not have', async () => {
    const given = { offences: [{}, {}], victims: [{ facts: {}, offences: [2, 3] }] }
    const [problem] = await refusedBecause(given)
    expect(problem).toEqual({
      message: 'There is no offence 3: the referral has 2.',
      pointer: '/victims/0/offences/1',
    })
    await recommended([anyRule], { ...given, offences: [{}, {}, {}] })
  })

  test('for a fact about something else among the facts of a victim', async () => {
    expect(await pointers({ victims: [{ facts: { 'child.age_now': 15 } }] })).toEqual([
      '/victims/0/facts/child.age_now',
    ])
  })

  test('for parameters and provisions, which are not for a case to say', async () => {
    expect(await pointers({ facts: { 'provision.driving_programme': 'yes' } })).toEqual([
      '/facts/provision.driving_programme',
    ])
  })
})

describe('an offence code that is not in the catalogue is refused', () => {
  const policyCode = 'fraud-false-rep'

  test('where the offence says it', async () => {
    const [problem] = await refusedBecause({ offences: [{}, { 'offence.code': policyCode }] })
    expect(problem?.pointer).toBe('/offences/1/offence.code')
    expect(problem?.mend).toContain('rules/offences.csv')
  })

  test('where the referral says it, once for all its offences', async () => {
    expect(await pointers({ facts: { 'offence.code': policyCode }, offences: [{}, {}] })).toEqual([
      '/facts/offence.code',
    ])
  })
})

describe('what cannot be true together is refused where it was said', () => {
  test('a worked-out fact that disagrees, at the place where it stands', async () => {
    const code = { 'offence.code': 'robbery' }
    const mode = { 'offence.mode_of_trial': 'summary' }
    expect(await pointers({ offences: [{}, { ...code, ...mode }] })).toEqual([
      '/offences/1/offence.mode_of_trial',
    ])
    expect(await pointers({ facts: mode, offences: [code] })).toEqual([
      '/facts/offence.mode_of_trial',
    ])
    expect(await pointers({ facts: { ...code, ...mode } })).toEqual([
      '/facts/offence.mode_of_trial',
    ])
  })

  test('with both answers in the message', async () => {
    const [problem] = await refusedBecause({
      facts: { 'child.date_of_birth': '2011-05-14', 'child.age_now': 16 },
    })
    expect(problem?.message).toBe(
      '"child.age_now" was given as 16, but 15 follows from child.date_of_birth.',
    )
  })

  test('an offence before the birth, or after the day asked about', async () => {
    const born = { 'child.date_of_birth': '2011-05-14' }
    expect(await pointers({ facts: born, offences: [{ 'offence.date': '2011-05-13' }] })).toEqual([
      '/offences/0/offence.date',
    ])
    expect(await pointers({ facts: { ...born, 'offence.date': '2026-11-03' } })).toEqual([
      '/facts/offence.date',
    ])
  })

  test('once, however many victims the offence has', async () => {
    expect(
      await pointers({
        facts: { 'child.date_of_birth': '2027-01-01' },
        victims: [{ facts: {} }, { facts: {} }],
      }),
    ).toEqual(['/facts/child.date_of_birth'])
  })
})

describe('how many offences and victims there are', () => {
  test('is counted where they are listed, and not asked', async () => {
    const counting = (what: string) =>
      rule(`tests/${what}`, {
        when: { all: [leaf(`case.number_of_${what}`, 'greaterThan', 1)] },
        then: [{ consider: { note: what } }],
      })
    const rules = [counting('offences'), counting('victims')]
    const listed = await recommended(rules, { offences: [{}, {}], victims: [{ facts: {} }] })
    expect(listed.prompts.map(({ note }) => note)).toEqual(['offences'])
    expect(listed.needToKnow).toEqual([])
    expect((await recommended(rules)).needToKnow).toHaveLength(2)
  })

  test('may be said too, and is refused where it is not so', async () => {
    const said = (n: number) => ({ facts: { 'case.number_of_offences': n }, offences: [{}, {}] })
    await recommended([anyRule], said(2))
    expect(await pointers(said(3))).toEqual(['/facts/case.number_of_offences'])
  })
})

describe('a referral is about one child', () => {
  const looked = { 'child.care_status': 'looked-after' }
  const none = { 'child.care_status': 'none' }

  test('so an offence cannot say otherwise of the child than the referral does', async () => {
    expect(await pointers({ facts: looked, offences: [{}, none] })).toEqual([
      '/offences/1/child.care_status',
    ])
    await recommended([anyRule], { facts: looked, offences: [{}, looked] })
  })

  test('nor than the first offence does', async () => {
    expect(await pointers({ offences: [looked, none] })).toEqual(['/offences/1/child.care_status'])
  })

  test('who may admit one offence and not another', async () => {
    await recommended([anyRule], {
      offences: [{ 'child.admits_offence': 'yes' }, { 'child.admits_offence': 'no' }],
    })
  })

  test('whose admission is said of each offence, where there are several', async () => {
    const admits = { 'child.admits_offence': 'yes' }
    expect(await pointers({ facts: admits, offences: [{}, {}] })).toEqual([
      '/facts/child.admits_offence',
    ])
    await recommended([anyRule], { facts: admits, offences: [{}] })
  })
})

test('a day on which no rule is in force has no answer, rather than one in which all is open', async () => {
  const late = { ...anyRule, in_force: { from: '2026-11-03' } }
  expect(await refusedBecause({}, policyWith([late]))).toEqual([
    {
      message: 'No rule is in force on 2026-11-02.',
      mend: 'The first begins on 2026-11-03: ask as at that day or later.',
      pointer: '/asAt',
    },
  ])
})

test('a worked-out fact is welcome where what it follows from is not known', async () => {
  const { prompts } = await recommended([anyRule], { facts: { 'child.age_now': 15 } })
  expect(prompts).toMatchObject([{ verdict: 'met' }])
})

describe('the shape of a case', () => {
  const fits = (given: unknown) => caseSchema.safeParse(given).success

  test('may be empty: then nothing is known, and the national rules are asked', () => {
    expect(caseSchema.parse({})).toEqual({ partnership: 'national', facts: {} })
  })

  test.each<[string, unknown]>([
    ['keys that nobody knows', { colour: 'x' }],
    ['no offence at all', { offences: [] }],
    ['more than a hundred offences', { offences: Array(101).fill({}) }],
    ['an as-at day that does not exist', { asAt: '2026-02-29' }],
    ['an answer that is true', { facts: { 'child.agrees_to_take_part': true } }],
    ['an answer within an answer', { facts: { 'child.age_now': { n: 15 } } }],
    ['an offence number nought', { victims: [{ offences: [0], facts: {} }] }],
  ])('does not take %s', (_what, given) => {
    expect(fits(given)).toBe(false)
  })
})
