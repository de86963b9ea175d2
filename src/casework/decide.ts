import { agreedWithTheChild } from '../domain/disposal-kinds.ts'
import type { Chosen } from '../domain/events/parts.ts'
import { type Disposal, disposals } from '../domain/lists.ts'
import { type Problem, pointer } from '../domain/problem.ts'
import type { OffenceResult, Recommendation } from '../domain/recommendation.ts'
import type { Decided } from './asked.ts'
import { whoDecided } from './clinics/sitting.ts'
import { type Act, recommended } from './draft.ts'
import { eraOf } from './gate.ts'
import type { DecisionEntry, DepartureEntry } from './ports.ts'

type Offences = Pick<Recommendation, 'offences'>

/**
 * What is chosen with its standing by the recommendation; what it does not offer is ruled out, and
 * so is whatever asks something of the child for an offence that is excluded. Whether an offence
 * that may be excluded can have it cannot be told.
 */
export const withStandings = (
  chosen: readonly Pick<Chosen, 'offence' | 'disposal'>[],
  { offences }: Offences,
): Chosen[] =>
  chosen.map(({ offence, disposal }) => {
    const result = offences.find((one) => one.offence === offence)
    return { offence, disposal, standing: result ? standingOf(result, disposal) : 'ruled-out' }
  })

/** Events that look again whether what was decided still stands by the rules of the day. */
export const standAgain: ReadonlySet<string> = new Set([
  'decision.countersigned',
  'offer.opened',
  'decision.passedToPolice',
  'disposal.given',
])

/** What an event does of what was chosen: a charge is no part of what is given. */
export const givenBy = <C extends Pick<Chosen, 'disposal'>>(event: string, chosen: readonly C[]) =>
  chosen.filter(({ disposal }) => event !== 'disposal.given' || disposal !== 'charge')

function standingOf({ exclusions, options }: OffenceResult, disposal: Disposal) {
  const standing = options.find((option) => option.disposal === disposal)?.standing ?? 'ruled-out'
  if (!agreedWithTheChild.includes(disposal) || standing === 'ruled-out') return standing
  if (exclusions.some(isMet)) return 'ruled-out'
  return exclusions.length > 0 ? 'cannot-tell' : standing
}

const isMet = ({ verdict }: { verdict: string }) => verdict === 'met'

/** The offences that a decision says nothing of: they stay with the police. */
export const leftToPolice = (
  chosen: readonly Pick<Chosen, 'offence'>[],
  { offences }: Offences,
): number[] =>
  offences
    .map(({ offence }) => offence)
    .filter((offence) => !chosen.some((one) => one.offence === offence))

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

/** The departures from starting points that a decision holds, as entries of the record. */
export const departuresOf = (act: Act, decided: Decided): DepartureEntry[] =>
  decided.departures.map(({ offence, reason, text }) => {
    const result = recommended(act).summary.offences.find((one) => one.offence === offence)
    const disposal = result ? startsAt(result)[0] : undefined
    return {
      id: act.deps.newId(),
      by: act.actor,
      at: act.at,
      from: { what: 'starting-point', disposal: disposal ?? 'no-further-action' },
      reasonCode: reason,
      text,
      recommendation: recommended(act).id,
      era: eraOf(act.file.row),
      ground: '',
    }
  })

/** The decision as the record keeps it: with attendance and with what nobody knew that day. */
export function decisionEntry(
  act: Act,
  id: string,
  decided: Decided,
  departures: readonly string[],
): DecisionEntry {
  const { summary } = recommended(act)
  const standings = withStandings(decided.chosen, summary)
  return {
    id,
    by: act.actor,
    at: act.at,
    clinic: act.clinic?.row.id ?? null,
    recommendation: recommended(act).id,
    chosen: decided.chosen.map((one, i) => ({
      ...one,
      standing: standings[i]?.standing ?? 'ruled-out',
    })),
    left: leftToPolice(decided.chosen, summary),
    lesserOptions: decided.lesserOptions,
    conditions: decided.conditions.map(({ startBy, dueOn, ...one }) => ({
      ...one,
      id: act.deps.newId(),
      startBy: startBy ?? null,
      dueOn: dueOn ?? null,
    })),
    victimConsidered: decided.victimConsidered,
    childsWords: decided.childsWords,
    dissent: decided.dissent,
    notKnown: summary.needToKnow.map(({ fact }) => fact),
    ...whoDecided(act),
    departures,
  }
}
