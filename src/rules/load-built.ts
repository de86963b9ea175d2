import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fine, type Result } from '../domain/problem.ts'
import { readBuilt, sha256 } from './built-policy.ts'
import { checkFolder } from './check.ts'
import type { Policy } from './policy.ts'
import { type ReadFolder, readFolder } from './read-folder.ts'

/**
 * Takes the policy that the build wrote down where it is the policy of a rules folder, and else
 * parses. With read-folder.ts the only place of `src/rules` that touches the disk.
 */

/** Where the code was compiled to: `dist`. Sources that were not compiled have no built policy. */
const ownCode = fileURLToPath(new URL('../..', import.meta.url))

/** The built policy lies beside the code that checked it. */
export const builtFileOf = (compiled: string): string => join(compiled, 'policy.json')

/** A digest of all code that decides what a rules folder means: no other reads it the same way. */
export function codeDigest(compiled: string = ownCode): string {
  const folders = ['src/rules', 'src/domain'].map((name) => join(compiled, name))
  const code = folders.flatMap((folder) =>
    (readdirSync(folder, { recursive: true }) as string[])
      .filter((name) => name.endsWith('.js'))
      .sort()
      .map((name) => `${name} ${sha256(readFileSync(join(folder, name)))}`),
  )
  return sha256(code.join('\n'))
}

/**
 * The policy of a rules folder, for whoever goes by the rules and does not judge the folder.
 * @param compiled the folder of compiled code whose built policy is looked at
 */
export function usePolicy(folder: string, compiled: string = ownCode): Result<Policy> {
  const read = readFolder(folder)
  const built = builtOf(read, compiled)
  return built ? fine(built) : checkFolder(read)
}

/** The built policy, where there is one and it was made of just what was read by this code. */
export function builtOf(
  { files, problems }: ReadFolder,
  compiled: string = ownCode,
): Policy | undefined {
  const file = builtFileOf(compiled)
  return problems.length === 0 && existsSync(file)
    ? readBuilt(readFileSync(file, 'utf8'), files, codeDigest(compiled))
    : undefined
}
