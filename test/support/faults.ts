import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { keepRuleSet } from '../../src/rules/kept-rule-set.ts'
import { smallPolicy } from './api.ts'
import { builtWaymark, type Started, start } from './built.ts'
import { ruleSetOf } from './real-rules.ts'

/** Waymark compiled, with one worker of test/faults that its tests start and kill. */
export type Works = {
  /** Starts the worker; it says "ready" and waits for `go`. */
  worker(...argv: string[]): Started
  /** Two new paths that belong together. */
  files(): { database: string; keys: string }
  /** Ends what still runs, and removes everything. */
  remove(): Promise<void>
}

/**
 * @param name a file of test/faults, without its ending
 */
export function buildWorker(name: string): Works {
  const own = mkdtempSync(join(tmpdir(), 'waymark-faults-'))
  // As deep as the sources of the tests are, so that it finds what it imports.
  mkdirSync(join(builtWaymark, 'dist/test'), { recursive: true })
  const folder = mkdtempSync(join(builtWaymark, 'dist/test/faults-'))
  const compiled = join(folder, `${name}.js`)
  writeFileSync(compiled, withoutTypes(new URL(`../faults/${name}.ts`, import.meta.url)))
  const rules = join(own, 'rules.json')
  const set = ruleSetOf(smallPolicy(), 'derby')
  writeFileSync(rules, JSON.stringify({ digest: set.digest, text: keepRuleSet(set) }))
  const started: Started[] = []
  let stores = 0
  return {
    worker: (...argv) => {
      const one = start(builtWaymark, [
        compiled,
        rules,
        join(builtWaymark, 'db/sqlite/migrations'),
        ...argv,
      ])
      // Whoever was killed no longer reads what it is told.
      one.child.stdin?.on('error', () => {})
      started.push(one)
      return one
    },
    files: () => {
      stores += 1
      return { database: join(own, `${stores}.db`), keys: join(own, `${stores}.keys`) }
    },
    remove: async () => {
      for (const { child } of started) child.kill('SIGKILL')
      await Promise.all(started.map(({ ended }) => ended))
      rmSync(folder, { recursive: true })
      rmSync(own, { recursive: true, force: true })
    },
  }
}

function withoutTypes(file: URL): string {
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    fileName: basename(fileURLToPath(file)),
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  })
  return outputText
}

/** Lets a worker that is ready begin. */
export async function go(one: Started): Promise<void> {
  await one.says(/^ready\n/)
  one.child.stdin?.write('go\n')
}

/** What a worker said in whole lines, without its first one. */
export const linesOf = <T>({ said }: Started): T[] =>
  said.out
    .split('\n')
    .slice(1, -1)
    .map((line) => JSON.parse(line) as T)
