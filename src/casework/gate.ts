import { type Chosen, gateStages, type RequirementId } from '../domain/events/parts.ts'
import type { Stage } from '../domain/lists.ts'
import type { Concern, Recommendation } from '../domain/recommendation.ts'
import type { DepartureEntry } from './ports.ts'

/** The parts of a recommendation that a gate is worked out from. */
export type Gated = Pick<Recommendation, 'requirements' | 'holds'>
type Requirement = Recommendation['requirements'][number]

/** The id of a requirement: its rule, and the stage where one rule asks for several. */
export function requirementId(
  { rule, before }: Requirement,
  { requirements }: Pick<Gated, 'requirements'>,
): RequirementId {
  const stages = new Set(
    requirements.filter((one) => one.rule.id === rule.id).map((one) => one.before),
  )
  return stages.size > 1 ? `${rule.id}#${before}` : rule.id
}

/**
 * What is still outstanding before an event, by the recommendation of the day and the departures:
 * every requirement of the stages that the event passes which is not done, and, once disposals are
 * chosen, those for them and the holds that pause them. What cannot be told is outstanding.
 * Source: design of the gates, lifecycle.md.
 * @param chosen the disposals that the decision chooses or chose; none before a decision
 */
export function outstanding(
  event: string,
  recommendation: Gated,
  departures: readonly DepartureEntry[],
  chosen: readonly Pick<Chosen, 'offence' | 'disposal'>[],
): RequirementId[] {
  const stages = gateStages[event] ?? []
  const waiting = recommendation.requirements
    .filter((one) => stages.includes(one.before) && one.state !== 'done' && isFor(one, chosen))
    .map((one) => requirementId(one, recommendation))
  const held = decides(stages)
    ? recommendation.holds.filter((hold) => pauses(hold, chosen)).map(({ rule }) => rule.id)
    : []
  const aside = new Set(
    departures.flatMap(({ from }) => (from.what === 'requirement' ? [from.requirement] : [])),
  )
  return [...new Set([...waiting, ...held])].filter((id) => !aside.has(id)).sort()
}

const decides = (stages: readonly Stage[]) =>
  stages.includes('decision') || stages.includes('offer') || stages.includes('giving')

/** Whether a requirement counts: one without a list is for every disposal. */
function isFor(one: Requirement, chosen: readonly Pick<Chosen, 'offence' | 'disposal'>[]): boolean {
  if (!one.for) return true
  return chosen.some(
    ({ offence, disposal }) => isAbout(one, offence) && one.for?.includes(disposal),
  )
}

const pauses = (
  hold: Recommendation['holds'][number],
  chosen: readonly Pick<Chosen, 'offence' | 'disposal'>[],
) =>
  chosen.some(
    ({ offence, disposal }) => isAbout(hold, offence) && hold.disposals.includes(disposal),
  )

const isAbout = ({ offences }: Concern, offence: number) => offences.includes(offence)

/** The requirement that somebody wants to depart from, by its id; holds count as requirements. */
export function findRequirement(id: string, recommendation: Gated) {
  const required = recommendation.requirements.find(
    (one) => requirementId(one, recommendation) === id,
  )
  if (required) return { authority: required.rule.authority, hard: required.hard }
  const hold = recommendation.holds.find(({ rule }) => rule.id === id)
  return hold && { authority: hold.rule.authority, hard: false }
}

/** What a requirement asks for, in words, by its id. */
export const taskOf = (id: string, requirements: Gated['requirements']): string | undefined =>
  requirements.find((one) => requirementId(one, { requirements }) === id)?.task
