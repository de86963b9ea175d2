import type { Told } from '../../domain/told.ts'
import type { RuleSet } from '../../rules/rule-set.ts'
import { instruments } from '../checklists/instruments.ts'
import { requirementsFor, whichApplies } from '../checklists/which-applies.ts'
import type { AnswerEntry, RecommendationEntry } from '../ports.ts'
import type { checklistDue } from '../shapes/clinic.ts'

/** A form that the rules ask for in a case, or may ask for. */
export type ChecklistDue = Told<typeof checklistDue>

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
