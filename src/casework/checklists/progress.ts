import type { ChecklistAnswer } from '../ports.ts'
import type { Instrument } from './instruments.ts'
import { requirementsFor, type Summary } from './which-applies.ts'

export type Progress = 'not-started' | 'part' | 'complete'

/** Answers that leave a point where it was. */
const says = ({ answer }: ChecklistAnswer) => answer !== 'not-known' && answer !== 'not-started'

/**
 * How far a form is, worked out from its points and never said by anybody. Where the rules ask for
 * the points, a point is answered when the rules say so; else when the form does.
 */
export function progressOf(
  instrument: Instrument,
  answers: readonly ChecklistAnswer[],
  summary: Summary,
): Progress {
  const done = instrument.points.flatMap((point) => {
    if (point.number === undefined) return [settled(answers.find((one) => one.point === point.id))]
    return requirementsFor(point, summary).map(({ state }) => state === 'done')
  })
  if (done.length > 0 && done.every((one) => one)) return 'complete'
  return done.some((one) => one) || answers.some(says) ? 'part' : 'not-started'
}

const settled = (one: ChecklistAnswer | undefined): boolean =>
  one?.answer === 'complete' || one?.answer === 'does-not-apply'
