import type { z } from 'zod'
import { fine, type Problem, type Result, refuse } from '../domain/problem.ts'
import { expectedKinds, nearestBranch } from './shape-branch.ts'
import { knownKeys, type Misspelt, missingKeys, misspeltKeys, unknownKey } from './shape-keys.ts'
import { kindWords, mendMissing, misfitWords } from './shape-words.ts'
import { type Path, valueAt, type YamlFile } from './yaml-file.ts'

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
  const issues = (error?.issues ?? [])
    .flatMap((issue) => plainIssues(yaml, { ...issue, path: [...base, ...issue.path] } as Issue))
    .filter(({ path }) => !explained.some((part) => startsWith(path as Path, part.path)))
  const misspelt = misspeltKeys(yaml, issues)
  const keysAt = (path: Path) => knownKeys(schema, path.slice(base.length))
  const missing = issues.filter(({ path }) => isMissing(yaml, path as Path))
  return [
    ...explained.flatMap(({ problems }) => problems),
    ...missingKeys(yaml, missing, misspelt, keysAt),
    ...issues
      .filter((issue) => !missing.includes(issue))
      .flatMap((issue) => issueProblems(yaml, issue, misspelt, keysAt)),
  ]
}

/** An issue as it is, or what is wrong with the branch of a union that was most likely meant. */
function plainIssues(yaml: YamlFile, issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || expectedKinds(issue.errors)) return [issue]
  const inner = nearestBranch(issue.errors, valueAt(yaml.value, issue.path as Path))
  return inner.length === 0
    ? [issue]
    : inner.flatMap((one) =>
        plainIssues(yaml, { ...one, path: [...issue.path, ...one.path] } as Issue),
      )
}

function issueProblems(
  yaml: YamlFile,
  issue: Issue,
  misspelt: Misspelt,
  keysAt: (path: Path) => string[],
): Problem[] {
  const path = issue.path as Path
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(yaml, [...path, key], misspelt, keysAt(path)))
  const value = valueAt(yaml.value, path)
  if (value === null)
    return [yaml.problem(path, `${nameOf(path)} is empty.`, mendMissing(path.at(-1), issue), 'key')]
  const kinds = issue.code === 'invalid_union' ? expectedKinds(issue.errors) : undefined
  const { message, mend } = kinds ? kindWords(kinds, value) : misfitWords(issue, value)
  const at = issue.code === 'invalid_key' || Array.isArray(value) ? 'key' : 'value'
  return [yaml.problem(path, `${nameOf(path)} ${message}`, mend, at)]
}

const isMissing = (yaml: YamlFile, path: Path): boolean =>
  path.length > 0 && valueAt(yaml.value, path) === undefined

const startsWith = (path: Path, start: Path): boolean => start.every((step, i) => path[i] === step)

const nameOf = (path: Path): string => {
  const last = path.at(-1)
  if (typeof last === 'string') return `"${last}"`
  return last === undefined ? 'The file' : `Item ${last + 1} of "${path.at(-2)}"`
}
