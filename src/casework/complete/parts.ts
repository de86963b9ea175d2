import type { ReferralContext } from '../../../machines/referral/context.ts'
import type { WaymarkEvent } from '../../domain/events.ts'
import { type Problem, type Result, refuse } from '../../domain/problem.ts'
import type { Asked } from '../asked.ts'
import { numbers } from '../assemble.ts'
import { givenBy, withStandings } from '../decide/standings.ts'
import { type Act, recommended } from '../draft.ts'
import { departuresNow, gatedBy, outstanding } from '../gate.ts'
import type { NoteEntry } from '../ports.ts'

export type Fields = Record<string, unknown>
/** What is added to what was asked, and the events that come before it. */
export type Completed = { fields: Fields; first?: readonly { id: string; event: WaymarkEvent }[] }
/** Adds to one type of event what casework knows; `note` holds the words that came with it. */
export type Completer = (act: Act, asked: Asked, note: NoteEntry | undefined) => Result<Completed>

export const contextOf = (act: Act) => act.file.row.snapshot.context as ReferralContext
export const standingDecision = (act: Act): string => contextOf(act).decision?.id ?? 'no-decision-0'

/** Offences that nobody decides any more: taken out, or reported of by the police. */
export const outOfTheCase = (act: Act): number[] => [
  ...contextOf(act).takenOut,
  ...contextOf(act).reported,
]

/** What the decision that stands chose. */
export const chosenIn = (act: Act) =>
  act.file.decisions.find(({ id }) => id === standingDecision(act))?.chosen ?? []

/** What a case that goes back may come to: what a charging file needs travels with it. */
const charged = ({ file }: Act): Chosen[] =>
  numbers(file.row.offences).map((offence) => ({ offence, disposal: 'charge' }))

const chosenFor = (act: Act, type: string): readonly Chosen[] =>
  type === 'case.sentBack' ? charged(act) : chosenIn(act)

/** The departures that count now, with those of this act. */
export const departuresIn = ({ file, draft }: Act) =>
  departuresNow(file.row, [...file.departures, ...draft.departures])

/** The gate of an event: what is outstanding by the recommendation of the day. */
export const gate = (act: Act, type: string, chosen = chosenFor(act, type)) => ({
  recommendationId: recommended(act).id,
  outstanding: outstanding(type, gatedBy(recommended(act)), departuresIn(act), chosen),
})

/** What the decision chose, with its standing by today: a fact that came since may rule it out. */
export const standingToday = (act: Act, type: string) => ({
  chosen: withStandings(givenBy(type, chosenIn(act)), recommended(act).summary),
})
type Chosen = Parameters<typeof outstanding>[3][number]

/** One problem, and how to mend it. */
export const bad = (message: string, mend?: string, pointer?: string): Result<never> =>
  refuse({ message, ...(mend ? { mend } : {}), ...(pointer ? { pointer } : {}) } as Problem)
