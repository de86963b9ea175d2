import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

/**
 * Reads test/bad-rules: one authoring mistake a file, made in a copy of test/small-rules, with the
 * words that must be said of it. test/bad-rules/README.md explains the format.
 */

const at = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const mistakesFolder = at('../bad-rules')
export const smallRules = at('../small-rules')

/** Files too big, or too odd, to be written out in a fixture. */
const made = {
  'fifty megabytes': (path: string) => {
    writeFileSync(path, '')
    truncateSync(path, 50 * 1024 * 1024)
  },
  'a link to another file': (path: string) => symlinkSync(join(smallRules, 'facts.yaml'), path),
  'the same text in UTF-16': (path: string, text: string) =>
    writeFileSync(path, Buffer.from(`\ufeff${text}`, 'utf16le')),
  'the same text in Windows-1252': (path: string, text: string) =>
    writeFileSync(path, Buffer.from(text, 'latin1')),
  'ten thousand opening brackets': (path: string) =>
    writeFileSync(path, `when: ${'['.repeat(10_000)}`),
  'ten thousand dashes': (path: string) => writeFileSync(path, `when: 1\n${'- '.repeat(10_000)}1`),
  'a hundred thousand items': (path: string) =>
    writeFileSync(path, `covers: [${'1,'.repeat(100_000)}]`),
}

const mistakeSchema = z.strictObject({
  mistake: z.string(),
  change: z
    .array(
      z.union([
        z.strictObject({ file: z.string(), instead_of: z.string(), write: z.string() }),
        z.strictObject({ file: z.string(), text: z.string() }),
        z.strictObject({ file: z.string(), made: z.enum(Object.keys(made)) }),
        z.strictObject({ file: z.string(), deleted: z.literal('yes') }),
      ]),
    )
    .min(1),
  problem: z.string(),
})
export type Mistake = z.infer<typeof mistakeSchema> & { name: string }
type Change = Mistake['change'][number]

/** Every mistake of test/bad-rules. */
export const mistakes: Mistake[] = readdirSync(mistakesFolder)
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => ({
    name: file.replace(/\.yaml$/, ''),
    ...mistakeSchema.parse(parse(readFileSync(join(mistakesFolder, file), 'utf8'))),
  }))

/** Does something with a copy of test/small-rules in which some files were changed. */
export function withFolder<T>(changes: readonly Change[], use: (folder: string) => T): T {
  const home = mkdtempSync(join(tmpdir(), 'waymark-bad-rules-'))
  try {
    const folder = join(home, 'rules')
    cpSync(smallRules, folder, { recursive: true })
    for (const change of changes) make(change, join(home, change.file))
    return use(folder)
  } finally {
    rmSync(home, { recursive: true })
  }
}

function make(change: Change, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  if ('text' in change) writeFileSync(path, change.text)
  else if ('deleted' in change) rmSync(path, { recursive: true })
  else if ('instead_of' in change) writeFileSync(path, replaced(change, readFileSync(path, 'utf8')))
  else makeOdd(change.made as keyof typeof made, path)
}

function replaced(change: Extract<Change, { instead_of: string }>, text: string): string {
  const parts = text.split(change.instead_of)
  if (parts.length !== 2)
    throw new Error(`"${change.instead_of}" stands ${parts.length - 1} times in ${change.file}`)
  return parts.join(change.write)
}

function makeOdd(name: keyof typeof made, path: string): void {
  const text = tryToRead(path)
  rmSync(path, { force: true })
  made[name](path, text)
}

function tryToRead(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
