import { stateSays } from '../../../machines/words.ts'
import type { Part } from '../../access/fields.ts'
import { inWords } from '../../domain/plain-date.ts'
import type { NeedToKnow, OffenceResult, Option } from '../../domain/recommendation.ts'
import { statusWords } from '../../recommend/words.ts'
import { answerInWords } from '../../rules/explain.ts'
import type { CaseFile, RecommendationEntry } from '../ports.ts'
import { listed, plain, theAgency } from './words.ts'

/** What the rules said last: advice, offence by offence. */
export function whatTheRulesSaid({ asAt, summary }: RecommendationEntry): string[] {
  const several = summary.offences.length > 1
  return [
    `By the rules of ${inWords(asAt)} the case was ${statusWords[summary.status]}. This is advice; people decide.`,
    ...summary.offences.flatMap((one) => openFor(one, several)),
    ...summary.holds
      .filter(({ verdict }) => verdict === 'met')
      .map(
        ({ until, rule }) => `Some answers had to wait until ${until}. The rule: ${rule.title}.`,
      ),
  ]
}

/** The options of an offence that were open, and those that were open but for a hold. */
function openFor({ offence, options }: OffenceResult, several: boolean): string[] {
  const which = several ? ` for offence ${offence}` : ''
  const open = options.filter(({ standing }) => standing === 'open')
  const waits = ({ heldBy }: Option) => heldBy.some(({ verdict }) => verdict === 'met')
  const titles = (all: readonly Option[]) => listed(all.map(({ title }) => `“${title}”`))
  const free = open.filter((one) => !waits(one))
  const held = open.filter(waits)
  return [
    free.length > 0 ? `Open${which}: ${titles(free)}.` : `Nothing was certain to be open${which}.`,
    ...(held.length > 0 ? [`On hold${which}: ${titles(held)}.`] : []),
  ]
}

/** Answers that could still change what is open; the rest is work that follows. */
const weighty = ['status', 'options', 'starting points', 'routes']
export const isWeighty = ({ canChange }: NeedToKnow) =>
  canChange.some((one) => weighty.includes(one))

/** What is not known and could still change what is open, with who could tell. */
export const whatIsNotKnown = (
  { summary }: RecommendationEntry,
  parts: ReadonlySet<Part>,
): string[] =>
  summary.needToKnow.filter(isWeighty).map(({ question, answeredBy, because, fact }) => {
    const why =
      because && parts.has('words') && !fact.startsWith('victim.')
        ? ` It is not known because: ${plain(because)}.`
        : ''
    return `${question} Who could tell: ${theAgency(answeredBy)}.${why}`
  })

/** What else has to be answered as the case goes on, by who could tell. */
export function whatIsStillToAnswer({ summary }: RecommendationEntry): string[] {
  const rest = summary.needToKnow.filter((one) => !isWeighty(one))
  const by = [...new Set(rest.map(({ answeredBy }) => answeredBy))]
  return by.map((agency) => {
    const questions = rest.filter((one) => one.answeredBy === agency)
    return `To be told by ${theAgency(agency)}: ${questions.map(({ question }) => question).join(' ')}`
  })
}

/** Where the case stands, what is owed by whom, and the days that are to be kept. */
export function whatHappensNext({ row, tasks, clocks }: CaseFile, today: string): string[] {
  const state = row.snapshot.value
  const owed = tasks.filter(({ doneAt }) => doneAt === null)
  const running = clocks
    .filter((one) => one.state === 'running')
    .sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1))
  return [
    `The case stands here: ${stateSays.referral[state] ?? state}.`,
    ...owed.map(
      ({ task, of, dueOn }) =>
        `To be done by ${theAgency(of)}: ${answerInWords(task)}${dueOn ? `, by ${inWords(dueOn)}` : ''}.`,
    ),
    ...running.map(({ what, dueOn }) =>
      dueOn < today
        ? `This day has passed: ${answerInWords(what)}, ${inWords(dueOn)}.`
        : `This day is to be kept: ${answerInWords(what)}, ${inWords(dueOn)}.`,
    ),
    ...(owed.length === 0 && running.length === 0 ? ['Nothing is owed.'] : []),
  ]
}
