import fc from 'fast-check'

/** One seed for every property; fast-check prints it, with the path to the counterexample. */
export const seed = 20260212

/**
 * Holds a property over many values, the same ones every time. Looking for a smaller counterexample
 * ends after a minute, and the smallest one found until then is shown.
 */
export const always = <T>(
  values: fc.Arbitrary<T>,
  numRuns: number,
  law: (value: T) => Promise<void> | void,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(values, async (value) => law(value)),
    { seed, numRuns, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
  )
