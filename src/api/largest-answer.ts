import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'

/** What one recommendation may hold as it is sent, in bytes. */
export const largestAnswer = 12 * 1024 * 1024

/**
 * An answer as JSON, where it is not larger than one answer may be.
 * @param most in bytes
 */
export function smallEnough(value: unknown, most = largestAnswer): Result<string> {
  const text = JSON.stringify(value)
  // No character has more than three bytes for each half of it that counts.
  const fits = text.length * 3 <= most || Buffer.byteLength(text) <= most
  return fits ? fine(text) : refuse(tooLarge(most))
}

/** A number of bytes, for people. */
export const inMiB = (bytes: number): string => `${Math.floor(bytes / 1024 / 1024)} MiB`

const tooLarge = (most: number): Problem => ({
  message: `The answer would have more than ${inMiB(most)}.`,
  mend: 'Ask with fewer offences or victims at a time, or with shorter texts.',
})
