import type { ReferralEvent } from '../../src/domain/events.ts'
import { freshReferral, type ReferralContext } from './context.ts'
import { decisionIn } from './reading.ts'

/** What the chart remembers after an event. Each is a pure change of the context, nothing more. */
type Change = (given: {
  context: ReferralContext
  event: ReferralEvent
}) => Partial<ReferralContext>

const without = (ids: readonly string[], id: string) => ids.filter((one) => one !== id)

const hold: Change = ({ context: { holds }, event }) =>
  event.type === 'case.held' ? { holds: [...holds, event.holdId] } : {}

const lift: Change = ({ context: { holds, heldFrom }, event }) => {
  if (event.type !== 'hold.lifted') return {}
  const left = without(holds, event.holdId)
  return { holds: left, heldFrom: left.length > 0 ? heldFrom : null }
}

const keepRepresentations: Change = ({ context: { unanswered }, event }) =>
  event.type === 'representations.received'
    ? { unanswered: [...unanswered, event.representationsId] }
    : {}

const answerRepresentations: Change = ({ context: { unanswered }, event }) =>
  event.type === 'representations.answered'
    ? { unanswered: without(unanswered, event.representationsId) }
    : {}

const decide: Change = ({ context, event }) => {
  const made = decisionIn(event)
  if (!made) return {}
  const { decisionId: id, countersignature, ratification } = made
  const disposals = [...new Set(made.chosen.map(({ disposal }) => disposal))]
  const charged = made.chosen.filter(({ disposal }) => disposal === 'charge')
  return {
    rung: null,
    decision: { id, disposals, chair: null, police: null, countersignature, ratification },
    withPolice: [...made.left, ...charged.map(({ offence }) => offence)].filter(
      (offence) => !context.reported.includes(offence),
    ),
  }
}

const confirm: Change = ({ context: { decision }, event: { by } }) =>
  (decision && {
    decision: { ...decision, [by.role === 'clinic-chair' ? 'chair' : 'police']: by.person },
  }) ||
  {}

const ratify: Change = ({ context: { decision } }) =>
  decision ? { decision: { ...decision, ratification: 'done' } } : {}

/** An offence that was excluded, lost its evidence or ran out of time stays out of the case. */
const takeOut: Change = ({ context: { takenOut }, event }) =>
  'offences' in event ? { takenOut: [...new Set([...takenOut, ...event.offences])] } : {}

/** What the police reported is theirs no more. */
const report: Change = ({ context: { withPolice, reported }, event }) =>
  event.type === 'police.reported'
    ? {
        withPolice: withPolice.filter((one) => !event.offences.includes(one)),
        reported: [...new Set([...reported, ...event.offences])],
      }
    : {}

/** Back to preparing: an earlier decision is superseded, its id kept, and nothing of it stands. */
const prepareAgain: Change = ({ context: { decision, superseded } }) => ({
  decision: null,
  superseded: decision ? [...superseded, decision.id] : superseded,
  withPolice: [],
  rung: null,
  given: false,
  uncompleted: false,
})

const passUp: Change = ({ event }) =>
  event.type === 'escalation.passedUp' ? { rung: event.rung } : {}

/** A hold that began after the facts were gathered leads back to gathering them. */
const prepareAfterTheHold: Change = ({ context: { heldFrom } }) => ({
  heldFrom: heldFrom === null || heldFrom === 'received' ? heldFrom : 'preparing',
})

/**
 * A case that is referred again begins again. What was taken out of it comes back where the police
 * decision-maker refers it, and not by an officer alone.
 */
const beginAgain: Change = ({
  context: { decision, superseded, unanswered, turnedEighteen, takenOut },
  event: { by },
}) => ({
  ...freshReferral,
  unanswered,
  turnedEighteen,
  takenOut: by.role === 'police-decision-maker' ? [] : takenOut,
  superseded: decision ? [...superseded, decision.id] : superseded,
})

export const memory = {
  hold,
  lift,
  keepRepresentations,
  answerRepresentations,
  turnEighteen: (() => ({ turnedEighteen: true })) as Change,
  takeOut,
  report,
  decide,
  confirm,
  ratify,
  passUp,
  settle: (() => ({ rung: null })) as Change,
  give: (() => ({ given: true })) as Change,
  beginDelivery: (() => ({ given: true, uncompleted: true })) as Change,
  finish: (() => ({ uncompleted: false })) as Change,
  prepareAgain,
  prepareAfterTheHold,
  holdAgainFromPreparing: (() => ({ heldFrom: 'preparing' })) as Change,
  beginAgain,
}
