import fc from 'fast-check'
import { endOfPeriod } from '../../src/domain/plain-date.ts'

const noHolidays = { covers: { from: '0001-01-01', until: '0001-01-01' }, dates: new Set<string>() }

/** The day that lies some days after another, or before it. */
export function plusDays(day: string, n: number): string {
  const from = '1900-01-01'
  const since = Math.round((Date.parse(day) - Date.parse(from)) / 86_400_000) + n
  return endOfPeriod(from, { n: since, unit: 'day' }, noHolidays) ?? day
}

/** Any day on which a child of our time may have been born. */
export const anyDay: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 40 * 366 })
  .map((n) => plusDays('1990-01-01', n))
