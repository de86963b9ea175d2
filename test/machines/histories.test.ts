import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type AnyStateMachine, initialTransition, transition } from 'xstate'
import { type ChartName, chartNames, charts, type SnapshotOf } from '../../machines/charts.ts'
import { open, step } from '../../machines/step.ts'
import { migrations } from '../../machines/versions/migrations.ts'
import { referralMachine1 } from '../../machines/versions/referral-1.ts'
import type { StoredSnapshot } from '../../machines/versions/stored.ts'
import { keep, restore } from '../../machines/versions.ts'
import { eventSchema, openingEvents, type WaymarkEvent } from '../../src/domain/events.ts'

/** Histories as they were recorded under a version. They are kept for ever and never edited. */
type History = {
  machine: ChartName
  version: number
  says: string
  events: WaymarkEvent[]
  endsAt: StoredSnapshot
  migratedBy?: string[]
  then?: { events: WaymarkEvent[]; endsAt: StoredSnapshot }
}

const folder = new URL('histories/', import.meta.url)
const histories = readdirSync(folder).map((file): [string, History] => [
  file,
  JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
])
const current = histories.filter(([, { machine, version }]) => version === charts[machine].version)
const earlier = histories.filter(([, { machine, version }]) => version < charts[machine].version)

/** Charts of earlier versions, frozen as they were. */
const frozen: Record<string, AnyStateMachine> = { 'referral 1': referralMachine1 }

function replay(name: ChartName, from: SnapshotOf<ChartName>, events: WaymarkEvent[]) {
  const effects: unknown[] = []
  let now = from
  for (const event of events) {
    const answer = step(name, now as never, event as never)
    if (!answer.ok) throw new Error(`${event.type}: ${answer.refusal.why}`)
    now = answer.snapshot
    effects.push(answer.effects)
  }
  return { endsAt: keep(name, now as never), effects }
}

describe.each(current)('%s', (_, { machine, events, endsAt }) => {
  const [first, ...steps] = events

  it('begins with the event that opens a history of its chart', () => {
    expect(first?.type).toBe(openingEvents[machine])
  })

  it('comes to the same end whenever it is replayed, with the same effects', () => {
    const once = replay(machine, open(machine), steps)
    expect(once.endsAt).toEqual(endsAt)
    expect(JSON.stringify(replay(machine, open(machine), steps))).toBe(JSON.stringify(once))
  })

  it('can be stopped after any event, stored, restored and carried on', () => {
    let now = open(machine) as SnapshotOf<ChartName>
    for (const event of steps) {
      const back = restore(machine, JSON.parse(JSON.stringify(keep(machine, now as never))))
      if (!back.ok) throw new Error(JSON.stringify(back.problems))
      const answer = step(machine, back.value.snapshot as never, event as never)
      if (!answer.ok) throw new Error(answer.refusal.why)
      now = answer.snapshot
    }
    expect(keep(machine, now as never)).toEqual(endsAt)
  })

  it('holds only events that the vocabulary knows', () => {
    for (const event of events) expect(eventSchema.safeParse(event).error).toBeUndefined()
  })
})

describe.each(earlier)('%s, of an earlier version', (_, { machine, version, ...history }) => {
  it('replays on the chart of its own day', () => {
    const chart = frozen[`${machine} ${version}`]
    if (!chart) throw new Error(`The ${machine} chart of version ${version} is not kept.`)
    let [now] = initialTransition(chart)
    for (const event of history.events) {
      expect(now.can(event)).toBe(true)
      ;[now] = transition(chart, now, event)
    }
    expect(String(now.value)).toBe(history.endsAt.value)
  })

  it('comes up to the current chart by the steps named, and goes on from there', () => {
    const back = restore(machine, history.endsAt)
    if (!back.ok) throw new Error(JSON.stringify(back.problems))
    expect(back.value.migratedBy).toEqual(history.migratedBy)
    const { events = [], endsAt } = history.then ?? {}
    expect(replay(machine, back.value.snapshot, events).endsAt).toEqual(endsAt)
  })
})

it.each(chartNames)('every version of the %s chart has a recorded history', (name) => {
  for (let version = 1; version <= charts[name].version; version += 1)
    expect(histories.some(([, one]) => one.machine === name && one.version === version)).toBe(true)
})

it.each(chartNames)(
  'every step that brings up the %s chart is taken by a recorded history',
  (name) => {
    for (const { name: step, from } of migrations[name]) {
      expect(from).toBeLessThan(charts[name].version)
      expect(earlier.flatMap(([, { migratedBy }]) => migratedBy ?? [])).toContain(step)
    }
  },
)
