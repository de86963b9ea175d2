import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { problemText } from '../src/cli/output.ts'
import { writeBuilt } from '../src/rules/built-policy.ts'
import { checkFolder } from '../src/rules/check.ts'
import { builtFileOf, builtOf, codeDigest } from '../src/rules/load-built.ts'
import { readFolder } from '../src/rules/read-folder.ts'

/**
 * Writes the checked policy beside the compiled code, as the last step of `npm run build`. Rules
 * with problems do not stop the build: the start says them again, and does not start.
 */
const compiled = fileURLToPath(new URL('..', import.meta.url))
const file = builtFileOf(compiled)
const read = readFolder('rules')
if (!builtOf(read, compiled)) build()

function build(): void {
  rmSync(file, { force: true })
  const checked = checkFolder(read)
  if (!checked.ok) {
    for (const problem of checked.problems) process.stderr.write(`${problemText(problem)}\n\n`)
    process.stderr.write('Compiled, but the rules have problems: Waymark will not start on them.\n')
    return
  }
  // Renamed once it is whole, so that a start meanwhile never reads half of it.
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, writeBuilt(checked.value, read.files, codeDigest(compiled)))
  renameSync(unfinished, file)
}
