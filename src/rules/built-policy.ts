import { createHash } from 'node:crypto'
import type { OffenceRow } from './catalogue.ts'
import type { Policy } from './policy.ts'
import type { SourceFile } from './yaml-file.ts'

/**
 * The checked policy as the build writes it down (ADR 0042), so that a start need not parse and
 * check hundreds of files again. It says of which files and by which code it was made, and is used
 * for exactly these.
 */

/** The SHA-256 of each file, by its path. */
type Digests = Readonly<Record<string, string>>

/** What stands in the file below its own digest. Maps and sets are lists there. */
type Built = {
  by: string
  files: Digests
  policy: Omit<Policy, 'offences' | 'bankHolidays'> & {
    offences: [string, OffenceRow][]
    bankHolidays: Pick<Policy['bankHolidays'], 'covers'> & { dates: string[] }
  }
}

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')

const digestsOf = (files: readonly SourceFile[]): Digests =>
  Object.fromEntries(files.map(({ path, bytes }) => [path, sha256(bytes)]))

/**
 * Writes a checked policy down.
 * @param files every file that it was read from
 * @param by the code that parsed and checked it
 */
export function writeBuilt(policy: Policy, files: readonly SourceFile[], by: string): string {
  const { offences, bankHolidays } = policy
  const built: Built = {
    by,
    files: digestsOf(files),
    policy: {
      ...policy,
      offences: [...offences],
      bankHolidays: { ...bankHolidays, dates: [...bankHolidays.dates] },
    },
  }
  const text = JSON.stringify(built)
  return `${sha256(text)}\n${text}\n`
}

/**
 * Reads a policy that was written down.
 * @returns undefined where the text is damaged, or was made of other files or by other code
 */
export function readBuilt(
  written: string,
  files: readonly SourceFile[],
  by: string,
): Policy | undefined {
  const [digest, text = ''] = written.split('\n')
  if (digest !== sha256(text)) return undefined
  const built = JSON.parse(text) as Built
  if (built.by !== by || !sameDigests(built.files, digestsOf(files))) return undefined
  const { offences, bankHolidays } = built.policy
  return {
    ...built.policy,
    offences: new Map(offences),
    bankHolidays: { ...bankHolidays, dates: new Set(bankHolidays.dates) },
  }
}

/** None missing, none more, none other. */
function sameDigests(one: Digests, other: Digests): boolean {
  const paths = Object.keys(one)
  return (
    paths.length === Object.keys(other).length && paths.every((path) => one[path] === other[path])
  )
}
