import { assign, setup } from 'xstate'
import { z } from 'zod'
import { reconsidered } from '../src/domain/disposal-kinds.ts'
import type { DeliveryEvent } from '../src/domain/events.ts'
import { isPerson } from '../src/domain/roles.ts'
import { type Condition, whenAllOf } from './conditions.ts'

export const deliveryMachineVersion = 1

export const deliveryContextSchema = z.strictObject({
  /** Nobody can enforce it: it is not a conditional caution, a deferred prosecution or a diversion. */
  voluntary: z.boolean(),
  /** Since the last concern began: somebody tried to bring the child back. */
  reengagementTried: z.boolean(),
})
type Context = z.infer<typeof deliveryContextSchema>
export const freshDelivery: Context = { voluntary: true, reengagementTried: false }

const concludes =
  (conclusion: string): Condition<Context, DeliveryEvent>['holds'] =>
  (_, event) =>
    event.type === 'manager.reviewed' && event.conclusion === conclusion

export const deliveryConditions = {
  byAPerson: {
    says: 'A named person must do this, not a system.',
    looksAt: 'actor',
    holds: (_, { by }) => isPerson(by),
  },
  byAManager: {
    says: 'A manager must review this: a team leader.',
    looksAt: 'actor',
    holds: (_, { by }) => by.role === 'team-leader',
  },
  childIsBack: {
    says: 'The child must be back.',
    looksAt: 'event',
    chooses: true,
    holds: (_, event) => event.type === 'reengagement.tried' && event.result === 'back',
  },
  noConditionOpen: {
    says: 'Every condition must be met.',
    looksAt: 'event',
    holds: (_, event) => event.type === 'conditions.allMet' && event.open.length === 0,
  },
  adapted: {
    says: 'The try must be adapted to the child’s communication needs.',
    looksAt: 'event',
    chooses: true,
    holds: (_, event) => event.type === 'reengagement.tried' && event.adapted !== 'not-adapted',
  },
  reengagementTried: {
    says: 'Somebody must have tried to bring the child back first.',
    looksAt: 'case',
    holds: ({ reengagementTried }) => reengagementTried,
  },
  enforceable: {
    says: 'Voluntary work must end without consequence.',
    looksAt: 'case',
    holds: ({ voluntary }) => !voluntary,
  },
  voluntary: {
    says: 'The work must be voluntary.',
    looksAt: 'case',
    holds: ({ voluntary }) => voluntary,
  },
  goesOn: {
    says: 'The review must end with going on.',
    looksAt: 'event',
    chooses: true,
    holds: concludes('go-on'),
  },
  varies: {
    says: 'The review must end with a change.',
    looksAt: 'event',
    chooses: true,
    holds: concludes('vary'),
  },
  endsIt: {
    says: 'The review must end the voluntary work.',
    looksAt: 'event',
    chooses: true,
    holds: concludes('end-voluntary-work'),
  },
  notComplied: {
    says: 'The review must find that conditions are not kept.',
    looksAt: 'event',
    chooses: true,
    holds: concludes('non-compliance'),
  },
} satisfies Record<string, Condition<Context, DeliveryEvent>>

const when = whenAllOf<Context, DeliveryEvent, keyof typeof deliveryConditions>(deliveryConditions)

const running = <const S extends string>(state: S) =>
  ({
    'risk.reported': state,
    'child.withdrew': { guard: when('byAPerson'), target: 'withdrawn' },
    'delivery.stopped': 'stopped',
  }) as const
const working = <const S extends string>(state: S) =>
  ({ ...running(state), 'contact.made': state, 'condition.met': state }) as const

/**
 * What happens to a disposal that was given. Nothing can be called non-compliance before somebody
 * tried to bring the child back and a manager looked at it (design: lifecycle.md 2).
 */
export const deliveryMachine = setup({
  types: { context: {} as Context, events: {} as DeliveryEvent },
  actions: {
    begin: assign(({ event }) =>
      event.type === 'delivery.started'
        ? { voluntary: !event.disposals.some((disposal) => reconsidered.includes(disposal)) }
        : {},
    ),
    worry: assign({ reengagementTried: false }),
    tried: assign({ reengagementTried: true }),
  },
}).createMachine({
  id: 'delivery',
  context: freshDelivery,
  initial: 'agreed',
  states: {
    agreed: {
      on: { ...running('agreed'), 'delivery.started': { target: 'inProgress', actions: 'begin' } },
    },
    inProgress: {
      on: {
        ...working('inProgress'),
        'conditions.varied': 'inProgress',
        'contact.missed': { target: 'concern', actions: 'worry' },
        'conditions.allMet': { guard: when('byAPerson', 'noConditionOpen'), target: 'finished' },
      },
    },
    concern: {
      on: {
        ...working('concern'),
        'contact.missed': 'concern',
        'conditions.allMet': { guard: when('byAPerson', 'noConditionOpen'), target: 'finished' },
        'reengagement.tried': [
          { guard: when('byAPerson', 'childIsBack'), target: 'inProgress' },
          { guard: when('byAPerson', 'adapted'), target: 'concern', actions: 'tried' },
          { guard: when('byAPerson'), target: 'concern' },
        ],
        'manager.reviewed': [
          { guard: when('byAManager', 'goesOn'), target: 'inProgress' },
          { guard: when('byAManager', 'varies'), target: 'varying' },
          { guard: when('byAManager', 'endsIt', 'voluntary'), target: 'withdrawn' },
          {
            guard: when('byAManager', 'notComplied', 'enforceable', 'reengagementTried'),
            target: 'nonCompliance',
          },
        ],
      },
    },
    varying: { on: { ...working('varying'), 'conditions.varied': 'inProgress' } },
    nonCompliance: {
      on: {
        ...running('nonCompliance'),
        'police.notified': { guard: when('byAPerson'), target: 'failed' },
      },
    },
    finished: { type: 'final' },
    withdrawn: { type: 'final' },
    failed: { type: 'final' },
    stopped: { type: 'final' },
  },
})
