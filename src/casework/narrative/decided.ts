import { lookUp } from '../../domain/fact.ts'
import { inWords } from '../../domain/plain-date.ts'
import { answerInWords } from '../../rules/explain.ts'
import type { Policy } from '../../rules/policy.ts'
import { titleOf } from '../history/details.ts'
import type { RecommendationEntry } from '../ports.ts'
import type { ShownDecision, ShownDeparture } from '../shown-record.ts'
import { isWeighty } from './now.ts'
import { dayOf, listed, lower, plain, quoted, theAgency, whoDid } from './words.ts'

type Titles = Pick<Policy, 'disposals' | 'facts'>

/**
 * What was decided and why, who was there and what nobody knew then, as far as its reader may see
 * it. Of the victim, only that it was weighed.
 * @param wentBy the recommendation that the decision went by
 */
export function whatWasDecided(
  decision: ShownDecision,
  titles: Titles,
  wentBy: RecommendationEntry | null,
): string[] {
  const which = forOffence(decision)
  return [
    ...decision.chosen.map(
      ({ offence, disposal, reasons }) =>
        `The decision${which(offence)} is: ${lower(titleOf(titles, disposal))}.${inWordsOf('Why, in the clinic’s own words', reasons)}`,
    ),
    ...decision.lesserOptions.map(
      ({ offence, disposal, why }) =>
        `Not used${which(offence)}: ${lower(titleOf(titles, disposal))}.${inWordsOf('Why', why)}`,
    ),
    ...decision.conditions.flatMap((one) => condition(one)),
    ...(decision.childsWords === undefined
      ? []
      : [`How the child’s own words were considered: ${quoted(decision.childsWords)}`]),
    ...decision.dissent.map(
      ({ agency, position, why }) =>
        `Another view was held by ${theAgency(agency)}${position === undefined ? '.' : `: ${quoted(position)}`}${inWordsOf('Why', why)}`,
    ),
    'How the victim was considered is recorded with the decision, and kept apart from this story.',
    ...whoDecided(decision),
    ...notKnownThen(decision, titles, wentBy),
  ]
}

/** Decisions that stand no longer, the earliest first: superseded, never edited. */
export const whatStandsNoLonger = (decisions: readonly ShownDecision[], titles: Titles): string[] =>
  decisions.flatMap((decision) => {
    const which = forOffence(decision)
    return decision.chosen.map(
      ({ offence, disposal, reasons }) =>
        `On ${inWords(dayOf(decision.at))} the decision${which(offence)} was: ${lower(titleOf(titles, disposal))}. It was superseded, and stands no longer.${inWordsOf('Why it was made, in the clinic’s own words', reasons)}`,
    )
  })

const forOffence =
  ({ chosen }: ShownDecision) =>
  (offence: number) =>
    chosen.length > 1 ? ` for offence ${offence}` : ''

const inWordsOf = (lead: string, text: string | undefined): string =>
  text === undefined ? '' : ` ${lead}: ${quoted(text)}`

function condition({ text, tiedTo, dueOn }: ShownDecision['conditions'][number]): string[] {
  if (text === undefined) return []
  const ground = tiedTo.which === undefined ? '' : `: ${plain(tiedTo.which)}`
  return [
    `The child is asked to do this${dueOn ? ` by ${inWords(dueOn)}` : ''}: ${quoted(text)} It answers a ${tiedTo.what}${ground}.`,
  ]
}

/** People by their ids and roles: names do not stand in a story that is passed on. */
function whoDecided({ by, attendance, withdrew, settled }: ShownDecision): string[] {
  const people = (all: ShownDecision['attendance']) =>
    listed(all.map(({ agency, person }) => `${theAgency(agency)} (${person})`))
  return [
    ...(settled === 'on-the-ladder'
      ? [`${whoDid(by)} settled it, after the agencies had differed.`]
      : []),
    ...(attendance.length > 0 ? [`There were: ${people(attendance)}.`] : []),
    ...(withdrew.length > 0
      ? [`For a conflict of interest these withdrew: ${people(withdrew)}.`]
      : []),
  ]
}

/** What nobody knew then and could have changed what was open; of the rest, how much there was. */
function notKnownThen(
  { notKnown }: ShownDecision,
  { facts }: Titles,
  wentBy: RecommendationEntry | null,
): string[] {
  const weighed = wentBy?.summary.needToKnow.filter(isWeighty).map(({ fact }) => fact) ?? notKnown
  const weighty = notKnown.filter((fact) => weighed.includes(fact))
  const ofVictims = weighty.filter((fact) => fact.startsWith('victim.'))
  const names = weighty
    .filter((fact) => !ofVictims.includes(fact))
    .map((fact) => lookUp(facts, fact)?.name ?? fact)
  const later = notKnown.length - weighty.length
  return [
    ...(names.length > 0 ? [`When it was decided, this was not known: ${names.join('; ')}.`] : []),
    ...(ofVictims.length > 0
      ? ['Something about a victim was not known either, and is kept apart.']
      : []),
    ...(later > 0 ? [`Questions that only later steps ask were open too: ${later} of them.`] : []),
  ]
}

/** What a named person departed from, and why. */
export function whatWasDepartedFrom(
  departures: readonly ShownDeparture[],
  latest: RecommendationEntry | null,
  titles: Titles,
): string[] {
  return departures.map(({ by, from, reasonCode, text, at }) => {
    const what =
      from.what === 'starting-point'
        ? `the starting point, ${lower(titleOf(titles, from.disposal))}`
        : `a requirement: ${taskIn(latest, from.requirement)}`
    const reason = reasonCode === 'other' ? '' : ` The reason: ${answerInWords(reasonCode)}.`
    return `On ${inWords(dayOf(at))} ${lower(whoDid(by))} departed from ${what}.${reason}${inWordsOf('In their own words', text)}`
  })
}

/** A requirement in words, by its id; a rule that is gone since is named by its id alone. */
function taskIn(latest: RecommendationEntry | null, id: string): string {
  const [rule] = id.split('#')
  const found = latest?.summary.requirements.find((one) => one.rule.id === rule)
  const hold = latest?.summary.holds.find((one) => one.rule.id === rule)
  return lower(found?.task ?? (hold ? `wait until ${hold.until}` : id))
}
