import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Compiles Waymark once before all tests, into a folder of their own, with the checked policy beside
 * it as `npm run build` leaves it. Types are not looked at again; that is another step of
 * `npm run check`. The tests find it by the environment (built.ts, real-rules.ts).
 */
export default function buildOnce(): () => void {
  const root = mkdtempSync(join(tmpdir(), 'waymark-built-'))
  for (const part of ['node_modules', 'rules', 'db', 'docs', 'src'])
    symlinkSync(join(checkout, part), join(root, part))
  for (const part of ['package.json', 'bin'])
    cpSync(join(checkout, part), join(root, part), { recursive: true })
  compile(join(root, 'dist'))
  // What the last build wrote down is used as a start would use it: where it is still right.
  const last = join(checkout, 'dist/policy.json')
  if (existsSync(last)) cpSync(last, join(root, 'dist/policy.json'))
  node(root, ['dist/scripts/build-policy.js'])
  process.env.BUILT_FOR_TESTS = root
  return () => rmSync(root, { recursive: true, force: true })
}

function compile(dist: string): void {
  const compiler = join(checkout, 'node_modules/typescript/bin/tsc')
  const what = ['-p', 'tsconfig.build.json', '--noCheck', '--noResolve', '--outDir', dist]
  const afresh = ['--incremental', 'false', '--tsBuildInfoFile', 'null']
  mkdirSync(dist)
  node(checkout, [compiler, ...what, ...afresh])
}

const node = (cwd: string, argv: readonly string[]) =>
  execFileSync(process.execPath, argv, { cwd, stdio: 'inherit' })
