import type { AnyStateMachine } from 'xstate'
import { type ChartName, charts, type SnapshotOf } from '../../machines/charts.ts'
import { freshDelivery } from '../../machines/delivery.machine.ts'
import { freshPolicy } from '../../machines/policy.machine.ts'
import { freshReferral, type ReferralContext } from '../../machines/referral/context.ts'

/** A snapshot in a state, with what the chart remembers there. */
export const standingIn = <Name extends ChartName>(
  name: Name,
  value: string,
  context: object,
): SnapshotOf<Name> =>
  (charts[name].machine as AnyStateMachine).resolveState({ value, context }) as SnapshotOf<Name>

const conditional: NonNullable<ReferralContext['decision']> = {
  id: 'decision-1',
  disposals: ['youth-conditional-caution'],
  chair: 'person-1',
  police: 'person-2',
  countersignature: 'not-needed',
  ratification: 'not-needed',
}
const referral = (change: Partial<ReferralContext> = {}) => ({ ...freshReferral, ...change })
const given = referral({ decision: conditional, given: true })
const voluntary = {
  ...given,
  decision: { ...conditional, disposals: ['community-resolution' as const] },
}
const held = (heldFrom: ReferralContext['heldFrom'], ...more: string[]) =>
  referral({ heldFrom, holds: ['hold-1', ...more] })

/** Where a case can stand when an event comes, by the words that the tables use. */
export const standings: Record<ChartName, Record<string, [string, object]>> = {
  referral: {
    received: ['received', referral()],
    preparing: ['preparing', referral()],
    'onHold, from received': ['onHold', held('received')],
    'onHold, from preparing': ['onHold', held('preparing')],
    'onHold, from listed': ['onHold', held('listed')],
    'onHold, from decided': ['onHold', { ...held('decided'), decision: conditional }],
    'onHold, with another hold': ['onHold', held('preparing', 'hold-3')],
    withSpecialists: ['withSpecialists', referral()],
    'withSpecialists, while a hold stands': ['withSpecialists', held('listed')],
    withCps: ['withCps', referral()],
    'withCps, while a hold stands': ['withCps', held('listed')],
    listed: ['listed', referral()],
    inClinic: ['inClinic', referral()],
    'inClinic, the offence taken out': ['inClinic', referral({ takenOut: [1] })],
    'inClinic, the offence reported of': ['inClinic', referral({ reported: [1] })],
    escalated: ['escalated', referral()],
    'escalated, up a rung': ['escalated', referral({ rung: 'managers' })],
    'decided, not confirmed': [
      'decided',
      referral({ decision: { ...conditional, chair: null, police: null } }),
    ],
    'decided, confirmed by both': ['decided', referral({ decision: conditional })],
    'decided, to be countersigned': [
      'decided',
      referral({ decision: { ...conditional, countersignature: 'needed' } }),
    ],
    'decided, to be ratified': [
      'decided',
      referral({ decision: { ...conditional, ratification: 'needed' } }),
    ],
    'decided, only a charge': [
      'decided',
      referral({ decision: { ...conditional, disposals: ['charge'] } }),
    ],
    'decided, a letter unanswered': [
      'decided',
      referral({ decision: conditional, unanswered: ['letter-1'] }),
    ],
    offering: ['offering', referral({ decision: conditional })],
    'offering, work that is voluntary': [
      'offering',
      referral({ decision: { ...conditional, disposals: ['community-resolution'] } }),
    ],
    'offering, an offence with the police': [
      'offering',
      referral({ decision: conditional, withPolice: [1] }),
    ],
    delivering: ['delivering', { ...given, uncompleted: true }],
    'delivering, an offence with the police': [
      'delivering',
      { ...given, uncompleted: true, withPolice: [1] },
    ],
    'delivering, work that is voluntary': ['delivering', { ...voluntary, uncompleted: true }],
    reconsidering: ['reconsidering', { ...given, uncompleted: true }],
    'reconsidering, an offence with the police': [
      'reconsidering',
      { ...given, uncompleted: true, withPolice: [1] },
    ],
    completed: ['completed', given],
    'completed, an offence with the police': ['completed', { ...given, withPolice: [1] }],
    'returned, nothing given': ['returned', referral()],
    'returned, a caution given': ['returned', given],
    'returned, a diversion given': [
      'returned',
      { ...given, decision: { ...conditional, disposals: ['diversionary-activity' as const] } },
    ],
    'returned, not completed': ['returned', { ...given, uncompleted: true }],
    'closed, a disposal given': ['closed', given],
    'closed, nothing given': ['closed', referral()],
  },
  delivery: {
    agreed: ['agreed', freshDelivery],
    inProgress: ['inProgress', { voluntary: false, reengagementTried: false }],
    'concern, nobody tried': ['concern', { voluntary: false, reengagementTried: false }],
    'concern, somebody tried': ['concern', { voluntary: false, reengagementTried: true }],
    'concern, voluntary work': ['concern', { voluntary: true, reengagementTried: true }],
    varying: ['varying', { voluntary: false, reengagementTried: true }],
    nonCompliance: ['nonCompliance', { voluntary: false, reengagementTried: true }],
    finished: ['finished', freshDelivery],
    withdrawn: ['withdrawn', freshDelivery],
    failed: ['failed', freshDelivery],
    stopped: ['stopped', freshDelivery],
  },
  policy: {
    loaded: ['loaded', freshPolicy],
    proposed: [
      'proposed',
      { proposedBy: 'person-5', digest: 'sha256-0123456789abcdef', inForceFrom: null },
    ],
    approved: [
      'approved',
      { proposedBy: 'person-5', digest: 'sha256-0123456789abcdef', inForceFrom: '2026-04-01' },
    ],
    inForce: ['inForce', freshPolicy],
    superseded: ['superseded', freshPolicy],
    withdrawn: ['withdrawn', freshPolicy],
  },
}
