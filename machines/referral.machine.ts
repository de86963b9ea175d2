import { assign, setup } from 'xstate'
import type { ReferralEvent } from '../src/domain/events.ts'
import { when } from './referral/conditions.ts'
import { type BeforeOffering, freshReferral, type ReferralContext } from './referral/context.ts'
import { memory } from './referral/memory.ts'
import {
  back,
  early,
  guards,
  letters,
  lifted,
  notCompleted,
  open,
  reports,
  setAside,
} from './referral/parts.ts'

/** Stored beside every snapshot, so that an old case is never read with a new chart by accident. */
export const referralMachineVersion = 2

/**
 * The lifecycle of a referral, from its arrival to the closed file (design: lifecycle.md). Pure: it
 * orders, it does not act. `early` and `open` say what can happen in every state of their kind; the
 * conditions are sentences in `referral/`.
 */
export const referralMachine = setup({
  types: { context: {} as ReferralContext, events: {} as ReferralEvent },
  actions: {
    hold: assign(memory.hold),
    holdFrom: assign(({ context }, { state }: { state: BeforeOffering | 'onHold' }) => ({
      heldFrom: state === 'onHold' ? context.heldFrom : state,
    })),
    holdAgainFromPreparing: assign(memory.holdAgainFromPreparing),
    prepareAfterTheHold: assign(memory.prepareAfterTheHold),
    lift: assign(memory.lift),
    keepRepresentations: assign(memory.keepRepresentations),
    answerRepresentations: assign(memory.answerRepresentations),
    turnEighteen: assign(memory.turnEighteen),
    takeOut: assign(memory.takeOut),
    report: assign(memory.report),
    decide: assign(memory.decide),
    confirm: assign(memory.confirm),
    ratify: assign(memory.ratify),
    passUp: assign(memory.passUp),
    settle: assign(memory.settle),
    give: assign(memory.give),
    beginDelivery: assign(memory.beginDelivery),
    finish: assign(memory.finish),
    prepareAgain: assign(memory.prepareAgain),
    beginAgain: assign(memory.beginAgain),
  },
}).createMachine({
  id: 'referral',
  context: freshReferral,
  initial: 'received',
  states: {
    received: {
      on: {
        ...early('received'),
        'referral.accepted': { guard: when('byAPerson'), target: 'preparing' },
        'referral.rejected': { guard: when('byAPerson'), target: 'returned' },
      },
    },
    preparing: {
      entry: 'prepareAgain',
      on: {
        ...early('preparing'),
        'case.listed': { guard: when('nothingOutstanding'), target: 'listed' },
      },
    },
    onHold: {
      on: {
        ...early('onHold'),
        'hold.reviewed': { guard: when('byAPerson', 'thisHold'), target: 'onHold' },
        'hold.lifted': lifted,
      },
    },
    withSpecialists: {
      on: {
        ...early('withSpecialists'),
        'specialists.reported': back,
        // What the specialists do with it is theirs; the police still report what became of it.
        'specialists.kept': {
          guard: when('byAPerson'),
          target: 'returned',
          actions: 'prepareAgain',
        },
      },
    },
    withCps: {
      on: {
        ...early('withCps'),
        'cps.authorised': back,
        'cps.refused': back,
        'cps.returnedForResolution': back,
        'cps.charged': { guard: when('byAPerson'), target: 'returned' },
      },
    },
    listed: {
      on: {
        ...early('listed'),
        'clinic.opened': { guard: when('quorate'), target: 'inClinic' },
        'case.postponed': 'preparing',
      },
    },
    inClinic: {
      on: {
        ...early('inClinic'),
        'clinic.decided': { guard: guards.decides, target: 'decided', actions: 'decide' },
        'clinic.adjourned': 'preparing',
        'clinic.disagreed': 'escalated',
        'case.sentBack': { guard: when('byAPerson'), target: 'returned' },
      },
    },
    escalated: {
      on: {
        ...early('escalated'),
        'escalation.passedUp': { target: 'escalated', actions: 'passUp' },
        'escalation.resolved': [
          { guard: guards.settles, target: 'decided', actions: 'decide' },
          { guard: when('answersReturned', 'byADecider'), target: 'returned' },
        ],
      },
    },
    decided: {
      on: {
        ...early('decided'),
        'decision.confirmed': { guard: guards.confirms, target: 'decided', actions: 'confirm' },
        'decision.ratified': {
          guard: when('byAPerson', 'aThirdPerson', 'thisDecision'),
          target: 'decided',
          actions: 'ratify',
        },
        'decision.countersigned': { guard: guards.countersigns, target: 'offering' },
        'offer.opened': { guard: guards.opensTheOffer, target: 'offering' },
        'decision.passedToPolice': { guard: guards.passesToThePolice, target: 'returned' },
        'decision.returned': { guard: when('byAPerson'), target: 'preparing' },
      },
    },
    offering: {
      on: {
        ...open('offering'),
        ...reports('offering'),
        'disposal.given': [
          { guard: guards.ends, target: 'completed', actions: 'give' },
          { guard: guards.begins, target: 'delivering', actions: 'beginDelivery' },
        ],
        'decision.returned': { guard: when('byAPerson'), target: 'preparing' },
        'disposal.declined': { guard: when('byAPerson'), target: 'preparing' },
        'offence.notAdmitted': { guard: when('byAPerson'), target: 'preparing' },
        'offer.lapsed': 'preparing',
      },
    },
    delivering: {
      on: {
        ...open('delivering'),
        ...reports('delivering'),
        ...setAside,
        'delivery.finished': { target: 'completed', actions: 'finish' },
        'delivery.withdrawn': notCompleted,
        'delivery.failed': notCompleted,
      },
    },
    reconsidering: {
      on: {
        ...open('reconsidering'),
        ...reports('reconsidering'),
        ...setAside,
        'police.tookNoAction': {
          guard: when('byThePolice', 'outcomeFits', 'outcome22Earned'),
          target: 'returned',
        },
        'disposal.varied': { guard: when('byThePolice'), target: 'delivering' },
        'prosecution.started': { guard: when('byThePolice'), target: 'returned' },
      },
    },
    completed: {
      on: {
        ...open('completed'),
        ...reports('completed'),
        ...setAside,
        'case.closed': {
          guard: when('byAPerson', 'nothingOutstanding', 'nothingWithPolice'),
          target: 'closed',
        },
      },
    },
    returned: {
      entry: 'settle',
      on: {
        ...open('returned'),
        ...setAside,
        'police.reported': [
          {
            guard: when('outcomeFits', 'outcome22Earned', 'nothingLeft'),
            target: 'closed',
            actions: 'report',
          },
          { guard: when('outcomeFits', 'outcome22Earned'), target: 'returned', actions: 'report' },
        ],
        'case.referredAgain': {
          guard: when('noDisposalStands'),
          target: 'received',
          actions: 'beginAgain',
        },
      },
    },
    // Final in law, not in XState: what was unlawful can still be set aside, years later.
    closed: { on: { ...letters('closed'), ...setAside, 'scrutiny.sampled': 'closed' } },
  },
})
