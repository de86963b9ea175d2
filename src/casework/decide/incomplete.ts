import { type Disposal, disposals } from '../../domain/lists.ts'
import { type Problem, pointer } from '../../domain/problem.ts'
import type { OffenceResult } from '../../domain/recommendation.ts'
import type { Decided } from '../asked.ts'
import { isMet, type Offences } from './standings.ts'

/**
 * Why a decision cannot be recorded as it was written: an offence without a disposal, a less
 * criminalising option passed over in silence, a starting point departed from without a reason.
 */
export function incomplete(
  decided: Decided,
  { offences }: Offences,
  takenOut: readonly number[],
  today: string,
): Problem[] {
  const toDecide = offences.filter((one) => mustBeDecided(one) && !takenOut.includes(one.offence))
  return [
    ...unknownOffences(decided, offences),
    ...badDays(decided, today),
    ...toDecide.flatMap(({ offence }) =>
      decided.chosen.some((one) => one.offence === offence)
        ? []
        : [
            {
              message: `Offence ${offence} has no disposal.`,
              mend: 'Choose one for each offence that is not excluded.',
              pointer: pointer('decision', 'chosen'),
            },
          ],
    ),
    ...decided.chosen.flatMap(({ offence, disposal }, i) => {
      const result = offences.find((one) => one.offence === offence)
      return result
        ? [...silent(decided, result, disposal), ...undeparted(decided, result, disposal, i)]
        : []
    }),
  ]
}

/** A condition begins before it ends, and neither day is over. */
const badDays = ({ conditions }: Decided, today: string): Problem[] =>
  conditions.flatMap(({ startBy, dueOn }, i) => {
    const at = (key: string, message: string) => ({
      message,
      pointer: pointer('decision', 'conditions', i, key),
    })
    return [
      ...(startBy && startBy < today ? [at('startBy', 'That day is over.')] : []),
      ...(dueOn && dueOn < today ? [at('dueOn', 'That day is over.')] : []),
      ...(startBy && dueOn && dueOn < startBy
        ? [at('dueOn', 'The condition would be due before it begins.')]
        : []),
    ]
  })

const mustBeDecided = ({ exclusions }: OffenceResult) => !exclusions.some(isMet)

function unknownOffences(decided: Decided, offences: readonly OffenceResult[]): Problem[] {
  const known = offences.map(({ offence }) => offence)
  const lists = ['chosen', 'lesserOptions', 'conditions', 'departures'] as const
  return lists.flatMap((list) =>
    decided[list].flatMap(({ offence }, i) =>
      known.includes(offence)
        ? []
        : [
            {
              message: `There is no offence ${offence}: the referral has ${known.length}.`,
              pointer: pointer('decision', list, i, 'offence'),
            },
          ],
    ),
  )
}

/** Less criminalising options that were not ruled out, and of which the decision says nothing. */
function silent(
  decided: Decided,
  { offence, options }: OffenceResult,
  chosen: Disposal,
): Problem[] {
  const lesser = options.filter(
    ({ disposal, standing }) =>
      standing !== 'ruled-out' && disposals.indexOf(disposal) < disposals.indexOf(chosen),
  )
  return lesser
    .filter(
      ({ disposal }) =>
        !decided.lesserOptions.some((one) => one.offence === offence && one.disposal === disposal),
    )
    .map(({ disposal, title }) => ({
      message: `The decision does not say why "${title}" (${disposal}) was not used for offence ${offence}.`,
      mend: 'Add it to lesserOptions with the reason.',
      pointer: pointer('decision', 'lesserOptions'),
    }))
}

/** Where the rules start for an offence, as far as they do. */
export const startsAt = ({ startingPoints }: OffenceResult): Disposal[] =>
  startingPoints.filter(({ state }) => state === 'starting-point').map(({ disposal }) => disposal)

function undeparted(
  decided: Decided,
  result: OffenceResult,
  chosen: Disposal,
  i: number,
): Problem[] {
  const starts = startsAt(result)
  const departs = starts.length > 0 && !starts.includes(chosen)
  const said = decided.departures.some(({ offence }) => offence === result.offence)
  if (departs === said) return []
  return [
    departs
      ? {
          message: `The decision for offence ${result.offence} differs from the starting point (${starts.join(' or ')}) without a reason.`,
          mend: 'Add it to departures with a coded reason and its text.',
          pointer: pointer('decision', 'chosen', i, 'disposal'),
        }
      : {
          message: `The decision for offence ${result.offence} does not differ from a starting point, and gives a reason for a departure.`,
          mend: 'Take the departure out.',
          pointer: pointer('decision', 'departures'),
        },
  ]
}
