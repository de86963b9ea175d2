import { type FactDefinitions, lookUp } from '../../domain/fact.ts'
import type { Agency } from '../../domain/lists.ts'
import type { Problem } from '../../domain/problem.ts'
import type { Role } from '../../domain/roles.ts'
import type { GivenAnswer } from '../answers.ts'
import { sameAbout } from '../assemble.ts'
import type { AnswerEntry } from '../ports.ts'
import { type ShownByEvents, shownByEvents } from './shown-by-events.ts'

/** Who may put right, as a correction, what an event showed. */
export const mayCorrectEvents: readonly Role[] = ['team-leader', 'police-decision-maker']

type Answer = Pick<GivenAnswer, 'about' | 'fact' | 'answer'>

/**
 * Why an answer cannot be typed once the case is open: an event shows it, or has shown what stands.
 * @param standing the answers that stand
 * @param decision whether a decision stands
 */
export function typedOver(
  one: Answer,
  standing: readonly AnswerEntry[],
  decision: boolean,
): Problem | undefined {
  const line = lookUp(shownByEvents, one.fact)
  if (!line || (line.untilDecided && !decision)) return undefined
  const before = standing.filter(({ fact }) => fact === one.fact)
  const same = before.find(({ about }) => sameAbout(about, one.about))
  if (same && JSON.stringify(same.answer) === JSON.stringify(one.answer)) return undefined
  const stands = before.some(({ answer }) => isAmong(line.stands ?? line.answers, answer))
  if (!stands && !isAmong(line.answers, one.answer)) return undefined
  return {
    message: stands
      ? `"${one.fact}" says what an event showed, and nothing typed takes its place.`
      : typed(one.fact, line),
    mend: `Record the event. Where the record is wrong, a team leader or the police decision-maker puts it right with "correction".`,
  }
}

/** Why a referral cannot bring an answer: an event of ours shows it, and none has happened yet. */
export function broughtAlong(
  { fact, answer }: Pick<Answer, 'fact' | 'answer'>,
  entry: unknown,
): Problem | undefined {
  const line = lookUp(shownByEvents, fact)
  if (!line || line.untilDecided || !isAmong(line.answers, answer)) return undefined
  const { before = [] } = line
  if ((before as readonly unknown[]).includes(entry)) return undefined
  const only = before.length > 0 ? ` A referral brings it where it came by ${or(before)}.` : ''
  return {
    message: typed(fact, line),
    mend: `Leave it out, and record the event when it happens.${only}`,
  }
}

const typed = (fact: string, { events }: ShownByEvents): string =>
  `"${fact}" is not typed: ${or(events.map((event) => `"${event}"`))} shows it.`

const or = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' or ')

const isAmong = (answers: readonly string[] | 'any', answer: Answer['answer']): boolean =>
  answer !== null && (answers === 'any' || answers.includes(String(answer)))

/** What social care alone can say: that its social worker has a view, that it held a discussion. */
const saidByItself = ['home.social_worker_view', 'process.strategy_discussion_held']

/** Why an answer cannot be said to come from an agency that it is not for to give. */
export function wrongSupplier(
  { fact, suppliedBy }: Pick<GivenAnswer, 'fact' | 'suppliedBy'>,
  own: Agency,
  facts: FactDefinitions,
): Problem | undefined {
  const definition = lookUp(facts, fact)
  if (!definition || !suppliedBy || suppliedBy === own || !saidByItself.includes(fact))
    return undefined
  const { answered_by, else_answered_by } = definition
  if (suppliedBy === answered_by || suppliedBy === else_answered_by) return undefined
  return {
    message: `"${fact}" is for ${answered_by} to say, so it cannot be supplied by ${suppliedBy}.`,
    mend: 'Say who supplied it; leave "suppliedBy" out where you know it yourself.',
  }
}
