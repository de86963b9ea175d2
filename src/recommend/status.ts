import type { Status } from '../domain/lists.ts'
import { type LiveEffect, ofKind } from './findings.ts'

/**
 * Where the referral stands. Only exclusions and holds bear on it: the referral is excluded when a
 * rule says so of the whole referral, or when every offence is.
 */
export function statusOf(effects: readonly LiveEffect[], offences: readonly number[]): Status {
  const exclusions = ofKind(effects, 'exclude')
  const wholeMet = exclusions.some(
    ({ verdict, params }) => verdict === 'met' && params.scope === 'referral',
  )
  const excluded = (offence: number, undecidedToo: boolean) =>
    exclusions.some(
      ({ matter, verdict }) => matter.offence === offence && (undecidedToo || verdict === 'met'),
    )
  if (wholeMet || offences.every((offence) => excluded(offence, false))) return 'excluded'
  const wholeUndecided = exclusions.some(({ params }) => params.scope === 'referral')
  if (wholeUndecided || offences.every((offence) => excluded(offence, true))) return 'cannot-tell'
  const holds = ofKind(effects, 'hold')
  if (holds.some(({ verdict }) => verdict === 'met')) return 'on-hold'
  return holds.length > 0 ? 'cannot-tell' : 'open'
}
