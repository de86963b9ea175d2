import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { createInterface } from 'node:readline'
import { again } from './dev/again.ts'

/**
 * `npm run dev`: serves, and after each change compiles and serves anew. What does not compile is
 * told, and what ran before goes on running.
 */
const compiler = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']
/** Read at the start, and not compiled. */
const alsoRead = ['rules', 'src/web/templates', 'docs/worked-case.yaml']

const node = (...argv: string[]): ChildProcess =>
  spawn(process.execPath, argv, { stdio: ['ignore', 'inherit', 'inherit'] })

let service: ChildProcess | undefined
const restart = again(async () => {
  await ended(service)
  // Rules with problems are told twice: here with what was compiled, and by the start that they stop.
  await once(node('dist/scripts/build-policy.js'), 'exit')
  service = node('dist/src/server.js')
})

const watching = spawn(process.execPath, [...compiler, '--watch', '--preserveWatchOutput'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
createInterface({ input: watching.stdout }).on('line', (line) => {
  process.stdout.write(`${line}\n`)
  if (line.includes('Found 0 errors.')) restart()
})
for (const path of alsoRead) watch(path, { recursive: true }, () => restart())

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, async () => {
    watching.kill()
    await ended(service)
    process.exit(0)
  })

/** Stops a service, and waits until it has finished what was under way. */
async function ended(one: ChildProcess | undefined): Promise<void> {
  if (!one || one.exitCode !== null || one.signalCode !== null) return
  const gone = once(one, 'exit')
  one.kill('SIGTERM')
  await gone
}
