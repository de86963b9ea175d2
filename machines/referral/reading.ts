import type { Chosen } from '../../src/domain/events/parts.ts'
import type { ReferralEvent } from '../../src/domain/events.ts'
import type { Actor } from '../../src/domain/roles.ts'
import type { Condition } from '../conditions.ts'
import type { ReferralContext } from './context.ts'

type Holds = Condition<ReferralContext, ReferralEvent>['holds']

/** A condition of the case alone. */
export const ofCase = (says: string, holds: (context: ReferralContext) => boolean) =>
  ({ says, looksAt: 'case', holds }) as const

/** A condition of the case and of who does it. */
export const ofActor = (says: string, holds: (context: ReferralContext, by: Actor) => boolean) =>
  ({
    says,
    looksAt: 'actor',
    holds: (context: ReferralContext, { by }: Pick<ReferralEvent, 'by'>) => holds(context, by),
  }) as const

/** A condition of the event, or of event and case together. */
export const ofEvent = (says: string, holds: Holds) => ({ says, looksAt: 'event', holds }) as const

/** The decision in an event, from a clinic or from an escalation that was settled. */
export const decisionIn = (event: ReferralEvent) => {
  if (event.type === 'clinic.decided') return event
  if (event.type !== 'escalation.resolved') return undefined
  return event.answer.to === 'decided' ? event.answer : undefined
}

/** What is chosen, as the event says with today’s standings; an event without it chooses nothing. */
export const chosenIn = (event: ReferralEvent): readonly Chosen[] =>
  'chosen' in event ? event.chosen : (decisionIn(event)?.chosen ?? [])

/** What a gate says is outstanding; an event without a gate opens none. */
export const outstandingIn = (event: ReferralEvent): readonly string[] | undefined =>
  'outstanding' in event ? event.outstanding : decisionIn(event)?.outstanding

/** Whose confirmation it is. */
export const side = (role: string) => (role === 'clinic-chair' ? 'chair' : 'police')

/** The disposals of the decision that stands. */
export const chosen = (context: ReferralContext) => context.decision?.disposals ?? []

/** A condition that only says which of several ways is meant. */
export const choosing = <C extends ReturnType<typeof ofCase> | ReturnType<typeof ofEvent>>(
  condition: C,
) => ({ ...condition, chooses: true }) as const
