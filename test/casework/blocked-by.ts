import type { Outcome } from '../../src/casework/casework.ts'

/** Why nothing was done: the conditions that did not hold, or what is wrong. */
export function blockedBy(outcome: Outcome<unknown>): string[] {
  if (outcome.ok) return ['nothing']
  if (outcome.why === 'refused') return outcome.refusal.blockedBy.map(({ id }) => id)
  return outcome.why === 'unusable' ? outcome.problems.map(({ message }) => message) : [outcome.why]
}
