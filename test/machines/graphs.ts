import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate'
import { getAdjacencyMap, getShortestPaths, getSimplePaths } from 'xstate/graph'
import { type ChartName, charts } from '../../machines/charts.ts'
import type { WaymarkEvent } from '../../src/domain/events.ts'
import { samples } from './samples.ts'

/**
 * A bounded set of events: the samples by name. A second hold and a report of one offence among
 * several only multiply what is there.
 */
export const eventsOf = (name: ChartName, keep: (sample: string) => boolean = () => true) =>
  Object.entries(samples[name])
    .filter(([sample]) => keep(sample) && !multiplies.includes(sample))
    .map(([, event]) => event as WaymarkEvent)

const multiplies = ['case.held, once more', 'police.reported, of some']

const machineOf = (name: ChartName) => charts[name].machine as AnyStateMachine

/** The shortest path to everything that can be reached by these events. */
export const shortestPaths = (name: ChartName, events: WaymarkEvent[]) =>
  getShortestPaths(machineOf(name), { events, limit: 2_000_000 })

export const simplePaths = (name: ChartName, events: WaymarkEvent[]) =>
  getSimplePaths(machineOf(name), { events, limit: 2_000_000 })

/** The states that can be reached by these events. */
export const reachable = (name: ChartName, events: WaymarkEvent[]): Set<string> =>
  new Set(standingsOf(name, events).map(([, { state }]) => String(state.value)))

const walk = (name: ChartName, events: WaymarkEvent[]) =>
  Object.entries(getAdjacencyMap(machineOf(name), { events, limit: 2_000_000 }))

/** What was walked through last: several questions are asked of the same chart and events. */
let walked: { key: string; standings: ReturnType<typeof walk> } | undefined

function standingsOf(name: ChartName, events: WaymarkEvent[]): ReturnType<typeof walk> {
  const key = JSON.stringify([name, events])
  if (walked?.key !== key) walked = { key, standings: walk(name, events) }
  return walked.standings
}

/** Every standing that these events can lead to, and from which of them no last state can be reached. */
export function deadEnds(name: ChartName, events: WaymarkEvent[], last: readonly string[]) {
  const standings = standingsOf(name, events)
  const before = new Map<string, string[]>()
  for (const [key, { transitions }] of standings)
    for (const { state } of Object.values(transitions) as { state: AnyMachineSnapshot }[]) {
      const to = keyOf(state)
      before.set(to, [...(before.get(to) ?? []), key])
    }
  const open = standings.filter(([, { state }]) => last.includes(String(state.value)))
  const ends = new Set(open.map(([key]) => key))
  for (const key of ends) for (const earlier of before.get(key) ?? []) ends.add(earlier)
  const dead = standings.filter(([key]) => !ends.has(key))
  return { looked: standings.length, dead: dead.map(([, { state }]) => String(state.value)) }
}

/** As XState keys its map. */
const keyOf = ({ value, context }: { value: unknown; context: unknown }) =>
  JSON.stringify({ value, context })
