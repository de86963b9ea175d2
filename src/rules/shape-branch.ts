import type { z } from 'zod'
import { didYouMean } from '../domain/problem.ts'

type Issue = z.core.$ZodIssue

/** The kinds of value that a union takes, where the value is of none of them. */
export function expectedKinds(branches: readonly Issue[][]): string[] | undefined {
  const kinds = branches.map(([issue]) =>
    issue?.code === 'invalid_type' && issue.path.length === 0 ? issue.expected : undefined,
  )
  const known = kinds.filter((kind) => kind !== undefined && kind !== 'null')
  return kinds.includes(undefined) ? undefined : (known as string[])
}

/** The branch of a union that a person most likely meant, by what is wrong with each. */
export function nearestBranch(branches: readonly Issue[][], value: unknown): Issue[] {
  const [nearest] = [...branches].sort((a, b) => misses(a, value) - misses(b, value))
  return nearest ?? []
}

/** How far a value is from a branch: above all, whether it is of the right kind at all. */
function misses(branch: readonly Issue[], value: unknown): number {
  return branch.reduce((sum, issue) => sum + missesOf(issue, value), 0)
}

function missesOf(issue: Issue, value: unknown): number {
  const whole = issue.path.length === 0
  if (whole && issue.code === 'invalid_type') return 100
  // A fixed word was meant only if what was written is near to it.
  if (whole && issue.code === 'invalid_value')
    return didYouMean(String(value), issue.values.map(String)) === '' ? 10 : 0
  return issue.code === 'unrecognized_keys' ? 2 : 1
}
