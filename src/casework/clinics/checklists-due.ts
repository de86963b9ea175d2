import type { RuleSet } from '../../rules/rule-set.ts'
import { type Instrument, instruments } from '../checklists/instruments.ts'
import { requirementsFor, whichApplies } from '../checklists/which-applies.ts'
import type { AnswerEntry, RecommendationEntry } from '../ports.ts'

/** A form that the rules ask for in a case, or may ask for. */
export type ChecklistDue = {
  instrument: Instrument['id']
  title: string
  applies: 'yes' | 'cannot-tell'
  /** How far it is, as the record says; null where nobody began it. */
  progress: string | null
  /** The numbers of the points that the rules ask for and that are not done. */
  open: readonly number[]
}

/**
 * The forms for a child in care that are due. By other rules than the recommendation was made with
 * it cannot be told which they are: then each of them may be.
 */
export const checklistsDue = (
  { summary, ruleSet: digest }: RecommendationEntry,
  answers: readonly AnswerEntry[],
  ruleSet: RuleSet | undefined,
): ChecklistDue[] =>
  instruments.flatMap((instrument) => {
    const applies =
      ruleSet?.digest === digest
        ? whichApplies(instrument, summary, ruleSet).applies
        : ('cannot-tell' as const)
    if (applies === 'no') return []
    const { id, title, points } = instrument
    const progress = answers.find(({ fact }) => fact === instrument.progress)?.answer
    const open = points.filter((point) =>
      requirementsFor(point, summary).some(({ state }) => state !== 'done'),
    )
    return [
      {
        instrument: id,
        title,
        applies,
        progress: progress ? String(progress) : null,
        open: open.flatMap(({ number }) => number ?? []),
      },
    ]
  })
