/** How everything here is measured: in turns, warm, medians; as ratios, for times alone mislead. */

/** One line of the table: what was measured, and beside which peer of the same run. */
export type Line = {
  group: string
  what: string
  peer: string
  /** How many times the peer's; more is slower, but for `more-is-better`. */
  ratio: number
  kind: 'more-is-slower' | 'more-is-better'
  /** The ratio that was aimed at; null where the line is there for its own sake. */
  target: number | null
  value: number
  peerValue: number
  unit: string
}

export type Subject = () => unknown
export type Times = ReadonlyMap<string, readonly number[]>

/**
 * Runs each subject in turn, again and again, so that a slow minute is slow for all of them.
 * @returns the microseconds of every run after the warm ones, by the subject's name
 */
export async function inTurns(
  subjects: Readonly<Record<string, Subject>>,
  { rounds, warm }: { rounds: number; warm: number },
): Promise<Times> {
  const times = new Map(Object.keys(subjects).map((name) => [name, [] as number[]]))
  for (let round = -warm; round < rounds; round += 1)
    for (const [name, run] of Object.entries(subjects)) {
      const start = process.hrtime.bigint()
      await run()
      const took = Number(process.hrtime.bigint() - start) / 1_000
      if (round >= 0) times.get(name)?.push(took)
    }
  return times
}

/** The value that a part of all values lies under: 0.5 gives the median. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** A line that compares two subjects of one measurement at their medians. */
export function compare(
  times: Times,
  what: string,
  peer: string,
  { group, target = null }: { group: string; target?: number | null },
): Line {
  const value = median(times.get(what) ?? [])
  const peerValue = median(times.get(peer) ?? [])
  const ratio = value / peerValue
  return {
    group,
    what,
    peer,
    ratio,
    kind: 'more-is-slower',
    target,
    value,
    peerValue,
    unit: 'µs',
  }
}
