import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

/**
 * Plain dates (`YYYY-MM-DD`, Europe/London calendar) for ages, deadlines and rule dates.
 * No instants, no time zones, no clock: today is always an argument.
 */

/** True for a date that exists, written `YYYY-MM-DD`. */
export function isPlainDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

export const plainDateSchema = z
  .string()
  .refine(isPlainDate, { error: 'is not a date that exists, written YYYY-MM-DD' })

/** A length of time as rules state it. */
export const periodSchema = z.strictObject({
  n: z.int().nonnegative(),
  unit: z.enum(['day', 'working-day', 'week', 'month']),
})
export type Period = z.infer<typeof periodSchema>

/** Bank holidays of England and Wales, and the dates between which the list is complete. */
export type BankHolidays = {
  covers: { from: string; until: string }
  dates: ReadonlySet<string>
}

/**
 * Whole years completed on a day. A child born on 29 February completes a year on 1 March of a
 * common year (the day after 28 February; Family Law Reform Act 1969 s.9, recalled).
 */
export function ageOn(dateOfBirth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4))
  return day.slice(5) < dateOfBirth.slice(5) ? years - 1 : years
}

/** The first day on which the person has completed `years` years; no year here is past 9999. */
export function birthday(dateOfBirth: string, years: number): string {
  const year = String(Math.min(Number(dateOfBirth.slice(0, 4)) + years, 9999)).padStart(4, '0')
  const day = `${year}${dateOfBirth.slice(4)}`
  return isPlainDate(day) ? day : `${year}-03-01`
}

/**
 * The last day of a time that is counted from a birth. Whole years end on the birthday, so that a
 * clock and an age never differ (ADR 9); any other time is counted as `endOfPeriod` counts it.
 */
export function endOfTimeFromBirth(
  dateOfBirth: string,
  period: Period,
  bankHolidays: BankHolidays,
): string | undefined {
  return period.unit === 'month' && period.n % 12 === 0
    ? birthday(dateOfBirth, period.n / 12)
    : endOfPeriod(dateOfBirth, period, bankHolidays)
}

/** Days from one date to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days
}

/** The day that many days later; earlier where `days` is negative. */
export function laterBy(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/**
 * The last day of a period. The starting day is not counted and months are clamped to their end
 * (six months from 31 August is 28 or 29 February). Working days skip Saturdays, Sundays and bank
 * holidays; `undefined` when the bank holidays of that time are not known.
 */
export function endOfPeriod(
  start: string,
  period: Period,
  bankHolidays: BankHolidays,
): string | undefined {
  if (period.unit === 'working-day') return afterWorkingDays(start, period.n, bankHolidays)
  const duration = {
    day: { days: period.n },
    week: { weeks: period.n },
    month: { months: period.n },
  }[period.unit]
  return Temporal.PlainDate.from(start).add(duration).toString()
}

function afterWorkingDays(
  start: string,
  n: number,
  bankHolidays: BankHolidays,
): string | undefined {
  if (start < bankHolidays.covers.from) return undefined
  let day = Temporal.PlainDate.from(start)
  for (let counted = 0; counted < n; ) {
    day = day.add({ days: 1 })
    if (day.toString() > bankHolidays.covers.until) return undefined
    if (day.dayOfWeek <= 5 && !bankHolidays.dates.has(day.toString())) counted += 1
  }
  return day.toString()
}

/** The earlier of two dates. */
export function earliest(...dates: [string, ...string[]]): string {
  return [...dates].sort()[0] as string
}

/** `2026-02-12` as people write it: 12 February 2026. The same in every locale. */
export function inWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${day} ${months[(month ?? 1) - 1]} ${year}`
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
