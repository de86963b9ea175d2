import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Waymark compiled once for all tests (build-once.ts). Nobody changes anything in it. */
export const builtWaymark = process.env.BUILT_FOR_TESTS ?? ''

/** A copy of the compiled Waymark, for a test that changes it. */
export function copyOfWaymark(): { root: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'waymark-copy-'))
  // What runs is copied: Node would follow a link back to where it leads.
  for (const part of readdirSync(builtWaymark)) {
    const [from, to] = [join(builtWaymark, part), join(root, part)]
    if (['dist', 'bin', 'package.json'].includes(part)) cpSync(from, to, { recursive: true })
    else symlinkSync(from, to)
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** A process that a test started, with all that it has said. */
export type Started = {
  child: ChildProcess
  said: { out: string; error: string }
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string | null>
  /** The first match in what it says; fails when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>
}

/** Starts a compiled file. Nothing is taken over from the environment but the path. */
export function start(
  root: string,
  argv: readonly string[],
  environment: Record<string, string> = {},
): Started {
  const child = spawn(process.execPath, [...argv], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...environment },
  })
  const said = { out: '', error: '' }
  child.stdout.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    said.error += chunk
  })
  const ended = new Promise<number | string | null>((done) => {
    child.on('close', (code, signal) => done(code ?? signal))
  })
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((found, fail) => {
      const look = () => {
        const match = pattern.exec(said.out)
        if (match) found(match)
      }
      child.stdout.on('data', look)
      ended.then((code) => fail(new Error(`It ended with ${code}: ${said.error}`)))
      look()
    })
  return { child, said, ended, says }
}
