import { type Agency, agencies, type RequirementState, type Stage } from '../../domain/lists.ts'
import { type Gated, isSetAside, requirementId } from '../gate.ts'
import type { DepartureEntry } from '../ports.ts'

/** One thing that an agency owes a case, by the recommendation that holds. */
export type Owed = {
  requirement: string
  task: string
  of: Agency
  before: Stage
  /** `set-aside` where a named person departed from it, with a reason. */
  state: RequirementState | 'set-aside'
  /** Whether it is asked for at all in this case. */
  applies: 'yes' | 'cannot-tell'
  hard: boolean
  /** The disposals that it is for; for every one where there is no list. */
  for?: readonly string[]
  /** Its point of the ten-point checklist. */
  point?: number
}

/** What is owed before these stages, whether it is there or not. */
export function owedBefore(
  stages: readonly Stage[],
  summary: Gated,
  departures: readonly DepartureEntry[],
): Owed[] {
  return summary.requirements
    .filter(({ before }) => stages.includes(before))
    .map((one) => {
      const requirement = requirementId(one, summary)
      return {
        requirement,
        task: one.task,
        of: one.of,
        before: one.before,
        state:
          one.state !== 'done' && isSetAside(requirement, summary, departures)
            ? 'set-aside'
            : one.state,
        applies: one.verdict === 'met' ? ('yes' as const) : ('cannot-tell' as const),
        hard: one.hard,
        ...(one.for ? { for: one.for } : {}),
        ...(one.point === undefined ? {} : { point: one.point }),
      }
    })
}

/** What one agency owes, and how much of it is there. */
export type Source = { agency: Agency; counts: Counts; owed: readonly Owed[] }
type Counts = Record<Owed['state'], number>

/** How complete the sources of a case are, by agency, in the fixed order of agencies. */
export const byAgency = (owed: readonly Owed[]): Source[] =>
  agencies
    .map((agency) => owed.filter(({ of }) => of === agency))
    .flatMap((mine) => (mine[0] ? [{ agency: mine[0].of, counts: count(mine), owed: mine }] : []))

function count(owed: readonly Owed[]): Counts {
  const counts = { done: 0, outstanding: 0, 'cannot-tell': 0, 'set-aside': 0 }
  for (const { state } of owed) counts[state] += 1
  return counts
}
