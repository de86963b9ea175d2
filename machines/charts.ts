import type { EventFromLogic, SnapshotFrom } from 'xstate'
import type { ZodType } from 'zod'
import type { Condition } from './conditions.ts'
import {
  deliveryConditions,
  deliveryContextSchema,
  deliveryMachine,
  deliveryMachineVersion,
} from './delivery.machine.ts'
import {
  policyConditions,
  policyContextSchema,
  policyMachine,
  policyMachineVersion,
} from './policy.machine.ts'
import { referralConditions } from './referral/conditions.ts'
import { referralContextSchema } from './referral/context.ts'
import { referralMachine, referralMachineVersion } from './referral.machine.ts'

/** The three charts, each with the version that is stored beside its snapshots. */
export const charts = {
  referral: {
    machine: referralMachine,
    version: referralMachineVersion,
    context: referralContextSchema,
    conditions: referralConditions,
  },
  delivery: {
    machine: deliveryMachine,
    version: deliveryMachineVersion,
    context: deliveryContextSchema,
    conditions: deliveryConditions,
  },
  policy: {
    machine: policyMachine,
    version: policyMachineVersion,
    context: policyContextSchema,
    conditions: policyConditions,
  },
} as const

export type ChartName = keyof typeof charts
export const chartNames = Object.keys(charts) as ChartName[]
export type SnapshotOf<Name extends ChartName> = SnapshotFrom<(typeof charts)[Name]['machine']>
export type EventOf<Name extends ChartName> = EventFromLogic<(typeof charts)[Name]['machine']>

/** Where a snapshot stands, whichever chart it is of. All our states are flat: the value is a name. */
export function standing(snapshot: unknown): { value: string; context: unknown } {
  const { value, context } = snapshot as { value: unknown; context: unknown }
  return { value: String(value), context }
}

/** One way out of a state, as the chart defines it. */
export type Way = { event: string; to: string; conditions: readonly string[] }

/** The ways that an event can go from a state, in the order in which they are tried. */
export function waysOf(name: ChartName, state: string, event?: string): Way[] {
  const node = (charts[name].machine.states as Record<string, StateNode>)[state]
  if (!node) return []
  return [...node.transitions]
    .filter(([type]) => event === undefined || type === event)
    .flatMap(([type, ways]) =>
      ways.map(({ target, guard }) => ({
        event: type,
        to: target?.[0]?.key ?? state,
        conditions: typeof guard === 'function' ? (guard.conditions ?? []) : [],
      })),
    )
}

type StateNode = {
  transitions: ReadonlyMap<
    string,
    readonly {
      target: readonly { key: string }[] | undefined
      guard?: ((...given: never[]) => boolean) & { conditions?: readonly string[] }
    }[]
  >
}

export const statesOf = (name: ChartName): string[] => Object.keys(charts[name].machine.states)

type AnyCondition = Condition<unknown, unknown>
/** A condition of a chart, by the name that its guards use. */
export function conditionOf(name: ChartName, id: string): AnyCondition {
  const found = (charts[name].conditions as unknown as Record<string, AnyCondition>)[id]
  if (!found) throw new Error(`The ${name} chart has no condition "${id}".`)
  return found
}

/** The shape that a stored context must have. */
export const contextSchemaOf = (name: ChartName): ZodType => charts[name].context
