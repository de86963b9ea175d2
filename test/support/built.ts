import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Waymark compiled into a folder of the test's own, as `npm run build` compiles it. Types are not
 * looked at again; that is another step of `npm run check`.
 */
export function buildWaymark(): { root: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'waymark-built-'))
  for (const part of ['node_modules', 'rules', 'db', 'docs', 'src'])
    symlinkSync(join(checkout, part), join(root, part))
  for (const part of ['package.json', 'bin'])
    cpSync(join(checkout, part), join(root, part), { recursive: true })
  const compiler = join(checkout, 'node_modules/typescript/bin/tsc')
  const own = [
    '--outDir',
    join(root, 'dist'),
    '--incremental',
    'false',
    '--tsBuildInfoFile',
    'null',
  ]
  execFileSync(
    process.execPath,
    [compiler, '-p', 'tsconfig.build.json', '--noCheck', '--noResolve', ...own],
    {
      cwd: checkout,
    },
  )
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
