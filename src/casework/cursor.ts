import { z } from 'zod'
import { fine, type Result, refuse } from '../domain/problem.ts'

/** A place in a list, opaque to whoever holds it: they hand back what they were given. */
export const cursorSchema = z
  .string()
  .min(1)
  .max(400)
  .optional()
  .describe('As the page before gave it in "next"; the first page when left out')

export const writeCursor = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** Reads a cursor back by the shape it must have. What we did not write is a problem, not a guess. */
export function readCursor<T>(text: string, shape: z.ZodType<T>): Result<T> {
  const read = shape.safeParse(parsed(Buffer.from(text, 'base64url').toString()))
  if (read.success && writeCursor(read.data as never) === text) return fine(read.data)
  return refuse({
    message: 'The cursor is not one that this list gave.',
    mend: 'Hand back "next" of the page before as it is, or leave the cursor out.',
    pointer: '/cursor',
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
