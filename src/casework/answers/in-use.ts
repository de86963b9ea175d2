import { lookUp, misfit } from '../../domain/fact.ts'
import type { Policy } from '../../rules/policy.ts'
import type { AnswerEntry } from '../ports.ts'
import type { ShownAnswer } from '../shown-answers.ts'

/** Why an answer that somebody gave is not known to the rules. */
export const notInUse = 'The rules in use do not have this answer any more.'

type Known = Pick<Policy, 'facts' | 'offences'>
type Said = Pick<AnswerEntry, 'fact' | 'answer'>

/**
 * What the rules in use do not have of an answer: the question itself, or what was answered to it.
 * Undefined where they have both. That somebody does not know is an answer to any question.
 */
export function missingInUse(
  { facts, offences }: Known,
  { fact, answer }: { fact: string; answer?: Said['answer'] | undefined },
) {
  const definition = lookUp(facts, fact)
  if (!definition) return 'question'
  if (answer === null || answer === undefined) return undefined
  if (misfit(definition.answers, answer, definition.between)) return 'answer'
  return fact === 'offence.code' && !offences.has(String(answer)) ? 'answer' : undefined
}

/**
 * An answer as the rules in use can read it: none where they do not ask the question, and not known,
 * with the reason, where they do not have what was answered.
 */
export function asKnown<One extends Said & Pick<AnswerEntry, 'because'>>(known: Known, one: One) {
  const missing = missingInUse(known, one)
  if (missing === 'question') return []
  return missing === 'answer' ? [{ ...one, answer: null, because: notInUse }] : [one]
}

/**
 * The answers of a running case as the rules in use can read them: rules change while it runs. The
 * record keeps every answer as it was given. What is answered in this act must be an answer that the
 * rules have, and is handed on as it is, so that whoever gives it is told.
 * @param now the instant of the act
 */
export const asInUse = (
  known: Known,
  answers: readonly AnswerEntry[],
  now: string,
): AnswerEntry[] =>
  answers.flatMap((one): AnswerEntry[] => {
    if (one.at === now && missingInUse(known, one) === 'answer') return [one]
    return asKnown(known, one)
  })

/** An answer as it is shown, with a mark where the rules in use leave it out. */
export const markedInUse = (known: Known, one: ShownAnswer): ShownAnswer =>
  missingInUse(known, one) ? { ...one, notInUse: true } : one
