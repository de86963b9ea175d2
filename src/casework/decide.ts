import type { Decided } from './asked.ts'
import { whoDecided } from './clinics/sitting.ts'
import { startsAt } from './decide/incomplete.ts'
import { leftToPolice, withStandings } from './decide/standings.ts'
import { type Act, recommended } from './draft.ts'
import { eraOf } from './gate.ts'
import type { DecisionEntry, DepartureEntry } from './ports.ts'

/** The departures from starting points that a decision holds, as entries of the record. */
export const departuresOf = (act: Act, decided: Decided): DepartureEntry[] =>
  decided.departures.map(({ offence, reason, text }) => {
    const result = recommended(act).summary.offences.find((one) => one.offence === offence)
    const disposal = result ? startsAt(result)[0] : undefined
    return {
      id: act.deps.newId(),
      by: act.actor,
      at: act.at,
      from: { what: 'starting-point', disposal: disposal ?? 'no-further-action' },
      reasonCode: reason,
      text,
      recommendation: recommended(act).id,
      era: eraOf(act.file.row),
      ground: '',
    }
  })

/** The decision as the record keeps it: with attendance and with what nobody knew that day. */
export function decisionEntry(
  act: Act,
  id: string,
  decided: Decided,
  departures: readonly string[],
): DecisionEntry {
  const { summary } = recommended(act)
  const standings = withStandings(decided.chosen, summary)
  return {
    id,
    by: act.actor,
    at: act.at,
    clinic: act.clinic?.row.id ?? null,
    recommendation: recommended(act).id,
    chosen: decided.chosen.map((one, i) => ({
      ...one,
      standing: standings[i]?.standing ?? 'ruled-out',
    })),
    left: leftToPolice(decided.chosen, summary),
    lesserOptions: decided.lesserOptions,
    conditions: decided.conditions.map(({ startBy, dueOn, ...one }) => ({
      ...one,
      id: act.deps.newId(),
      startBy: startBy ?? null,
      dueOn: dueOn ?? null,
    })),
    victimConsidered: decided.victimConsidered,
    childsWords: decided.childsWords,
    dissent: decided.dissent,
    notKnown: summary.needToKnow.map(({ fact }) => fact),
    ...whoDecided(act),
    departures,
  }
}
