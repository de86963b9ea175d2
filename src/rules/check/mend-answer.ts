import { type Answers, fixedAnswersOf, isListFact } from '../../domain/fact.ts'

/** How to mend an answer of the wrong kind, where what was meant is plain. */
export function mendAnswer(answers: Answers, given: unknown): string | undefined {
  const fixed = fixedAnswersOf(answers)
  if (typeof given === 'boolean' && fixed?.includes('yes'))
    return `Write ${given ? 'yes' : 'no'}, without quotation marks.`
  if (answers === 'whole-number' && typeof given === 'string' && /^ *\d+ *$/.test(given))
    return `Take the quotation marks away: ${Number(given)}`
  if (isListFact(answers) && typeof given === 'string') return `Write a list: [${given}]`
  return undefined
}
