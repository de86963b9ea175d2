import type { Deps } from '../casework.ts'
import type { AnswerEntry, CaseRow, ClinicFile } from '../ports.ts'
import { type Quorum, quorum } from '../quorum.ts'

/** The quorum of one case, and the extra members that this case needs, there or not. */
export type QuorumOfCase = Quorum & { extra: readonly string[] }

/**
 * Whether a clinic has its quorum for one case, by the partnership's own rule. Somebody with a
 * conflict of interest in the case does not count. Without a rule there is no quorum.
 */
export function quorumOfCase(
  deps: Deps,
  { row: clinic, attendance }: Pick<ClinicFile, 'row' | 'attendance'>,
  row: CaseRow,
  answers: readonly AnswerEntry[],
): QuorumOfCase {
  const set = deps.ruleSet(clinic.partnership)
  const rule = set.ok
    ? set.value.policy.partnerships[clinic.partnership]?.panel.quorum.value
    : undefined
  if (!rule) return { state: 'not-met', missing: ['a rule for the quorum'], extra: [] }
  const there = attendance.filter(({ person }) => !row.barred.includes(person))
  const extra = quorum({ all_of: [], any_of: [], extra: rule.extra }, [], answers).missing
  return { ...quorum(rule, there, answers), extra }
}
