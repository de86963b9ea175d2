/**
 * How many of what is long by nature: a few in `npm test`, all in `npm run test:faults`, which runs
 * the files that use this (vitest.config.ts). Both draw from one seed, so the few are among the many.
 */
export const amount = (few: number, all: number): number =>
  process.env.AMOUNT === 'all' ? all : few

/** A tenth in `npm test`, all in `npm run test:faults`: for properties over many values. */
export const partOf = (all: number): number => amount(Math.ceil(all / 10), all)

/** So many of a list, evenly from its beginning to its end. */
export const evenly = <T>(all: readonly T[], few: number): T[] => {
  const step = Math.max(1, all.length / amount(few, all.length))
  return Array.from(
    { length: Math.ceil(all.length / step) },
    (_, i) => all[Math.floor(i * step)] as T,
  )
}
