import { inWords } from '../../domain/plain-date.ts'
import { answerInWords } from '../../rules/explain.ts'
import type { Policy } from '../../rules/policy.ts'
import { titleOf } from '../history/details.ts'
import type { DecisionEntry, DepartureEntry, RecommendationEntry } from '../ports.ts'
import { dayOf, lower, plain, quoted, theAgency } from './words.ts'

type Titles = Pick<Policy, 'disposals'>

/** What was decided and why, in the words of those who decided. Of the victim, only that it was weighed. */
export function whatWasDecided(decision: DecisionEntry, titles: Titles): string[] {
  const several = decision.chosen.length > 1
  const which = (offence: number) => (several ? ` for offence ${offence}` : '')
  return [
    ...decision.chosen.map(
      ({ offence, disposal, reasons }) =>
        `The decision${which(offence)} is: ${lower(titleOf(titles, disposal))}. Why, in the clinic’s own words: ${quoted(reasons)}`,
    ),
    ...decision.lesserOptions.map(
      ({ offence, disposal, why }) =>
        `Not used${which(offence)}: ${lower(titleOf(titles, disposal))}. Why: ${quoted(why)}`,
    ),
    ...decision.conditions.map(
      ({ text, tiedTo, dueOn }) =>
        `The child is asked to do this${dueOn ? ` by ${inWords(dueOn)}` : ''}: ${quoted(text)} It answers a ${tiedTo.what}: ${plain(tiedTo.which)}.`,
    ),
    `How the child’s own words were considered: ${quoted(decision.childsWords)}`,
    ...decision.dissent.map(
      ({ agency, position, why }) =>
        `Another view was held by ${theAgency(agency)}: ${quoted(position)} Why: ${quoted(why)}`,
    ),
    'How the victim was considered is recorded with the decision, and kept apart from this story.',
  ]
}

/** What a named person departed from, and why. */
export function whatWasDepartedFrom(
  departures: readonly DepartureEntry[],
  latest: RecommendationEntry | null,
  titles: Titles,
): string[] {
  return departures.map(({ from, reasonCode, text, at }) => {
    const what =
      from.what === 'starting-point'
        ? `the starting point, ${lower(titleOf(titles, from.disposal))}`
        : `a requirement: ${taskIn(latest, from.requirement)}`
    const reason = reasonCode === 'other' ? '' : ` The reason: ${answerInWords(reasonCode)}.`
    return `On ${inWords(dayOf(at))} a named person departed from ${what}.${reason} In their own words: ${quoted(text)}`
  })
}

/** A requirement in words, by its id; a rule that is gone since is named by its id alone. */
function taskIn(latest: RecommendationEntry | null, id: string): string {
  const [rule] = id.split('#')
  const found = latest?.summary.requirements.find((one) => one.rule.id === rule)
  const hold = latest?.summary.holds.find((one) => one.rule.id === rule)
  return lower(found?.task ?? (hold ? `wait until ${hold.until}` : id))
}
