import type { z } from 'zod'
import { didYouMean, fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import type { Path, YamlFile } from './yaml-file.ts'

type Issue = z.core.$ZodIssue

/** Checks a parsed file against its schema; every misfit becomes a problem with line and column. */
export function readShape<T>(
  yaml: YamlFile,
  schema: z.ZodType<T>,
  explained: Explained[] = [],
): Result<T> {
  const parsed = schema.safeParse(yaml.value)
  const better = explained.flatMap((part) => part.problems)
  if (parsed.success) return better.length > 0 ? refuse(...better) : fine(parsed.data)
  const rest = parsed.error.issues.filter(
    (issue) => !explained.some(({ path }) => path.every((step, i) => issue.path[i] === step)),
  )
  return refuse(...better, ...rest.flatMap((issue) => shapeProblems(yaml, schema, issue)))
}

/** A part of a file whose problems are already said in better words than the schema has. */
export type Explained = { path: Path; problems: Problem[] }

function shapeProblems(yaml: YamlFile, schema: z.ZodType, issue: Issue): Problem[] {
  const path = issue.path as Path
  if (issue.code === 'invalid_union') {
    const nearest = nearestBranch(issue.errors)
    if (nearest)
      return nearest.flatMap((inner) =>
        shapeProblems(yaml, schema, { ...inner, path: [...path, ...inner.path] } as Issue),
      )
  }
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path)
    return issue.keys.map((key) =>
      yaml.problem(
        [...path, key],
        `I don't know the key "${key}" here.${didYouMean(key, known)}`,
        valueAt(yaml.value, [...path, key]) === null
          ? 'Inside { } a comma ends the text: put quotes around the whole text.'
          : known.length > 0
            ? `The keys here are: ${known.join(', ')}.`
            : undefined,
        'key',
      ),
    )
  }
  const key = nameOf(path)
  if (valueAt(yaml.value, path) === undefined)
    return [
      yaml.problem(
        path.slice(0, -1),
        `${key} is missing.`,
        mendMissing[String(path.at(-1))],
        'key',
      ),
    ]
  return [yaml.problem(path, `${key} ${misfit(issue, valueAt(yaml.value, path))}`)]
}

const mendMissing: Record<string, string> = {
  source: 'Every rule names the law, guidance or protocol it rests on, and the place in it.',
  at: 'Say where in the source: a section, a paragraph, a heading.',
  examples: 'Add three: one where the rule is met, one where it is not, one with the fact missing.',
  because: 'Say why, in at most two sentences, to a clinic member.',
  in_force: 'Write in_force: { from: 2026-04-01 }, or from: not-stated with applied_from.',
}

function misfit(issue: Issue, value: unknown): string {
  const given = `it is ${JSON.stringify(value)?.slice(0, 80)}`
  if (issue.code === 'invalid_type')
    return `must be ${kinds[issue.expected] ?? issue.expected}; ${given}.`
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String)
    return `must be one of: ${known.join(', ')}; ${given}.${didYouMean(String(value), known)}`
  }
  if (issue.code === 'too_small' && issue.origin === 'array')
    return `needs at least ${issue.minimum}; it has ${(value as unknown[]).length}.`
  if (issue.code === 'too_small' && issue.origin === 'string') return 'must not be empty.'
  if (issue.code === 'invalid_format')
    return `must be small letters, figures and hyphens in the usual form; ${given}.`
  return `${issue.message}; ${given}.`
}

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a set of keys',
  record: 'a set of keys',
}

/** The branch of a union that fits best: the one that misses least, by the right kind of value. */
function nearestBranch(branches: Issue[][]): Issue[] | undefined {
  const misses = (branch: Issue[]) =>
    branch.reduce((sum, issue) => {
      const wrongKind = issue.code === 'invalid_type' && issue.path.length === 0
      return sum + (wrongKind ? 100 : issue.code === 'unrecognized_keys' ? 2 : 1)
    }, 0)
  return [...branches].sort((a, b) => misses(a) - misses(b))[0]
}

const nameOf = (path: Path): string => {
  const last = path.at(-1)
  if (typeof last === 'string') return `"${last}"`
  return path.length === 0 ? 'The file' : `Item ${Number(last) + 1} of "${path.at(-2)}"`
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
  let at = schema as unknown as { def: Record<string, unknown> } | undefined
  for (const step of [...path, undefined]) {
    while (at && ['optional', 'default', 'nullable'].includes(String(at.def.type)))
      at = at.def.innerType as typeof at
    if (step === undefined || !at) break
    if (at.def.type === 'object') at = (at.def.shape as Record<string, typeof at>)[String(step)]
    else if (at.def.type === 'array') at = at.def.element as typeof at
    else if (at.def.type === 'record') at = at.def.valueType as typeof at
    else return []
  }
  return at?.def.type === 'object' ? Object.keys(at.def.shape as object) : []
}
