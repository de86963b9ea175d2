import { fine, type Result } from '../../domain/problem.ts'
import { numbers } from '../assemble.ts'
import type { Act } from '../draft.ts'
import {
  bad,
  type Completed,
  type Completer,
  chosenIn,
  contextOf,
  type Fields,
  outOfTheCase,
} from './parts.ts'

/** What cannot be put off: a case that waits beyond it has lost what it waits for. */
const lastDays: Readonly<Record<string, string>> = {
  'prosecution-limit': 'the time to prosecute ends',
  'eighteenth-birthday': 'the child turns eighteen',
}

/**
 * A day that something waits for must be one that is still to come, and before time runs out for the
 * case. The day itself is not said: it would tell when the child was born.
 */
function isOver(act: Act, day: unknown, key: string): Result<never> | undefined {
  const until = String(day)
  if (until < act.deps.today())
    return bad('That day is over.', 'Give today or a later day.', `/${key}`)
  const missed = act.file.clocks.find(
    ({ what, dueOn, state }) => what in lastDays && state === 'running' && dueOn < until,
  )
  return missed
    ? bad(`That is after ${lastDays[missed.what]}.`, 'Give an earlier day.', `/${key}`)
    : undefined
}

/**
 * The offences that something is about; all of them where it is about the whole referral, and where
 * it takes the last of them out of the case, or of what is being carried out.
 */
const concerned = (act: Act, { scope, offences }: Fields): Result<Completed> => {
  const all = numbers(act.file.row.offences)
  const whole = { scope: 'referral', offences: all }
  if (scope === 'referral') return fine({ fields: whole })
  if (!offences)
    return bad('It does not say which offences it is about.', 'Name them by number.', '/offences')
  const out = [...outOfTheCase(act), ...(offences as number[])]
  const left = stillDealtWith(act, all).filter((one) => !out.includes(one))
  return fine({ fields: left.length === 0 ? whole : {} })
}

/** What a disposal that was given is about; before that, every offence. */
function stillDealtWith(act: Act, all: number[]): number[] {
  if (!contextOf(act).given) return all
  return chosenIn(act)
    .filter(({ disposal }) => disposal !== 'charge')
    .map(({ offence }) => offence)
}

/** What makes a case wait, takes an offence out of it, or takes it elsewhere. */
export const waiting: Readonly<Record<string, Completer>> = {
  'case.listed': (act, { clinicId }) => {
    if (!act.clinic) return bad(`There is no clinic "${clinicId}" here.`, undefined, '/clinicId')
    if (act.clinic.row.state === 'closed')
      return bad('That clinic is over.', 'List the case for a later one.', '/clinicId')
    return fine({ fields: {} })
  },
  'case.held': (act, { reviewOn }) =>
    isOver(act, reviewOn, 'reviewOn') ?? fine({ fields: { holdId: act.deps.newId() } }),
  'hold.reviewed': (act, { reviewOn }) => isOver(act, reviewOn, 'reviewOn') ?? fine({ fields: {} }),
  'clinic.adjourned': (act, { until }) => isOver(act, until, 'until') ?? fine({ fields: {} }),
  'exclusion.confirmed': (act, { rule, ...asked }) => {
    const known = act.ruleSet.rules.find(({ id }) => id === rule)
    if (!known?.then.some((effect) => 'exclude' in effect))
      return bad(
        'No rule of this partnership with that id excludes.',
        'Name one that does.',
        '/rule',
      )
    return concerned(act, asked)
  },
  'evidence.fellAway': concerned,
  'limitation.confirmedExpired': concerned,
  'case.transferred': (act, { to }) => {
    const { partnership } = act.file.row
    if (to === partnership)
      return bad('The case is in that partnership already.', 'Name another one.', '/to')
    const known = act.deps.ruleSet(String(to))
    if (!known.ok || to === 'national')
      return bad('There is no such partnership.', 'GET /v1/rule-sets lists them.', '/to')
    return fine({ fields: { from: partnership } })
  },
  'specialists.reported': (_, __, note) => fine({ fields: { reportId: note?.id } }),
  'specialists.kept': (_, __, note) => fine({ fields: { reportId: note?.id } }),
  'representations.received': (_, { from }, note) =>
    fine({ fields: { representationsId: note?.id, from } }),
}
