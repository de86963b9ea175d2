/**
 * What some work costs, in milliseconds of this process's own time. Not to be held against a number:
 * only against the cost of other work of the same process, which is as slow on a slow machine.
 */
export function effortOf(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** The usual cost of some work: the median of a few times. */
export function usualEffortOf(work: () => unknown): number {
  const all = Array.from({ length: 5 }, () => effortOf(work)).sort((one, other) => one - other)
  return all[2] ?? Number.NaN
}
