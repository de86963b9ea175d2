import { agencies, type Stage } from '../../domain/lists.ts'
import type { Told } from '../../domain/told.ts'
import { type Gated, isSetAside, requirementId } from '../gate.ts'
import type { DepartureEntry } from '../ports.ts'
import type { owed, source } from '../shapes/clinic.ts'

/** One thing that an agency owes a case, by the recommendation that holds. */
export type Owed = Told<typeof owed>

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
export type Source = Told<typeof source>
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
