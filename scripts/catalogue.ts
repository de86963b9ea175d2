import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { problemText } from '../src/cli/output.ts'
import type { Result } from '../src/domain/problem.ts'
import { loadPolicy } from '../src/rules/check.ts'
import type { Policy } from '../src/rules/policy.ts'

/** The project's own rules, or an end with the problems that they have. */
export const ownPolicy = (folder = 'rules'): Policy => orThrow(loadPolicy(folder))

/** A value, or an error that says why there is none. For scripts and tests only. */
export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(result.problems.map(problemText).join('\n'))
}

/** A YAML file that is ours and trusted; its type is the caller's to say. */
export const readOwnYaml = <T>(path: string): T => parse(readFileSync(path, 'utf8')) as T
