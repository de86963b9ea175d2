import type { Part } from '../../access/fields.ts'
import type { WaymarkEvent } from '../../domain/events.ts'
import { inWords } from '../../domain/plain-date.ts'
import { answerInWords } from '../../rules/explain.ts'
import type { Policy } from '../../rules/policy.ts'
import { titleOf } from '../history/details.ts'
import { particularsIn } from '../history/particulars.ts'
import type { Happening } from '../history.ts'
import type { DecisionEntry, EventRow } from '../ports.ts'
import { counted, dayOf, listed, lower, quoted, theAgency, whoDid } from './words.ts'

type Told = { row: EventRow; shown: Happening }
type Of<Type extends EventRow['type']> = Extract<WaymarkEvent, { type: Type }>
type Say = { [Type in EventRow['type']]?: (event: Of<Type>) => string }

/** How a case came to the police's referral. */
const ways: Readonly<Record<Of<'referral.received'>['entry'], string>> = {
  custody: 'from custody',
  'voluntary-interview': 'after a voluntary interview',
  'released-under-investigation': 'after the child was released under investigation',
  'cps-return': 'after the Crown Prosecution Service sent it back',
  'court-return': 'after a court sent it back',
  representations: 'after representations were made for the child',
}

/** Events that say more in a story than their own sentence does. */
const say: Say = {
  'referral.received': ({ entry, offences }) =>
    `The police referred the case ${ways[entry]}. It is about ${counted(offences.length, 'offence')}.`,
  'case.held': ({ reviewOn }) =>
    `A hold was placed, to be looked at again on ${inWords(reviewOn)}.`,
  'hold.reviewed': ({ reviewOn }) =>
    `A hold was looked at again and stays until ${inWords(reviewOn)} at least.`,
  'case.routed': ({ to }) => `The case was sent first to: ${answerInWords(to)}.`,
  'clinic.opened': ({ quorum }) =>
    quorum === 'met'
      ? 'The clinic took up the case, with everybody there who has to be.'
      : 'The clinic took up the case, and not everybody was there who has to be.',
  'clinic.adjourned': ({ owedBy, until }) =>
    `The clinic put the case off until ${inWords(until)}, to wait for ${theAgency(owedBy)}.`,
  'clinic.decided': ({ by, quorum }) =>
    `The clinic decided, a disposal for each offence. ${whoDid(by)} recorded it, and ${
      quorum === 'met'
        ? 'everybody was there who has to be'
        : 'not everybody was there who has to be'
    }.`,
  'decision.confirmed': ({ by }) => `${whoDid(by)} confirmed the decision.`,
  'decision.countersigned': ({ by }) => `${whoDid(by)} countersigned the decision.`,
  'representations.received': ({ from }) => `Representations came in from: ${answerInWords(from)}.`,
  'representations.answered': ({ answer }) =>
    `The representations were answered: ${answerInWords(answer)}.`,
  'risk.reported': ({ risk }) => `A risk was reported to the police: ${answerInWords(risk)}.`,
  'case.transferred': ({ to }) => `The case went to another partnership: ${answerInWords(to)}.`,
  'police.reported': ({ outcomeCode }) =>
    `The police reported what came of the case: outcome ${outcomeCode}.`,
}

/**
 * What happened, in sentences. The first of each day names the day; answers that came one after
 * another are told together.
 */
export function whatHappened(
  all: readonly Told[],
  parts: ReadonlySet<Part>,
  policy: Policy,
  decisions: readonly DecisionEntry[],
): string[] {
  const told = gathered(all)
  return told.flatMap(({ day, sentences }, i) => {
    const [first = '', ...rest] = sentences({ parts, policy, decisions })
    const opening = told[i - 1]?.day === day ? first : `On ${inWords(day)} ${lower(first)}`
    return [opening, ...rest]
  })
}

type Look = {
  parts: ReadonlySet<Part>
  policy: Policy
  decisions: readonly DecisionEntry[]
}
type Chapter = { day: string; sentences(look: Look): string[] }

/** One chapter an event; answers of one day that follow one another are one chapter. */
function gathered(all: readonly Told[]): Chapter[] {
  const runs: Told[][] = []
  for (const one of all) {
    const before = runs.at(-1)?.at(-1)
    const goesOn =
      before?.row.type === 'facts.recorded' &&
      one.row.type === 'facts.recorded' &&
      dayOf(before.row.at) === dayOf(one.row.at)
    if (goesOn) runs.at(-1)?.push(one)
    else runs.push([one])
  }
  return runs.map((run) => {
    const [first] = run as [Told]
    const day = dayOf(first.row.at)
    if (first.row.type === 'facts.recorded') return { day, sentences: () => [answered(run)] }
    return { day, sentences: (look) => one(first, look) }
  })
}

function answered(run: readonly Told[]): string {
  const from = run.flatMap(({ row: { event } }) =>
    event.type === 'facts.recorded' ? [theAgency(event.suppliedBy)] : [],
  )
  return `New answers were recorded, from ${listed([...new Set(from)])}.`
}

function one({ row, shown }: Told, { parts, policy, decisions }: Look): string[] {
  const { event } = row
  const special = say[event.type] as ((event: WaymarkEvent) => string) | undefined
  const reason = 'reason' in event && parts.has('facts') ? event.reason.code : undefined
  return [
    special ? special(event) : shown.says,
    ...(reason && reason !== 'other' ? [`The reason: ${answerInWords(reason)}.`] : []),
    ...(shown.words ?? []).map((text) => `In their own words: ${quoted(text)}`),
    ...(event.type === 'disposal.given' && parts.has('decision') ? given(event) : []),
    ...(event.type === 'referral.received' ? [] : particularsIn(event, parts, policy, decisions)),
    ...differences(event, policy),
  ]
}

/** How a disposal was given, and by whom. */
const given = (event: Of<'disposal.given'>): string[] => [
  `It was given on ${inWords(event.givenOn)} by ${event.givenBy}, of this rank: ${answerInWords(event.rank)}.`,
  `The place: ${answerInWords(event.place)}. The appropriate adult: ${answerInWords(event.appropriateAdult)}.`,
]

/** Where the agencies differed, what each held. */
const differences = (event: WaymarkEvent, policy: Policy): string[] =>
  event.type === 'clinic.disagreed'
    ? event.positions.map(
        ({ agency, position }) =>
          `For ${theAgency(agency)} the answer was: ${lower(titleOf(policy, position))}.`,
      )
    : []
