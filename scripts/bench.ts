import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Engine, type TopLevelCondition } from 'json-rules-engine'
import { recommend } from '../src/recommend/recommend.ts'
import { readReferral } from '../src/recommend/referral.ts'
import { loadPolicy } from '../src/rules/check.ts'
import { evaluateCompiled } from '../src/rules/compile.ts'
import { evaluateByReference } from '../src/rules/evaluate.ts'
import { readCase } from '../src/rules/read-case.ts'
import { composeRuleSet, rulesInForce } from '../src/rules/rule-set.ts'
import { orThrow } from './catalogue.ts'

/**
 * Speed as ratios to a peer in the same process and run: interleaved rounds, warm, medians. Times
 * differ between machines and minutes; the ratios are what to compare.
 */

const rounds = 15
const median = (numbers: number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

const policy = orThrow(loadPolicy('rules'))
const path = 'docs/worked-case.yaml'
const given = orThrow(readCase({ path, bytes: readFileSync(path) }))
const asAt = given.asAt ?? '2026-11-02'
const ruleSet = orThrow(composeRuleSet(policy, given.partnership))
const rules = rulesInForce(ruleSet, asAt)
const facts = orThrow(readReferral(ruleSet, given, asAt)).matters[0]?.facts ?? {}

const engine = new Engine([], { allowUndefinedFacts: true })
for (const rule of rules)
  engine.addRule({ conditions: rule.when as TopLevelCondition, event: { type: rule.id } })

const subjects = {
  'json-rules-engine, bare run()': () => engine.run({ ...facts }),
  'every test, on the reference': () => evaluateByReference(rules, facts),
  'every test, compiled': () => evaluateCompiled(rules, facts),
  'recommendation with explanation, on the reference': () =>
    recommend(ruleSet, given, asAt, evaluateByReference),
  'recommendation with explanation, compiled': () =>
    recommend(ruleSet, given, asAt, evaluateCompiled),
}
const times = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]))
for (const run of Object.values(subjects)) for (let i = 0; i < 20; i++) await run()
for (let round = 0; round < rounds; round++)
  for (const [name, run] of Object.entries(subjects)) {
    const repeat = 10
    const start = performance.now()
    for (let i = 0; i < repeat; i++) await run()
    times.get(name)?.push((performance.now() - start) / repeat)
  }

const say = (line = '') => process.stdout.write(`${line}\n`)
const peer = median(times.get('json-rules-engine, bare run()') ?? [])
say(
  `${rules.length} rules in force (${ruleSet.title}, ${asAt}), one offence, one core. Medians of ${rounds} rounds.`,
)
say('')
say('what                                               ms     a second   times the bare run()')
for (const [name, all] of times) {
  const ms = median(all)
  say(
    `${name.padEnd(48)} ${ms.toFixed(2).padStart(6)} ${(1000 / ms).toFixed(0).padStart(10)} ${(peer / ms).toFixed(1).padStart(10)}`,
  )
}

const checks = Array.from({ length: 5 }, () => {
  const start = performance.now()
  orThrow(loadPolicy('rules'))
  return performance.now() - start
})
say(
  `\nrules check (${policy.rules.length} rules, in this process): ${median(checks).toFixed(0)} ms`,
)
const { ms, megabytes } = await startUp()
say(
  `npm start, after the build: ${ms.toFixed(0)} ms to listening, ${megabytes.toFixed(0)} MB resident`,
)

/** Starts the compiled service on a free port, waits for its line, reads its memory, ends it. */
async function startUp(): Promise<{ ms: number; megabytes: number }> {
  const start = performance.now()
  const child = spawn(process.execPath, ['dist/src/server.js'], {
    env: { ...process.env, PORT: '0', WAYMARK_DATABASE: ':memory:', WAYMARK_DEMO: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      child.once('exit', (code) => reject(new Error(`The service ended with ${code}.`)))
    })
    const ms = performance.now() - start
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN)
    return { ms, megabytes: kilobytes / 1024 }
  } finally {
    child.removeAllListeners('exit')
    child.kill('SIGTERM')
  }
}
