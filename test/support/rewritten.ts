import { parse, stringify } from 'yaml'
import type { SourceFile } from '../../src/rules/yaml-file.ts'

/** A value with the keys of every map turned round; lists keep their order, which has a meaning. */
export function turned<T>(value: T): T {
  if (Array.isArray(value)) return value.map(turned) as T
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, inner]) => [key, turned(inner)] as const)
  return Object.fromEntries(entries.reverse()) as T
}

/** The same files written again by somebody else: keys in another order, other wrapping, comments. */
export function rewritten(files: readonly SourceFile[]): SourceFile[] {
  return files.map((file) => {
    if (!file.path.endsWith('.yaml')) return file
    const value = turned(parse(new TextDecoder().decode(file.bytes)))
    // Examples come last in a rule, so that a file that was cut short is noticed.
    if (!Array.isArray(value) && 'examples' in value) {
      const { examples, ...rest } = value
      return { ...file, bytes: written({ ...rest, examples }) }
    }
    return { ...file, bytes: written(value) }
  })
}

const written = (value: unknown) =>
  new TextEncoder().encode(`# Written again.\n${stringify(value)}`)
