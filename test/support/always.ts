import fc from 'fast-check'

/** One seed for every property; fast-check prints it, with the path to the counterexample. */
export const seed = 20260212

/** How often a smaller counterexample is looked for; the smallest one found until then is shown. */
const mostShrinking = 500

/**
 * Holds a property over the values of one seed, the same ones every time.
 * @param numRuns how many, by `partOf` where they take long
 */
export const always = <T>(
  values: fc.Arbitrary<T>,
  numRuns: number,
  law: (value: T) => Promise<void> | void,
): Promise<void> => {
  let shrinking = 0
  const untilFound = async (value: T) => {
    if (shrinking > 0) shrinking += 1
    // What is not looked at counts as holding: the smallest one found until then is shown.
    if (shrinking > mostShrinking) return
    try {
      await law(value)
    } catch (error) {
      shrinking = Math.max(shrinking, 1)
      throw error
    }
  }
  return fc.assert(fc.asyncProperty(values, untilFound), { seed, numRuns })
}
