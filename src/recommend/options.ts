import { type Disposal, disposals, type Standing } from '../domain/lists.ts'
import type { Option } from '../domain/recommendation.ts'
import { cite } from '../rules/citation.ts'
import type { Policy } from '../rules/policy.ts'
import { covers } from '../rules/schema.ts'
import { gather, type LiveEffect, ofKind } from './findings.ts'

/**
 * Every disposal in force on the day, least to most criminalising, for one offence: open, ruled
 * out, or not to be told yet, with the findings that say so and what it would mean for the child.
 */
export function options(
  policy: Policy,
  effects: readonly LiveEffect[],
  offence: number,
  asAt: string,
): Option[] {
  const mine = effects.filter(({ matter }) => matter.offence === offence)
  return policy.disposals
    .filter(({ in_force }) => covers(in_force, asAt))
    .sort((a, b) => disposals.indexOf(a.id) - disposals.indexOf(b.id))
    .map((disposal) => {
      const against = ofKind(mine, 'rule-out').filter(({ params }) =>
        params.disposals.includes(disposal.id),
      )
      const holds = ofKind(mine, 'hold').filter(({ params }) =>
        params.disposals.includes(disposal.id),
      )
      const cited = <T extends { source: { ref: string; at: string } }>(said: T) => ({
        ...said,
        source: cite(policy, said.source),
      })
      const means = disposal.means_for_the_child
      return {
        disposal: disposal.id,
        title: disposal.title,
        standing: standingFrom(against),
        because: gather(policy, against, () => ({})),
        heldBy: gather(policy, holds, () => ({})),
        outcomeCodes: disposal.outcome_codes
          .filter((code) => covers(code, asAt))
          .map(({ code, label, when, source }) => ({
            code,
            label,
            ...(when ? { when } : {}),
            source: cite(policy, source),
          })),
        meansForTheChild: {
          record: cited(means.record),
          disclosure: cited(means.disclosure),
          conditions: cited(means.conditions),
          first_time_entrant: cited(means.first_time_entrant),
          if_not_completed: cited(means.if_not_completed),
        },
        doubts: disposal.doubts ?? [],
      }
    })
}

function standingFrom(against: readonly LiveEffect<'rule-out'>[]): Standing {
  if (against.some(({ verdict }) => verdict === 'met')) return 'ruled-out'
  return against.length > 0 ? 'cannot-tell' : 'open'
}

/** The disposals that met rules have ruled out for an offence. */
export function ruledOut(effects: readonly LiveEffect[], offence: number): Set<Disposal> {
  return new Set(
    ofKind(effects, 'rule-out')
      .filter(({ matter, verdict }) => matter.offence === offence && verdict === 'met')
      .flatMap(({ params }) => params.disposals),
  )
}
