import type { CaseInput } from '../src/domain/case.ts'
import { endOfPeriod } from '../src/domain/plain-date.ts'
import type { Policy } from '../src/rules/policy.ts'
import { readOwnYaml } from './catalogue.ts'

/** The published margins of one year, and what is assumed to make referrals of that shape. */
export type Margins = {
  area: string
  partnership: string
  period: string
  as_at: string
  published: {
    source: { title: string; where: string }
    referred: number
    decisions: Record<string, number>
  }
  synthetic: {
    counts: Record<string, number>
    groups: Record<string, { codes: string[] }>
    facts: Record<string, string>
    offence_facts: Record<string, string>
    ages: { from: number; to: number }
    days_since_offence: { from: number; to: number }
  }
}

export const margins = (): Margins => readOwnYaml('test/real-cases/cohort.yaml')

/**
 * A synthetic cohort with the published number of referrals and offence mix. Nobody in it exists.
 * The same seed gives the same cohort.
 */
export function cohort(of: Margins, policy: Policy, seed: number): CaseInput[] {
  const draw = randomNumbers(seed)
  const between = (from: number, to: number) => from + Math.floor(draw() * (to - from + 1))
  const daysBefore = (day: string, days: number) =>
    // Periods only run forwards, so the day is found from a day far enough back.
    endOfPeriod(
      '2000-01-01',
      { n: daysFrom2000(day) - days, unit: 'day' },
      policy.bankHolidays,
    ) as string
  const { synthetic } = of
  return Object.entries(synthetic.counts).flatMap(([group, count]) =>
    Array.from({ length: count }, () => {
      const codes = synthetic.groups[group]?.codes ?? []
      const on = daysBefore(
        of.as_at,
        between(synthetic.days_since_offence.from, synthetic.days_since_offence.to),
      )
      const age = between(synthetic.ages.from, synthetic.ages.to)
      const born = daysBefore(`${Number(on.slice(0, 4)) - age}${on.slice(4)}`, between(1, 300))
      return {
        partnership: of.partnership,
        asAt: of.as_at,
        facts: { ...synthetic.facts, 'child.date_of_birth': born },
        offences: [
          {
            ...synthetic.offence_facts,
            'offence.code': codes[between(0, codes.length - 1)] ?? null,
            'offence.date': on,
          },
        ],
      }
    }),
  )
}

const daysFrom2000 = (day: string): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Date.UTC(2000, 0, 1)) / 86_400_000)

/** Mulberry32: small, seeded, the same everywhere. Not for secrets. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
