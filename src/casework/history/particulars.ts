import type { Part } from '../../access/fields.ts'
import type { Chosen } from '../../domain/events/parts.ts'
import type { WaymarkEvent } from '../../domain/events.ts'
import type { Policy } from '../../rules/policy.ts'
import { covers } from '../../rules/schema.ts'
import type { DecisionEntry } from '../ports.ts'

/** What of the rules is needed to say things by their names. */
export type Said = Pick<Policy, 'facts' | 'disposals' | 'rules'>

/**
 * What an event names besides: its offences, the rule, the conditions, the outcome that goes with a
 * disposal; as far as its reader may see that part of the case.
 */
export const particularsIn = (
  event: WaymarkEvent,
  parts: ReadonlySet<Part>,
  policy: Said,
  decisions: readonly DecisionEntry[],
): string[] => [
  ...(parts.has('facts') ? [...offencesIn(event), ...ruleIn(event, policy)] : []),
  ...(parts.has('decision')
    ? [...outcomesIn(event, policy), ...conditionsIn(event, parts, decisions)]
    : []),
]

/** `offence 1`, `offences 1, 2 and 4`. */
const offencesInWords = (all: readonly number[]): string =>
  all.length === 1
    ? `offence ${all[0]}`
    : `offences ${all.slice(0, -1).join(', ')} and ${all.at(-1)}`

/** Which offences an event is about, and whether it speaks of the whole referral. */
function offencesIn(event: WaymarkEvent): string[] {
  const { offences = [], scope } = event as { offences?: number[]; scope?: string }
  const all = scope === 'referral' ? ['It is about the whole referral.'] : []
  return offences.length > 0 ? [...all, `About ${offencesInWords(offences)}.`] : all
}

/** The rule that an event names, by its title where the rules of today still have it. */
function ruleIn(event: WaymarkEvent, { rules }: Said): string[] {
  const { rule } = event as { rule?: string }
  if (rule === undefined) return []
  const title = rules.find(({ id }) => id === rule.split('#')[0])?.title
  return [title ? `By the rule: ${title} (${rule}).` : `By the rule: ${rule}.`]
}

/** Which conditions an event is about, in the words of the decision where these may be read. */
function conditionsIn(
  event: WaymarkEvent,
  parts: ReadonlySet<Part>,
  decisions: readonly DecisionEntry[],
): string[] {
  const { conditionId, conditionIds } = event as { conditionId?: string; conditionIds?: string[] }
  const ids = conditionIds ?? (conditionId === undefined ? [] : [conditionId])
  const all = decisions.flatMap(({ conditions }) => conditions)
  return ids.map((id) => {
    const found = all.find((one) => one.id === id)
    if (!found) return `The condition: ${id}.`
    return parts.has('conditions')
      ? `The condition: “${found.text}” (${id}).`
      : `The condition: ${id}, for offence ${found.offence}.`
  })
}

/**
 * The Home Office outcome of each disposal that was given, as the catalogue of disposals has it for
 * that day. Where there are several, which one it is has to be reported by the police.
 */
function outcomesIn(event: WaymarkEvent, policy: Said): string[] {
  if (event.type !== 'disposal.given') return []
  return event.chosen
    .filter(({ disposal }) => disposal !== 'charge')
    .flatMap((one) => outcomeOf(one, event.givenOn, policy))
}

function outcomeOf({ offence, disposal }: Chosen, day: string, { disposals }: Said): string[] {
  const codes = (disposals.find(({ id }) => id === disposal)?.outcome_codes ?? [])
    .filter((one) => covers(one, day))
    .map(({ code, label, when }) => `${code}, ${label}${when ? ` (when ${when})` : ''}`)
  if (codes.length === 0) return []
  const lead = `Home Office outcome for offence ${offence}`
  return codes.length === 1
    ? [`${lead}: ${codes[0]}.`]
    : [`${lead}, one of these, as the police report it: ${codes.join('; ')}.`]
}
