import { describe, expect, test } from 'vitest'
import type { WorkedOutContext } from '../../src/domain/derivations.ts'
import type { Answer, Facts } from '../../src/domain/fact.ts'
import { workedOutFrom, workOut } from '../../src/domain/worked-out.ts'

const rows: Record<string, NonNullable<ReturnType<WorkedOutContext['offence']>>> = {
  'common-assault': row('violence', 'summary', 'six-months-from-offence', 'domestic-assault'),
  twoc: row('theft', 'summary', 'six-months-from-evidence'),
  'shop-theft': row('theft', 'either-way', 'none'),
  robbery: row('robbery', 'indictable-only', 'none'),
  'careless-driving': row('driving', 'summary', 'unknown'),
}
function row(category: string, mode_of_trial: string, limitation: string, domestic = '') {
  return { category, mode_of_trial, limitation, limitation_when_domestic: domestic }
}
const context: WorkedOutContext = {
  asAt: '2026-11-02',
  bankHolidays: { covers: { from: '2026-01-01', until: '2026-12-31' }, dates: new Set() },
  offence: (code) => rows[code],
}

const facts = (given: Facts, asAt = context.asAt) => workOut(given, { ...context, asAt }).facts
const problems = (given: Facts, asAt = context.asAt) =>
  workOut(given, { ...context, asAt }).problems
const worked = (fact: string, given: Facts, asAt?: string): Answer | undefined =>
  facts(given, asAt)[fact]

/** Domestic abuse in the statutory sense: all four are needed (practice note 17). */
const domesticAbuse: Facts = {
  'offence.domestic': 'intimate-partner',
  'child.age_at_offence': 16,
  'victim.aged_sixteen_or_over': 'yes',
  'parameter.domestic_abuse_from_age': 16,
}
const but = (given: Facts, id: string): Facts =>
  Object.fromEntries(Object.entries(given).filter(([other]) => other !== id))

describe('the age at the offence', () => {
  const age = (born: string, on: string) =>
    worked('child.age_at_offence', { 'child.date_of_birth': born, 'offence.date': on })

  test('is nine on the day before the tenth birthday and ten on it', () => {
    expect(age('2016-10-20', '2026-10-19')).toBe(9)
    expect(age('2016-10-20', '2026-10-20')).toBe(10)
  })

  test('of a child born on 29 February goes up on 1 March', () => {
    expect(age('2016-02-29', '2026-02-28')).toBe(9)
    expect(age('2016-02-29', '2026-03-01')).toBe(10)
  })

  test('is not known while either date is not', () => {
    expect(worked('child.age_at_offence', { 'child.date_of_birth': '2011-05-14' })).toBeUndefined()
    expect(worked('child.age_at_offence', { 'offence.date': '2026-10-20' })).toBeUndefined()
  })
})

describe('the age now', () => {
  test('is that of the as-at day, not of the offence', () => {
    const given = { 'child.date_of_birth': '2008-11-03', 'offence.date': '2026-10-01' }
    expect(worked('child.age_now', given, '2026-11-02')).toBe(17)
    expect(worked('child.age_now', given, '2026-11-03')).toBe(18)
  })

  test('comes with the days until the eighteenth birthday, below nought once it is past', () => {
    const given = { 'child.date_of_birth': '2008-11-03' }
    expect(worked('child.days_until_eighteen', given, '2026-11-02')).toBe(1)
    expect(worked('child.days_until_eighteen', given, '2026-11-03')).toBe(0)
    expect(worked('child.days_until_eighteen', given, '2026-11-04')).toBe(-1)
  })

  test('reaches eighteen on 1 March for a child born on 29 February', () => {
    const given = { 'child.date_of_birth': '2008-02-29' }
    expect(worked('child.days_until_eighteen', given, '2026-02-28')).toBe(1)
    expect(worked('child.age_now', given, '2026-02-28')).toBe(17)
    expect(worked('child.days_until_eighteen', given, '2026-03-01')).toBe(0)
    expect(worked('child.age_now', given, '2026-03-01')).toBe(18)
  })
})

describe('the care statuses', () => {
  test('follow from the one care status; none means asked, none', () => {
    expect(worked('child.care_statuses', { 'child.care_status': 'care-leaver' })).toEqual([
      'care-leaver',
    ])
    expect(worked('child.care_statuses', { 'child.care_status': 'none' })).toEqual([])
    expect(worked('child.care_statuses', {})).toBeUndefined()
  })

  test('may be more than the main one', () => {
    const given = {
      'child.care_status': 'looked-after',
      'child.care_statuses': ['child-in-need', 'looked-after'],
    }
    expect(problems(given)).toEqual([])
    expect(facts(given)['child.care_statuses']).toEqual(['child-in-need', 'looked-after'])
  })

  test('may not leave the main one out, and may not be any where it is none', () => {
    const without = { 'child.care_status': 'looked-after', 'child.care_statuses': ['care-leaver'] }
    const notNone = { 'child.care_status': 'none', 'child.care_statuses': ['care-leaver'] }
    const none = { 'child.care_status': 'none', 'child.care_statuses': [] }
    expect(problems(without)).toHaveLength(1)
    expect(problems(notNone)).toHaveLength(1)
    expect(problems(none)).toEqual([])
  })
})

describe('whether the child admits the offence', () => {
  test.each([
    ['full', 'yes'],
    ['denied', 'no'],
    ['no-comment', 'no'],
    ['with-defence', 'no'],
  ])('an admission that is "%s" is a %s', (admission, admits) => {
    expect(worked('child.admits_offence', { 'offence.admission': admission })).toBe(admits)
  })

  test.each(['partial', 'not-asked', 'constructor'])(
    'an admission that is "%s" settles nothing',
    (admission) => {
      expect(worked('child.admits_offence', { 'offence.admission': admission })).toBeUndefined()
    },
  )

  test('cannot be said of a child who was not asked', () => {
    const given = { 'offence.admission': 'not-asked', 'child.admits_offence': 'yes' }
    expect(problems(given).map(({ pointer }) => pointer)).toEqual(['child.admits_offence'])
  })

  test('is not known while the admission is not', () => {
    expect(worked('child.admits_offence', {})).toBeUndefined()
  })

  test('may be said beside a partial admission', () => {
    const given = { 'offence.admission': 'partial', 'child.admits_offence': 'no' }
    expect(problems(given)).toEqual([])
    expect(facts(given)['child.admits_offence']).toBe('no')
  })
})

describe('whether the child is a first-time entrant', () => {
  const counts = (convictions?: number, cautions?: number, conditional?: number): Facts =>
    Object.fromEntries(
      Object.entries({
        'child.earlier_convictions': convictions,
        'child.earlier_youth_cautions': cautions,
        'child.earlier_conditional_cautions': conditional,
      }).filter((entry): entry is [string, number] => entry[1] !== undefined),
    )
  const firstTime = (...given: Parameters<typeof counts>) =>
    worked('child.first_time_entrant', counts(...given))

  test('is a yes only when all three are known to be nought', () => {
    expect(firstTime(0, 0, 0)).toBe('yes')
    expect(firstTime(0, 0)).toBeUndefined()
    expect(firstTime()).toBeUndefined()
  })

  test('is a no as soon as one of them is known to be more', () => {
    expect(firstTime(1, 0, 0)).toBe('no')
    expect(firstTime(undefined, 1)).toBe('no')
    expect(firstTime(undefined, undefined, 1)).toBe('no')
  })

  test('does not count informal disposals', () => {
    expect(
      worked('child.first_time_entrant', {
        ...counts(0, 0, 0),
        'child.earlier_informal_disposals': 3,
      }),
    ).toBe('yes')
  })
})

describe('the category and the mode of trial', () => {
  test('follow from the offence code', () => {
    const given = facts({ 'offence.code': 'robbery' })
    expect(given['offence.category']).toBe('robbery')
    expect(given['offence.mode_of_trial']).toBe('indictable-only')
  })

  test('are not known without a code, or for a code that is not in the catalogue', () => {
    expect(worked('offence.category', {})).toBeUndefined()
    expect(worked('offence.mode_of_trial', { 'offence.code': 'not-listed' })).toBeUndefined()
  })
})

describe('the kind of time limit', () => {
  const limitation = (given: Facts) => worked('offence.limitation', given)

  test('follows from the code where the setting makes no difference', () => {
    expect(limitation({ 'offence.code': 'twoc' })).toBe('six-months-from-evidence')
    expect(limitation({ 'offence.code': 'robbery' })).toBe('none')
  })

  test('of common assault is its own where it is domestic abuse, and the usual one where it is not', () => {
    const assault = (facts: Facts) => limitation({ 'offence.code': 'common-assault', ...facts })
    expect(assault(domesticAbuse)).toBe('domestic-assault')
    expect(assault({ ...domesticAbuse, 'offence.domestic': 'none' })).toBe(
      'six-months-from-offence',
    )
    expect(assault({ ...domesticAbuse, 'child.age_at_offence': 15 })).toBe(
      'six-months-from-offence',
    )
  })

  test('of common assault is not known until it is known whether it was domestic abuse', () => {
    expect(limitation({ 'offence.code': 'common-assault' })).toBeUndefined()
    for (const id of Object.keys(domesticAbuse))
      expect(limitation({ 'offence.code': 'common-assault', ...but(domesticAbuse, id) })).toBe(
        undefined,
      )
  })

  test('is not known where the catalogue does not know it', () => {
    expect(limitation({ 'offence.code': 'careless-driving' })).toBeUndefined()
  })
})

describe('who decides on a charge', () => {
  const authority = (given: Facts) => worked('offence.charging_authority', given)

  test.each([
    ['offence.mode_of_trial', 'indictable-only'],
    ['offence.hate_element', 'yes'],
    ['offence.category', 'hate'],
  ])('is the Crown Prosecution Service where %s is %s, whatever else is known', (id, answer) => {
    expect(authority({ [id]: answer })).toBe('cps')
    expect(authority({ [id]: answer, 'offence.domestic': 'none' })).toBe('cps')
  })

  test('is the Crown Prosecution Service for domestic abuse, which needs both to be sixteen', () => {
    expect(authority(domesticAbuse)).toBe('cps')
    expect(authority({ ...domesticAbuse, 'child.age_at_offence': 15 })).toBeUndefined()
    expect(authority({ ...domesticAbuse, 'victim.aged_sixteen_or_over': 'no' })).toBeUndefined()
    expect(authority({ ...domesticAbuse, 'offence.domestic': 'none' })).toBeUndefined()
    for (const id of Object.keys(domesticAbuse))
      expect(authority(but(domesticAbuse, id)), id).toBeUndefined()
  })

  test('is never worked out to be the police, but may be said to be', () => {
    const plain = {
      'offence.mode_of_trial': 'summary',
      'offence.hate_element': 'no',
      'offence.domestic': 'none',
    }
    expect(authority(plain)).toBeUndefined()
    expect(authority({ ...plain, 'offence.charging_authority': 'police' })).toBe('police')
  })
})

describe('the last day for prosecuting', () => {
  const months = (n: number) => ({ n, unit: 'month' as const })
  const parameters: Facts = {
    'parameter.prosecution_limit_summary': months(6),
    'parameter.prosecution_limit_from_evidence': months(6),
    'parameter.prosecution_limit_from_evidence_at_most': months(36),
    'parameter.prosecution_limit_domestic_assault': months(6),
    'parameter.prosecution_limit_domestic_assault_at_most': months(24),
  }
  const limit = (given: Facts) =>
    worked('offence.prosecution_limit_on', { ...parameters, ...given })

  test('is six months from a summary offence, cut to the end of the month', () => {
    const kind = { 'offence.limitation': 'six-months-from-offence' }
    expect(limit({ ...kind, 'offence.date': '2026-05-02' })).toBe('2026-11-02')
    expect(limit({ ...kind, 'offence.date': '2025-08-31' })).toBe('2026-02-28')
    expect(limit(kind)).toBeUndefined()
  })

  test('runs from sufficient evidence for the taking of a vehicle, at most three years from the offence', () => {
    const taking = (date: string, evidence: string) =>
      limit({
        'offence.code': 'twoc',
        'offence.date': date,
        'offence.evidence_sufficient_on': evidence,
      })
    expect(taking('2026-01-10', '2026-06-01')).toBe('2026-12-01')
    expect(taking('2023-06-01', '2025-12-01')).toBe('2026-06-01')
    expect(taking('2023-06-01', '2025-11-30')).toBe('2026-05-30')
    expect(taking('2023-06-01', '2025-12-02')).toBe('2026-06-01')
  })

  test('runs from the statement for a domestic common assault, at most two years from the offence', () => {
    const assault = (date: string, statement: string) =>
      limit({
        ...domesticAbuse,
        'offence.code': 'common-assault',
        'offence.date': date,
        'offence.complainant_statement_on': statement,
      })
    expect(assault('2026-01-10', '2026-03-15')).toBe('2026-09-15')
    expect(assault('2024-06-01', '2025-11-30')).toBe('2026-05-30')
    expect(assault('2024-06-01', '2025-12-02')).toBe('2026-06-01')
  })

  test('is not known while either of its two first days is not', () => {
    for (const id of ['offence.date', 'offence.evidence_sufficient_on']) {
      expect(limit({ 'offence.code': 'twoc', [id]: '2026-05-02' }), id).toBeUndefined()
    }
  })

  test('is not known where the partnership has no such parameter on the day', () => {
    expect(
      worked('offence.prosecution_limit_on', {
        'offence.limitation': 'six-months-from-offence',
        'offence.date': '2026-05-02',
      }),
    ).toBeUndefined()
  })

  test('does not exist where there is no limit', () => {
    expect(limit({ 'offence.code': 'robbery', 'offence.date': '2026-05-02' })).toBeUndefined()
  })

  test('has nought days left on the last day and fewer the day after', () => {
    const given = {
      ...parameters,
      'offence.limitation': 'six-months-from-offence',
      'offence.date': '2026-05-02',
    }
    const left = (asAt: string) => worked('offence.days_left_to_prosecute', given, asAt)
    expect(left('2026-11-01')).toBe(1)
    expect(left('2026-11-02')).toBe(0)
    expect(left('2026-11-03')).toBe(-1)
  })
})

describe('a worked-out fact that is given too', () => {
  test('is taken where nothing it follows from is known, and others follow from it', () => {
    const given = facts({
      'child.age_at_offence': 9,
      'offence.mode_of_trial': 'indictable-only',
    })
    expect(given['child.age_at_offence']).toBe(9)
    expect(given['offence.charging_authority']).toBe('cps')
  })

  test('is refused where it disagrees, and both are shown', () => {
    const [problem] = problems({
      'child.age_at_offence': 10,
      'child.date_of_birth': '2016-10-20',
      'offence.date': '2026-10-19',
    })
    expect(problem).toEqual({
      message:
        '"child.age_at_offence" was given as 10, but 9 follows from child.date_of_birth and offence.date.',
      mend: 'Correct the one that is wrong, or leave the worked-out fact out.',
      pointer: 'child.age_at_offence',
    })
  })

  test('is fine where it agrees', () => {
    expect(
      problems({
        'child.age_at_offence': 9,
        'child.date_of_birth': '2016-10-20',
        'offence.date': '2026-10-19',
      }),
    ).toEqual([])
  })

  test.each([
    ['child.age_now', 16, { 'child.date_of_birth': '2011-05-14' }],
    ['child.days_until_eighteen', 5, { 'child.date_of_birth': '2011-05-14' }],
    ['child.admits_offence', 'yes', { 'offence.admission': 'denied' }],
    ['child.first_time_entrant', 'yes', { 'child.earlier_convictions': 1 }],
    ['offence.category', 'theft', { 'offence.code': 'robbery' }],
    ['offence.mode_of_trial', 'summary', { 'offence.code': 'robbery' }],
    ['offence.limitation', 'none', { 'offence.code': 'twoc' }],
    ['offence.charging_authority', 'police', { 'offence.code': 'robbery' }],
    ['offence.days_left_to_prosecute', 3, { 'offence.prosecution_limit_on': '2026-11-02' }],
  ])('cannot be %s %j beside %j', (fact, stated, given) => {
    expect(problems({ ...given, [fact]: stated } as Facts).map(({ pointer }) => pointer)).toEqual([
      fact,
    ])
  })
})

describe('dates that cannot all be true', () => {
  test('an offence is not before the birth', () => {
    const on = (date: string) =>
      problems({ 'child.date_of_birth': '2011-05-14', 'offence.date': date })
    expect(on('2011-05-13').map(({ pointer }) => pointer)).toEqual(['offence.date'])
    expect(on('2011-05-14')).toEqual([])
  })

  test('an offence is not later than the day whose rules are asked for', () => {
    expect(problems({ 'offence.date': '2026-11-02' })).toEqual([])
    expect(problems({ 'offence.date': '2026-11-03' }).map(({ pointer }) => pointer)).toEqual([
      'offence.date',
    ])
  })

  test('a birth is not later than the day whose rules are asked for', () => {
    expect(problems({ 'child.date_of_birth': '2026-11-02' })).toEqual([])
    expect(problems({ 'child.date_of_birth': '2026-11-03' }).map(({ pointer }) => pointer)).toEqual(
      ['child.date_of_birth'],
    )
  })
})

test('working out changes nothing that was given and nothing of what it was handed', () => {
  const given: Facts = Object.freeze({
    'child.date_of_birth': '2011-05-14',
    'offence.code': 'twoc',
  })
  expect(facts(given)).toMatchObject(given)
  expect(Object.keys(given)).toHaveLength(2)
})

test('every fact that others follow from is worked out before them', () => {
  const order = Object.keys(workedOutFrom)
  for (const [fact, inputs] of Object.entries(workedOutFrom))
    for (const input of inputs)
      if (order.includes(input)) expect(order.indexOf(input)).toBeLessThan(order.indexOf(fact))
})
