import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate'
import type { z } from 'zod'
import { didYouMean, fine, pointer, type Result, refuse } from '../src/domain/problem.ts'
import { type ChartName, charts, contextSchemaOf, type SnapshotOf, statesOf } from './charts.ts'
import type { ReferralContext } from './referral/context.ts'
import { migrations } from './versions/migrations.ts'
import { type StoredSnapshot, storedSnapshotSchema } from './versions/stored.ts'

/** A snapshot as the store keeps it: chart and version beside it, so that none is mistaken. */
export function keep<Name extends ChartName>(
  name: Name,
  snapshot: SnapshotOf<Name>,
): StoredSnapshot {
  const { value, context } = snapshot as AnyMachineSnapshot
  return { machine: name, version: charts[name].version, value: String(value), context }
}

/** A snapshot read back, and the names of the steps that brought it to the current version. */
export type Restored<Name extends ChartName> = { snapshot: SnapshotOf<Name>; migratedBy: string[] }

/**
 * Reads a stored snapshot as untrusted input. A version that is not known, a state that is not
 * there and a context that does not fit are problems to be looked at, never a guess.
 */
export function restore<Name extends ChartName>(
  name: Name,
  stored: unknown,
): Result<Restored<Name>> {
  const read = storedSnapshotSchema.safeParse(stored)
  if (!read.success) return refuse(...problemsOf(read.error, 'The stored snapshot'))
  if (read.data.machine !== name)
    return refuse({
      message: `A snapshot of the ${read.data.machine} chart was read as one of the ${name} chart.`,
      pointer: '/machine',
    })
  const current = bringUp(name, read.data)
  if (!current.ok) return current
  const { value, context, migratedBy } = current.value
  const wrong = misfits(name, value, context)
  if (wrong.length > 0) return refuse(...wrong)
  const machine = charts[name].machine as AnyStateMachine
  const snapshot = machine.resolveState({ value, context }) as SnapshotOf<Name>
  return fine({ snapshot, migratedBy })
}

/** Takes a stored snapshot through every step to the current version. */
function bringUp(name: ChartName, stored: StoredSnapshot) {
  const newest = charts[name].version
  const migratedBy: string[] = []
  let now = stored
  while (now.version < newest) {
    const next = migrations[name].find(({ from }) => from === now.version)
    if (!next) break
    now = { ...now, ...next.migrate(now), version: now.version + 1 }
    migratedBy.push(next.name)
  }
  if (now.version === newest) return fine({ ...now, migratedBy })
  return refuse({
    message: `The snapshot is of version ${stored.version} of the ${name} chart; this program knows version ${newest}.`,
    mend:
      stored.version > newest
        ? 'Run the program that wrote it, or a later one.'
        : 'Add the step that migrates it in machines/versions/migrations.ts.',
    pointer: '/version',
  })
}

function misfits(name: ChartName, value: string, context: unknown) {
  const states = statesOf(name)
  if (!states.includes(value))
    return [
      {
        message: `The ${name} chart has no state "${value}".${didYouMean(value, states)}`,
        mend: 'Look at the events of the case; never write a state by hand.',
        pointer: '/value',
      },
    ]
  const fits = contextSchemaOf(name).safeParse(context)
  if (!fits.success) return problemsOf(fits.error, 'The stored context', 'context')
  const contradicts = name === 'referral' ? contradiction(value, context as ReferralContext) : ''
  return contradicts ? [{ message: contradicts, pointer: '/context' }] : []
}

/** A state and a context that cannot both be true. */
function contradiction(value: string, { heldFrom, holds, decision, given }: ReferralContext) {
  if (value === 'onHold' && heldFrom === null)
    return 'A case on hold does not say where the hold began.'
  if (value === 'onHold' && holds.length === 0) return 'A case on hold has no hold.'
  if (['decided', 'offering'].includes(value) && decision === null)
    return `A case in "${value}" has no decision.`
  if (['delivering', 'reconsidering'].includes(value) && !given)
    return `A case in "${value}" has no disposal that was given.`
  return ''
}

const problemsOf = (error: z.ZodError, what: string, ...under: string[]) =>
  error.issues.map(({ message, path }) => ({
    message: `${what} does not fit: ${message}`,
    pointer: pointer(...under, ...path.map(String)),
  }))
