import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import { readText } from './read-text.ts'
import { misreadOf } from './yaml-errors.ts'
import { costlyText, hazardsOf } from './yaml-hazards.ts'

/** One file of the rules folder as read from disk. */
export type SourceFile = { path: string; bytes: Uint8Array }

export type Path = readonly (string | number)[]

/** A parsed YAML file that can still say where each thing stands. */
export type YamlFile = {
  file: string
  value: unknown
  /** A problem at a place: of a key with `key`, else of its value. */
  problem(path: Path, message: string, mend?: string, at?: 'key' | 'value'): Problem
}

/**
 * Reads bytes as one YAML 1.2 document: UTF-8 without a byte order mark, at most 256 KiB, no
 * aliases, tags or repeated keys. Answers `yes`, `no` and dates stay text.
 */
export function readYaml({ path: file, bytes }: SourceFile): Result<YamlFile> {
  const text = readText(file, bytes)
  if (!text.ok) return text
  const costly = costlyText(text.value)
  const lines = new LineCounter()
  // Repeated keys are looked for afterwards: the parser's own search takes the square of their number.
  const document = parseDocument(costly ? '' : text.value, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    uniqueKeys: false,
  })
  const misread = costly ?? misreadOf(document, text.value)
  const wrong = misread ? [misread] : hazardsOf(document, text.value)
  if (wrong.length > 0)
    return refuse(
      ...wrong.map(({ offset, message, mend }) => ({
        file,
        ...placeOf(text.value, offset),
        message,
        mend,
      })),
    )
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  if (value === null || value === undefined) return refuse(emptiness(file, text.value))
  return fine({
    file,
    value,
    problem: (path, message, mend, at = 'value') => {
      const { line, col } = lines.linePos(offsetOf(document, path, at))
      return { file, line, column: col, message: shortened(message), ...(mend ? { mend } : {}) }
    },
  })
}

/** A message that quotes something very long is cut, so that it can still be read. */
const shortened = (text: string) => (text.length <= 1000 ? text : `${text.slice(0, 999)}…`)

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}

function emptiness(file: string, text: string): Problem {
  return {
    file,
    line: 1,
    column: 1,
    message:
      text.trim() === '' ? 'The file is empty.' : 'There is nothing in the file but comments.',
    mend: 'Copy one that is like it and fill it in, or go back to an earlier version.',
  }
}

/** Where the thing at a path begins, or the last thing on the way that is there. */
function offsetOf(document: Document, path: Path, at: 'key' | 'value'): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === step)
      if (!pair) break
      node = pair.value
      const own = at === 'key' && depth === path.length - 1 ? undefined : startOf(node)
      offset = own ?? startOf(pair.key) ?? offset
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      offset = startOf(node) ?? offset
    } else break
  }
  return offset
}

const startOf = (node: unknown): number | undefined =>
  (node as { range?: [number, number, number] | null } | null | undefined)?.range?.[0]

/** The value at a path, through own properties only. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      at !== null && typeof at === 'object' && Object.hasOwn(at, step)
        ? (at as Record<string | number, unknown>)[step]
        : undefined,
    value,
  )
}
