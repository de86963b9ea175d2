import { closest, distance } from 'fastest-levenshtein'

/** Something a person wrote that cannot be used as it is, said so that they can mend it. */
export type Problem = {
  /** What is wrong, in one sentence. */
  message: string
  /** How to mend it. */
  mend?: string
  /** Where in a file; line and column start at 1. */
  file?: string
  line?: number
  column?: number
  /** Where in a JSON document (RFC 6901). */
  pointer?: string
}

/** A value, or the reasons why there is none. Expected things are returned; only bugs throw. */
export type Result<T> = { ok: true; value: T } | { ok: false; problems: Problem[] }

export const fine = <T>(value: T): Result<T> => ({ ok: true, value })
export const refuse = (...problems: Problem[]): Result<never> => ({ ok: false, problems })

/** ` Did you mean "x"?` when something near enough exists, else nothing. */
export function didYouMean(written: string, known: readonly string[]): string {
  if (known.length === 0) return ''
  const lower = written.toLowerCase()
  const nearest = closest(
    lower,
    known.map((one) => one.toLowerCase()),
  )
  // A short word may differ in two letters, a long one in a third of them.
  const most = written.length < 12 ? 2 : written.length / 3
  if (distance(lower, nearest) > most) return ''
  return ` Did you mean "${known.find((one) => one.toLowerCase() === nearest)}"?`
}

/** A JSON Pointer from path segments. */
export function pointer(...segments: (string | number)[]): string {
  return segments.map((s) => `/${String(s).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')
}
