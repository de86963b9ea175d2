import { type Answer, lookUp } from './fact.ts'
import {
  ageOn,
  type BankHolidays,
  birthday,
  daysBetween,
  earliest,
  endOfPeriod,
  type Period,
} from './plain-date.ts'

/**
 * Facts that follow from others. Each is a pure function of known facts, the as-at date and the
 * catalogues; it answers only when everything it needs is known, so that nothing fails open.
 */

/** What working out needs beside the facts. */
export type WorkedOutContext = {
  asAt: string
  bankHolidays: BankHolidays
  offence(code: string): WorkedOutOffence | undefined
}

/** The columns of the offence catalogue that facts follow from. */
export type WorkedOutOffence = {
  category: string
  mode_of_trial: string
  limitation: string
  limitation_when_domestic: string
}

export type Derivation = {
  fact: string
  from: readonly string[]
  work(known: Known, context: WorkedOutContext): Answer | undefined
}

/** Reads one known fact as text, number or period. */
export type Known = {
  text(id: string): string | undefined
  number(id: string): number | undefined
  period(id: string): Period | undefined
}

const fromCode =
  (column: 'category' | 'mode_of_trial') =>
  (known: Known, { offence }: WorkedOutContext) => {
    const code = known.text('offence.code')
    return code === undefined ? undefined : offence(code)?.[column]
  }

/** In order: a later one may use what an earlier one worked out. */
export const derivations: readonly Derivation[] = [
  {
    fact: 'child.age_at_offence',
    from: ['child.date_of_birth', 'offence.date'],
    work: (known) => {
      const born = known.text('child.date_of_birth')
      const on = known.text('offence.date')
      return born && on ? ageOn(born, on) : undefined
    },
  },
  {
    fact: 'child.age_now',
    from: ['child.date_of_birth'],
    work: (known, { asAt }) => {
      const born = known.text('child.date_of_birth')
      return born ? ageOn(born, asAt) : undefined
    },
  },
  {
    fact: 'child.days_until_eighteen',
    from: ['child.date_of_birth'],
    work: (known, { asAt }) => {
      const born = known.text('child.date_of_birth')
      return born ? daysBetween(asAt, birthday(born, 18)) : undefined
    },
  },
  {
    fact: 'child.care_statuses',
    from: ['child.care_status'],
    work: (known) => {
      const status = known.text('child.care_status')
      if (status === undefined) return undefined
      return status === 'none' ? [] : [status]
    },
  },
  {
    fact: 'child.admits_offence',
    from: ['offence.admission'],
    // A partial admission may or may not be of this offence, so it settles nothing (practice note 7).
    work: (known) =>
      lookUp(
        { full: 'yes', denied: 'no', 'no-comment': 'no', 'with-defence': 'no' },
        known.text('offence.admission') ?? '',
      ),
  },
  {
    fact: 'child.first_time_entrant',
    from: [
      'child.earlier_convictions',
      'child.earlier_youth_cautions',
      'child.earlier_conditional_cautions',
    ],
    work: (known) => {
      const counts = [
        known.number('child.earlier_convictions'),
        known.number('child.earlier_youth_cautions'),
        known.number('child.earlier_conditional_cautions'),
      ]
      if (counts.some((count) => count !== undefined && count > 0)) return 'no'
      return counts.every((count) => count === 0) ? 'yes' : undefined
    },
  },
  { fact: 'offence.category', from: ['offence.code'], work: fromCode('category') },
  { fact: 'offence.mode_of_trial', from: ['offence.code'], work: fromCode('mode_of_trial') },
  {
    fact: 'offence.limitation',
    from: [
      'offence.code',
      'offence.domestic',
      'child.age_at_offence',
      'victim.aged_sixteen_or_over',
    ],
    // Common assault that is domestic abuse has its own limit (Criminal Justice Act 1988 s.39A).
    work: (known, { offence }) => {
      const row = offence(known.text('offence.code') ?? '')
      if (!row || row.limitation === 'unknown') return undefined
      if (row.limitation_when_domestic === '') return row.limitation
      const abuse = domesticAbuse(known)
      if (abuse === undefined) return undefined
      return abuse === 'yes' ? row.limitation_when_domestic : row.limitation
    },
  },
  {
    fact: 'offence.charging_authority',
    from: [
      'offence.mode_of_trial',
      'offence.category',
      'offence.hate_element',
      'offence.domestic',
      'child.age_at_offence',
      'victim.aged_sixteen_or_over',
    ],
    // Practice note 8; Director's Guidance on Charging, sixth edition. That the police decide is
    // never worked out: a dispute or a sensitive matter may send any offence to the prosecutor.
    work: (known) => {
      const prosecutors =
        known.text('offence.mode_of_trial') === 'indictable-only' ||
        known.text('offence.category') === 'hate' ||
        known.text('offence.hate_element') === 'yes' ||
        domesticAbuse(known) === 'yes'
      return prosecutors ? 'cps' : undefined
    },
  },
  {
    fact: 'offence.prosecution_limit_on',
    from: [
      'offence.limitation',
      'offence.date',
      'offence.evidence_sufficient_on',
      'offence.complainant_statement_on',
    ],
    work: (known, context) => prosecutionLimit(known, context),
  },
  {
    fact: 'offence.days_left_to_prosecute',
    from: ['offence.prosecution_limit_on'],
    work: (known, { asAt }) => {
      const limit = known.text('offence.prosecution_limit_on')
      return limit ? daysBetween(asAt, limit) : undefined
    },
  },
]

/**
 * Domestic abuse in the statutory sense needs both to be sixteen or over (practice note 17): no
 * where the setting is not domestic or either is younger, unknown while that is not known.
 */
function domesticAbuse(known: Known): 'yes' | 'no' | undefined {
  const setting = known.text('offence.domestic')
  const age = known.number('child.age_at_offence')
  const victim = known.text('victim.aged_sixteen_or_over')
  const from = known.number('parameter.domestic_abuse_from_age')
  if (setting === 'none' || victim === 'no') return 'no'
  if (age !== undefined && from !== undefined && age < from) return 'no'
  if (setting === undefined || age === undefined || from === undefined) return undefined
  return victim === 'yes' ? 'yes' : undefined
}

/** The last day on which proceedings can begin, by the offence's own kind of limit (practice note 5). */
function prosecutionLimit(known: Known, { bankHolidays }: WorkedOutContext): string | undefined {
  const on = known.text('offence.date')
  const end = (start: string | undefined, parameter: string) => {
    const period = known.period(parameter)
    return start && period ? endOfPeriod(start, period, bankHolidays) : undefined
  }
  const both = (first: string | undefined, cap: string | undefined) =>
    first && cap ? earliest(first, cap) : undefined
  switch (known.text('offence.limitation')) {
    case 'six-months-from-offence':
      return end(on, 'parameter.prosecution_limit_summary')
    case 'six-months-from-evidence':
      return both(
        end(
          known.text('offence.evidence_sufficient_on'),
          'parameter.prosecution_limit_from_evidence',
        ),
        end(on, 'parameter.prosecution_limit_from_evidence_at_most'),
      )
    case 'domestic-assault':
      return both(
        end(
          known.text('offence.complainant_statement_on'),
          'parameter.prosecution_limit_domestic_assault',
        ),
        end(on, 'parameter.prosecution_limit_domestic_assault_at_most'),
      )
    default:
      return undefined
  }
}
