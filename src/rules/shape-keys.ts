import type { z } from 'zod'
import { didYouMean, type Problem } from '../domain/problem.ts'
import { mendMissing } from './shape-words.ts'
import { type Path, valueAt, type YamlFile } from './yaml-file.ts'

type Issue = z.core.$ZodIssue

/** Keys that stand for a missing one, which is one mistake and not two: unknown path to its name. */
export type Misspelt = ReadonlyMap<string, string>

const keyOf = (path: readonly PropertyKey[]): string => JSON.stringify(path)

/** Finds the unknown keys that are near to a key missing beside them. */
export function misspeltKeys(yaml: YamlFile, issues: readonly Issue[]): Misspelt {
  const missing = issues.filter(({ path }) => valueAt(yaml.value, path as Path) === undefined)
  const found = new Map<string, string>()
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys' || missing.length === 0) continue
    const beside = missing
      .filter(({ path }) => keyOf(path.slice(0, -1)) === keyOf(issue.path))
      .map(({ path }) => String(path.at(-1)))
    for (const key of issue.keys) {
      const meant = beside.find((one) => didYouMean(key, [one]) !== '')
      if (meant) found.set(keyOf([...issue.path, key]), meant)
    }
  }
  return found
}

/** The problem of a key that the schema does not have at this place. */
export function unknownKey(
  yaml: YamlFile,
  path: Path,
  misspelt: Misspelt,
  known: readonly string[],
): Problem {
  const key = String(path.at(-1))
  const meant = misspelt.get(keyOf(path))
  const comma = valueAt(yaml.value, path) === null && / |^\d/.test(key)
  return yaml.problem(
    path,
    `I don't know the key "${key}" here.${didYouMean(key, meant ? [meant] : known)}`,
    comma ? 'Inside { } a comma ends the text: put quotes around the whole text.' : listed(known),
    'key',
  )
}

/** The problems of keys that are not there: one for each place, however many are missing. */
export function missingKeys(
  yaml: YamlFile,
  missing: readonly Issue[],
  misspelt: Misspelt,
  keysAt: (path: Path) => string[],
): Problem[] {
  const places = new Map<string, Issue[]>()
  for (const issue of missing) {
    const place = keyOf(issue.path.slice(0, -1))
    const written = [...misspelt].some(
      ([path, name]) =>
        keyOf(JSON.parse(path).slice(0, -1)) === place && name === issue.path.at(-1),
    )
    if (!written) places.set(place, [...(places.get(place) ?? []), issue])
  }
  return [...places.values()].map((issues) => {
    const place = (issues[0]?.path ?? []).slice(0, -1) as Path
    const names = issues.map(({ path }) => `"${String(path.at(-1))}"`)
    const [only] = issues
    return names.length === 1 && only
      ? yaml.problem(
          place,
          `${names[0]} is missing.`,
          mendMissing(only.path.at(-1), only) ?? listed(keysAt(place)),
          'key',
        )
      : yaml.problem(
          place,
          `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are missing.`,
          'Copy them from one that is like it. Was something cut off?',
          'key',
        )
  })
}

const listed = (keys: readonly string[]): string | undefined =>
  keys.length > 0 ? `The keys here are: ${keys.join(', ')}.` : undefined

/** The keys that the schema knows at a path, for "did you mean". */
export function knownKeys(schema: z.ZodType, path: Path): string[] {
  type Node = { def: Record<string, unknown> } | undefined
  const unwrapped = (node: Node): Node =>
    node && ['optional', 'default', 'nullable'].includes(String(node.def.type))
      ? unwrapped(node.def.innerType as Node)
      : node
  let at = unwrapped(schema as unknown as Node)
  for (const step of path) {
    const { type, shape, element, valueType } = at?.def ?? {}
    if (type === 'object') at = (shape as Record<string, Node>)[String(step)]
    else if (type === 'array') at = element as Node
    else if (type === 'record') at = valueType as Node
    else return []
    at = unwrapped(at)
  }
  return at?.def.type === 'object' ? Object.keys(at.def.shape as object) : []
}
