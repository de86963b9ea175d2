import { describe, expect, test } from 'vitest'
import {
  ageOn,
  type BankHolidays,
  birthday,
  daysBetween,
  earliest,
  endOfPeriod,
  endOfTimeFromBirth,
  inWords,
  isPlainDate,
  periodSchema,
  plainDateSchema,
} from '../../src/domain/plain-date.ts'
import { always } from '../support/always.ts'
import { anyDay, plusDays } from '../support/days.ts'

/** Easter and Christmas 2026, as on GOV.UK. */
const bankHolidays: BankHolidays = {
  covers: { from: '2026-01-01', until: '2027-12-31' },
  dates: new Set([
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-04',
    '2026-12-25',
    '2026-12-28',
    '2027-01-01',
    '2027-12-27',
    '2027-12-28',
  ]),
}
const ends = (start: string, n: number, unit: 'day' | 'working-day' | 'week' | 'month') =>
  endOfPeriod(start, { n, unit }, bankHolidays)

describe('a plain date', () => {
  test.each(['2026-02-12', '2024-02-29', '2000-02-29', '0001-01-01'])('%s exists', (date) => {
    expect(isPlainDate(date)).toBe(true)
  })

  test.each([
    '2026-02-29',
    '2023-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-2-12',
    '12-02-2026',
    '2026-02-12T00:00',
    ' 2026-02-12',
    '20260212',
    '+002026-02-12',
    '',
  ])('"%s" is not a date that exists', (date) => {
    expect(isPlainDate(date)).toBe(false)
    expect(plainDateSchema.safeParse(date).success).toBe(false)
  })
})

describe('an age', () => {
  test('is one year less on the day before the birthday', () => {
    expect(ageOn('2011-05-14', '2026-05-13')).toBe(14)
    expect(ageOn('2011-05-14', '2026-05-14')).toBe(15)
  })

  test('is nought on the day of birth and until the first birthday', () => {
    expect(ageOn('2011-05-14', '2011-05-14')).toBe(0)
    expect(ageOn('2011-05-14', '2012-05-13')).toBe(0)
  })

  test('goes up at the turn of the year for a child born on 1 January', () => {
    expect(ageOn('2016-01-01', '2025-12-31')).toBe(9)
    expect(ageOn('2016-01-01', '2026-01-01')).toBe(10)
  })

  test('goes up on 1 March in a common year for a child born on 29 February', () => {
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17)
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18)
  })

  test('goes up on 29 February in a leap year for a child born on 29 February', () => {
    expect(ageOn('2008-02-29', '2024-02-28')).toBe(15)
    expect(ageOn('2008-02-29', '2024-02-29')).toBe(16)
  })

  test('goes up on 28 February for a child born on 28 February, leap year or not', () => {
    expect(ageOn('2008-02-28', '2026-02-27')).toBe(17)
    expect(ageOn('2008-02-28', '2026-02-28')).toBe(18)
  })

  test('is completed on the birthday and not on the day before, whenever the child was born', () =>
    always(anyDay, 500, (born) => {
      for (const years of [10, 14, 16, 18]) {
        const day = birthday(born, years)
        const dayBefore = plusDays(day, -1)
        expect(ageOn(born, day)).toBe(years)
        expect(ageOn(born, dayBefore)).toBe(years - 1)
      }
    }))
})

describe('a birthday', () => {
  test('falls on the same day and month', () => {
    expect(birthday('2008-11-03', 18)).toBe('2026-11-03')
  })

  test('of a child born on 29 February falls on 1 March in a common year only', () => {
    expect(birthday('2008-02-29', 18)).toBe('2026-03-01')
    expect(birthday('2008-02-29', 16)).toBe('2024-02-29')
  })
})

describe('a time counted from a birth', () => {
  const from = (born: string, n: number, unit: 'day' | 'month' = 'month') =>
    endOfTimeFromBirth(born, { n, unit }, bankHolidays)

  test('ends on the birthday where it is whole years, whenever the child was born', () =>
    always(anyDay, 500, (born) => {
      for (const years of [10, 16, 18]) expect(from(born, years * 12)).toBe(birthday(born, years))
    }))

  test('ends on 1 March of a common year for a child born on 29 February, and no day sooner', () => {
    expect(from('2008-02-29', 216)).toBe('2026-03-01')
    expect(ends('2008-02-29', 216, 'month')).toBe('2026-02-28')
  })

  test('is counted like any other where it is not whole years', () => {
    expect(from('2008-08-31', 6)).toBe('2009-02-28')
    expect(from('2008-02-29', 12, 'day')).toBe('2008-03-12')
  })
})

describe('days between two dates', () => {
  test('are nought on the same day and negative backwards', () => {
    expect(daysBetween('2026-11-02', '2026-11-02')).toBe(0)
    expect(daysBetween('2026-11-02', '2026-11-03')).toBe(1)
    expect(daysBetween('2026-11-03', '2026-11-02')).toBe(-1)
  })

  test('count 29 February where there is one', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
    expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1)
  })

  test('are whole days over the nights on which the clocks change', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2)
  })
})

describe('a period', () => {
  test('does not count its first day', () => {
    expect(ends('2026-11-02', 1, 'day')).toBe('2026-11-03')
    expect(ends('2026-11-02', 28, 'day')).toBe('2026-11-30')
    expect(ends('2026-11-02', 1, 'week')).toBe('2026-11-09')
    expect(ends('2026-11-02', 1, 'month')).toBe('2026-12-02')
  })

  test('of no days ends on the day on which it begins', () => {
    expect(ends('2026-11-02', 0, 'day')).toBe('2026-11-02')
    expect(ends('2026-11-02', 0, 'working-day')).toBe('2026-11-02')
  })

  test('of months is cut to the end of a shorter month, never carried into the next', () => {
    expect(ends('2025-08-31', 6, 'month')).toBe('2026-02-28')
    expect(ends('2025-08-29', 6, 'month')).toBe('2026-02-28')
    expect(ends('2025-08-28', 6, 'month')).toBe('2026-02-28')
    expect(ends('2025-08-27', 6, 'month')).toBe('2026-02-27')
    expect(ends('2023-08-31', 6, 'month')).toBe('2024-02-29')
    expect(ends('2026-03-31', 1, 'month')).toBe('2026-04-30')
  })

  test('of 24 months from 29 February ends on 28 February', () => {
    expect(ends('2024-02-29', 24, 'month')).toBe('2026-02-28')
    expect(ends('2024-02-29', 48, 'month')).toBe('2028-02-29')
  })

  test('has a length that is a whole number and not negative', () => {
    expect(periodSchema.safeParse({ n: 0, unit: 'day' }).success).toBe(true)
    expect(periodSchema.safeParse({ n: -1, unit: 'day' }).success).toBe(false)
    expect(periodSchema.safeParse({ n: 1.5, unit: 'day' }).success).toBe(false)
    expect(periodSchema.safeParse({ n: 1, unit: 'year' }).success).toBe(false)
  })
})

describe('working days', () => {
  test('skip the weekend', () => {
    expect(ends('2026-11-05', 1, 'working-day')).toBe('2026-11-06')
    expect(ends('2026-11-06', 1, 'working-day')).toBe('2026-11-09')
    expect(ends('2026-11-07', 1, 'working-day')).toBe('2026-11-09')
    expect(ends('2026-11-06', 5, 'working-day')).toBe('2026-11-13')
  })

  test('skip Good Friday and Easter Monday', () => {
    expect(ends('2026-04-01', 1, 'working-day')).toBe('2026-04-02')
    expect(ends('2026-04-02', 1, 'working-day')).toBe('2026-04-07')
    expect(ends('2026-04-02', 5, 'working-day')).toBe('2026-04-13')
  })

  test('skip Christmas, the day given for Boxing Day and New Year', () => {
    expect(ends('2026-12-23', 1, 'working-day')).toBe('2026-12-24')
    expect(ends('2026-12-24', 1, 'working-day')).toBe('2026-12-29')
    expect(ends('2026-12-24', 3, 'working-day')).toBe('2026-12-31')
    expect(ends('2026-12-24', 4, 'working-day')).toBe('2027-01-04')
  })

  test('that begin on a bank holiday count from the next working day', () => {
    expect(ends('2026-05-04', 1, 'working-day')).toBe('2026-05-05')
    expect(ends('2026-05-02', 1, 'working-day')).toBe('2026-05-05')
  })

  test('are not known where the bank holidays are not', () => {
    expect(ends('2025-12-31', 1, 'working-day')).toBeUndefined()
    expect(ends('2026-01-01', 1, 'working-day')).toBe('2026-01-02')
    expect(ends('2027-12-30', 1, 'working-day')).toBe('2027-12-31')
    expect(ends('2027-12-31', 1, 'working-day')).toBeUndefined()
    expect(ends('2027-12-30', 2, 'working-day')).toBeUndefined()
  })

  test('are the only period that needs bank holidays', () => {
    expect(ends('2031-05-14', 10, 'day')).toBe('2031-05-24')
    expect(ends('1999-05-14', 6, 'month')).toBe('1999-11-14')
  })
})

test('the earliest of some dates is the first of them in the calendar', () => {
  expect(earliest('2026-11-02')).toBe('2026-11-02')
  expect(earliest('2026-11-02', '2026-09-30', '2027-01-01')).toBe('2026-09-30')
})

test('a date in words is the day without a nought, the month by name and the year', () => {
  expect(inWords('2026-02-01')).toBe('1 February 2026')
  expect(inWords('2026-12-31')).toBe('31 December 2026')
})
