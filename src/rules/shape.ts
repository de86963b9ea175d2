import type { z } from 'zod'
import { didYouMean, fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import { nearestBranch } from './shape-branch.ts'
import { mendMissing, misfitWords } from './shape-words.ts'
import type { Path, YamlFile } from './yaml-file.ts'

type Issue = z.core.$ZodIssue

/** A part of a file whose problems are already said in better words than the schema has. */
export type Explained = { path: Path; problems: Problem[] }

/** Checks a parsed file against its schema; every misfit becomes a problem with line and column. */
export function readShape<T>(
  yaml: YamlFile,
  schema: z.ZodType<T>,
  explained: Explained[] = [],
): Result<T> {
  const parsed = schema.safeParse(yaml.value)
  if (parsed.success && explained.length === 0) return fine(parsed.data)
  return refuse(...shapeProblems(yaml, schema, [], explained))
}

/** The problems of one part of a file, read by the schema of that part. */
export function shapeProblems(
  yaml: YamlFile,
  schema: z.ZodType,
  base: Path,
  explained: Explained[] = [],
): Problem[] {
  const { error } = schema.safeParse(valueAt(yaml.value, base))
  const issues = (error?.issues ?? []).map((issue) => ({
    ...issue,
    path: [...base, ...issue.path],
  })) as Issue[]
  const unexplained = issues.filter(
    ({ path }) => !explained.some((part) => part.path.every((step, i) => path[i] === step)),
  )
  const misspelt = misspeltKeys(yaml, unexplained)
  return [
    ...explained.flatMap(({ problems }) => problems),
    ...unexplained
      .filter((issue) => !misspelt.has(JSON.stringify(issue.path)))
      .flatMap((issue) => issueProblems(yaml, { schema, base, missing: misspelt }, issue)),
  ]
}

type Reading = { schema: z.ZodType; base: Path; missing: ReadonlyMap<string, string> }

function issueProblems(yaml: YamlFile, reading: Reading, issue: Issue): Problem[] {
  const path = issue.path as Path
  if (issue.code === 'invalid_union') {
    const inner = nearestBranch(issue.errors, valueAt(yaml.value, path)).map(
      (one) => ({ ...one, path: [...path, ...one.path] }) as Issue,
    )
    if (inner.length > 0) return inner.flatMap((one) => issueProblems(yaml, reading, one))
  }
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(yaml, reading, path, key))
  const value = valueAt(yaml.value, path)
  const last = path.at(-1)
  if (value === undefined)
    return [
      yaml.problem(path.slice(0, -1), `${nameOf(path)} is missing.`, mendMissing(last), 'key'),
    ]
  if (value === null)
    return [yaml.problem(path, `${nameOf(path)} is empty.`, mendMissing(last), 'key')]
  const { message, mend } = misfitWords(issue, value)
  const at = issue.code === 'invalid_key' || Array.isArray(value) ? 'key' : 'value'
  return [yaml.problem(path, `${nameOf(path)} ${message}`, mend, at)]
}

function unknownKey(yaml: YamlFile, reading: Reading, path: Path, key: string): Problem {
  const known = knownKeys(reading.schema, path.slice(reading.base.length))
  const missing = reading.missing.get(JSON.stringify([...path, key]))
  const comma = valueAt(yaml.value, [...path, key]) === null && / |^\d/.test(key)
  return yaml.problem(
    [...path, key],
    `I don't know the key "${key}" here.${didYouMean(key, missing ? [missing] : known)}`,
    comma
      ? 'Inside { } a comma ends the text: put quotes around the whole text.'
      : known.length > 0
        ? `The keys here are: ${known.join(', ')}.`
        : undefined,
    'key',
  )
}

/**
 * Unknown keys that stand for a missing one: one mistake, not two. Holds the path of the unknown
 * key with the name it should have, and the path of the missing one.
 */
function misspeltKeys(yaml: YamlFile, issues: readonly Issue[]): Map<string, string> {
  const pairs = new Map<string, string>()
  const missing = issues.filter(({ path }) => valueAt(yaml.value, path as Path) === undefined)
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue
    for (const key of issue.keys) {
      const meant = missing.find(
        ({ path }) =>
          path.length === issue.path.length + 1 &&
          issue.path.every((step, i) => path[i] === step) &&
          didYouMean(key, [String(path.at(-1))]) !== '',
      )
      if (!meant) continue
      pairs.set(JSON.stringify([...issue.path, key]), String(meant.path.at(-1)))
      pairs.set(JSON.stringify(meant.path), key)
    }
  }
  return pairs
}

const nameOf = (path: Path): string => {
  const last = path.at(-1)
  if (typeof last === 'string') return `"${last}"`
  return last === undefined ? 'The file' : `Item ${last + 1} of "${path.at(-2)}"`
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      at !== null && typeof at === 'object' && Object.hasOwn(at, step)
        ? (at as Record<string | number, unknown>)[step]
        : undefined,
    value,
  )
}

/** The keys that the schema knows at a path, for "did you mean". */
function knownKeys(schema: z.ZodType, path: Path): string[] {
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
