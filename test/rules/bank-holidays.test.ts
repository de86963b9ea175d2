import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { bankHolidaysFileSchema } from '../../src/rules/catalogue.ts'
import { plusDays } from '../support/days.ts'
import { realRulesFolder } from '../support/real-rules.ts'

/** The list in rules/bank-holidays.yaml against the rules by which bank holidays are made. */

const text = readFileSync(join(realRulesFolder, 'bank-holidays.yaml'), 'utf8')
const { covers, holidays } = bankHolidaysFileSchema.parse(parse(text))
const dates = holidays.map(({ date }) => date)
const firstYear = Number(covers.from.slice(0, 4))
const lastYear = Number(covers.until.slice(0, 4))
const years = Array.from({ length: lastYear - firstYear + 1 }, (_, i) => firstYear + i)

/** 0 for Sunday, 1 for Monday, to 6 for Saturday. */
const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay()
const onOrAfter = (date: string, day: number) => plusDays(date, (day - weekday(date) + 7) % 7)
const lastMondayOf = (month: string, length: number) =>
  plusDays(`${month}-${length}`, -((weekday(`${month}-${length}`) + 6) % 7))

/** Easter Sunday by the anonymous Gregorian computation. */
function easter(year: number): string {
  const a = year % 19
  const [b, c] = [Math.floor(year / 100), year % 100]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 19 * l) / 433)
  const month = Math.floor((h + l - 7 * m + 90) / 25)
  const day = (h + l - 7 * m + 33 * month + 19) % 32
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Days that fall on a weekend are kept on the next working days. */
function kept(...days: string[]): string[] {
  const taken: string[] = []
  for (const day of days) {
    let on = day
    while (weekday(on) === 0 || weekday(on) === 6 || taken.includes(on)) on = plusDays(on, 1)
    taken.push(on)
  }
  return taken
}

const usual = (year: number): string[] => [
  ...kept(`${year}-01-01`),
  plusDays(easter(year), -2),
  plusDays(easter(year), 1),
  onOrAfter(`${year}-05-01`, 1),
  lastMondayOf(`${year}-05`, 31),
  lastMondayOf(`${year}-08`, 31),
  ...kept(`${year}-12-25`, `${year}-12-26`),
]

/** What was moved or added once: VE Day, two jubilee days, the funeral, the coronation. */
const moved: Record<string, string> = { '2020-05-04': '2020-05-08', '2022-05-30': '2022-06-02' }
const extra = ['2022-06-03', '2022-09-19', '2023-05-08']

describe('the list of bank holidays', () => {
  test('covers whole years, without a gap', () => {
    expect(covers.from).toMatch(/-01-01$/)
    expect(covers.until).toMatch(/-12-31$/)
    expect([...new Set(dates.map((date) => Number(date.slice(0, 4))))]).toEqual(years)
  })

  test('is in order and names no day twice', () => {
    expect(dates).toEqual([...new Set(dates)].sort())
  })

  test('has no Saturday and no Sunday', () => {
    expect(dates.filter((date) => [0, 6].includes(weekday(date)))).toEqual([])
  })

  test.each(years)('has for %i the usual days, and those that were moved or added once', (year) => {
    const expected = [
      ...usual(year).map((date) => moved[date] ?? date),
      ...extra.filter((date) => date.startsWith(String(year))),
    ]
    expect(dates.filter((date) => date.startsWith(String(year)))).toEqual(expected.sort())
  })

  test.each([
    ['2020-05-08', /VE Day/],
    ['2022-06-02', /Spring/],
    ['2022-06-03', /Jubilee/],
    ['2022-09-19', /Funeral/],
    ['2023-05-08', /Coronation/],
    ['2026-12-28', /Boxing Day \(substitute day\)/],
  ])('knows what %s is', (on, title) => {
    expect(holidays.find(({ date }) => date === on)?.title).toMatch(title)
  })
})
