import type { ReferralContext } from '../../machines/referral/context.ts'
import { type Chosen, gateStages, type RequirementId } from '../domain/events/parts.ts'
import type { Stage } from '../domain/lists.ts'
import type { Concern, Recommendation } from '../domain/recommendation.ts'
import type { CaseRow, DepartureEntry, RecommendationEntry } from './ports.ts'

/** The parts of a recommendation that a gate is worked out from. */
export type Gated = Pick<Recommendation, 'requirements' | 'holds'> & {
  grounds: RecommendationEntry['grounds']
}
type Requirement = Recommendation['requirements'][number]

/** What a gate looks at of a recommendation that was made. */
export const gatedBy = ({ summary, grounds }: RecommendationEntry): Gated => ({
  requirements: summary.requirements,
  holds: summary.holds,
  grounds,
})

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
    ? recommendation.holds
        .filter((hold) => pauses(hold, chosen))
        .map((hold) => holdId(hold, recommendation))
    : []
  return [...new Set([...waiting, ...held])]
    .filter((id) => !isSetAside(id, recommendation, departures))
    .sort()
}

/** The id of a hold that the rules ask for: its rule, with a mark where that rule asks for more. */
export const holdId = (
  { rule }: Pick<Concern, 'rule'>,
  { requirements }: Pick<Gated, 'requirements'>,
): RequirementId =>
  requirements.some((one) => one.rule.id === rule.id) ? `${rule.id}#hold` : rule.id

/**
 * Whether somebody departed from what is asked for as it stands today. A departure from what was
 * not known yet says nothing of what has come out since; and what has become law, or hard, cannot
 * be set aside by what was said before.
 */
export function isSetAside(
  id: RequirementId,
  recommendation: Gated,
  departures: readonly DepartureEntry[],
): boolean {
  const found = findRequirement(id, recommendation)
  if (!found || found.hard || found.authority === 'statute') return false
  return departures.some(
    ({ from, ground }) =>
      from.what === 'requirement' && from.requirement === id && ground === found.ground,
  )
}

/** What a departure is made for: one decision, in one partnership. */
export const eraOf = ({
  partnership,
  snapshot,
}: Pick<CaseRow, 'partnership' | 'snapshot'>): string =>
  `${partnership} ${(snapshot.context as Pick<ReferralContext, 'superseded'>).superseded.length}`

/** The departures that count now: not those for a decision that no longer stands, or made elsewhere. */
export const departuresNow = (
  row: Pick<CaseRow, 'partnership' | 'snapshot'>,
  departures: readonly DepartureEntry[],
): DepartureEntry[] => departures.filter(({ era }) => era === eraOf(row))

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
  if (required)
    return {
      authority: required.rule.authority,
      hard: required.hard,
      ground: groundOf(required, recommendation),
    }
  const hold = recommendation.holds.find((one) => holdId(one, recommendation) === id)
  return (
    hold && { authority: hold.rule.authority, hard: false, ground: groundOf(hold, recommendation) }
  )
}

/** What a requirement or a hold rests on: the answers that its rule looks at. */
const groundOf = ({ rule }: Concern, { grounds }: Gated): string => grounds[rule.id] ?? ''

/** What a requirement asks for, in words, by its id. */
export const taskOf = (id: string, requirements: Gated['requirements']): string | undefined =>
  requirements.find((one) => requirementId(one, { requirements }) === id)?.task
