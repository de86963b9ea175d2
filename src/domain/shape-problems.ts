import type { z } from 'zod'
import { didYouMean, type Problem, pointer } from './problem.ts'

type Path = readonly (string | number)[]

/**
 * What a schema found wrong, in plain sentences with a pointer to each. What was sent is never
 * quoted, since it may name a child; of a word that is not on a list, the nearest on it is named.
 * @param given what the schema was given, to tell what is missing from what does not fit
 */
export function shapeProblems(error: z.ZodError | undefined, given: unknown): Problem[] {
  return (error?.issues ?? []).map(innermost).flatMap((issue) => {
    const path = issue.path as Path
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey([...path, key]))
    return [{ ...sentence(issue, path, valueAt(given, path)), pointer: pointer(...path) }]
  })
}

export const unknownKey = (path: Path): Problem => ({
  message: `I don't know the key "${path.at(-1)}" here.`,
  pointer: pointer(...path),
})

/** Inside the member of a union that a value is of the right kind for, else the issue itself. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const inside = issue.errors
    .map(([first]) => first)
    .find((first) => first && first.path.length > 0)
  return inside ? { ...inside, path: [...issue.path, ...inside.path] } : issue
}

function sentence(issue: z.core.$ZodIssue, path: Path, value: unknown): Problem {
  const subject = subjectOf(path)
  if (value === undefined) return { message: `${subject} is missing.` }
  const options = optionsOf(issue)
  if (options.length > 0)
    return {
      message: `${subject} must be ${oneOf(options)}.${typeof value === 'string' ? didYouMean(value, options) : ''}`,
    }
  if (!ownWords.test(issue.message)) return { message: `${subject} ${issue.message}.` }
  return { message: `${subject} ${needs(issue)}.` }
}

/** How zod begins where a schema brings no words of its own. */
const ownWords = /^(Invalid|Too small|Too big)/

function subjectOf(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'The body'
  if (typeof last === 'string') return `"${last}"`
  const list = path.findLast((step) => typeof step === 'string')
  return `Entry ${last + 1}${list === undefined ? '' : ` of "${list}"`}`
}

/** The words of a fixed list, where the issue is about one. */
function optionsOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  const { options } = issue as { options?: readonly unknown[] }
  return (options ?? []).map(String)
}

const oneOf = (options: readonly string[]): string =>
  options.length === 1 ? `"${options[0]}"` : `one of: ${options.join(', ')}`

/** What is asked for, in words that need no knowledge of programs. */
function needs(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${kind(issue.expected)}`
  if (issue.code === 'too_small') return atLeast(issue)
  if (issue.code === 'too_big') return atMost(issue)
  if (issue.code === 'invalid_format' && issue.format === 'datetime')
    return 'must be an instant, written 2026-11-02T09:00:00Z'
  if (issue.code !== 'invalid_union') return 'does not have the form that is needed here'
  const kinds = issue.errors.flatMap(([first]) =>
    first?.code === 'invalid_type' && first.path.length === 0 ? [kind(first.expected)] : [],
  )
  return kinds.length > 0 ? `must be ${kinds.join(' or ')}` : 'does not fit here'
}

function atLeast({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'string') return minimum === 1 ? 'is empty' : `must have ${minimum} characters`
  if (origin === 'array') return `must hold at least ${minimum}`
  return `must be ${minimum} or more`
}

function atMost({ origin, maximum }: z.core.$ZodIssueTooBig): string {
  if (origin === 'string') return `may have at most ${maximum} characters`
  if (origin === 'array') return `may hold at most ${maximum}`
  return `must be ${maximum} or less`
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
}
const kind = (expected: string): string => kinds[expected] ?? 'something else'

function valueAt(given: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    given,
  )
}
