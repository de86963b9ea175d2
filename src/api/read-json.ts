import { visit } from 'jsonc-parser'
import type { z } from 'zod'
import { fine, type Problem, pointer, type Result, refuse } from '../domain/problem.ts'
import { shapeProblems, unknownKey } from '../domain/shape-problems.ts'

/** Why a body cannot be used: malformed (400) or well-formed but wrong (422). */
export type Unusable = { kind: 'malformed' | 'cannot-be-used'; problems: Problem[] }

const deepest = 64

/**
 * Reads bytes as JSON, more strictly than JSON.parse: UTF-8 without a byte order mark, at most 64
 * levels deep, no key twice in an object (JSON.parse silently keeps the last), no half characters.
 */
export function parseJson(bytes: Uint8Array): Result<unknown> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return refuse({ message: 'The body is not UTF-8 text.' })
  }
  if (bracketsDeep(text) > deepest)
    return refuse({ message: `The body is nested more than ${deepest} levels deep.` })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse({ message: 'The body is not JSON.' })
  }
  const problems = keysTwice(text)
  if (hasHalfCharacter(value))
    problems.push({ message: 'A text holds half a character (a lone surrogate).' })
  return problems.length > 0 ? refuse(...problems) : fine(value)
}

/** Reads bytes as JSON of one shape; unknown keys are refused. */
export function readJson<T>(
  bytes: Uint8Array,
  schema: z.ZodType<T>,
): { ok: true; value: T } | ({ ok: false } & Unusable) {
  const parsed = parseJson(bytes)
  if (!parsed.ok) return { ok: false, kind: 'malformed', problems: parsed.problems }
  const read = schema.safeParse(parsed.value)
  // zod passes over a key called __proto__ in silence.
  const problems = [
    ...pathsOfProto(parsed.value).map(unknownKey),
    ...shapeProblems(read.error, parsed.value),
  ]
  if (read.success && problems.length === 0) return { ok: true, value: read.data }
  return { ok: false, kind: 'cannot-be-used', problems: unique(problems) }
}

function pathsOfProto(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === '__proto__' ? [[...path, key]] : []),
    ...pathsOfProto(inner, [...path, key]),
  ])
}

const unique = (problems: readonly Problem[]): Problem[] => [
  ...new Map(
    problems.map((problem) => [`${problem.pointer} ${problem.message}`, problem]),
  ).values(),
]

function bracketsDeep(text: string): number {
  let depth = 0
  let most = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (quoted) {
      if (character === '\\') i++
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '[' || character === '{') most = Math.max(most, ++depth)
    else if (character === ']' || character === '}') depth--
  }
  return most
}

function keysTwice(text: string): Problem[] {
  const problems: Problem[] = []
  const open: Set<string>[] = []
  visit(text, {
    onObjectBegin: () => {
      open.push(new Set())
    },
    onObjectEnd: () => {
      open.pop()
    },
    onObjectProperty: (key, _offset, _length, _line, _column, path) => {
      const keys = open.at(-1)
      if (keys?.has(key))
        problems.push({
          message: `The key "${key}" stands twice.`,
          pointer: pointer(...path(), key),
        })
      keys?.add(key)
    },
  })
  return problems
}

function hasHalfCharacter(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([key, inner]) => hasHalfCharacter(key) || hasHalfCharacter(inner),
  )
}
