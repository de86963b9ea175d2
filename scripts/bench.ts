import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Engine, type TopLevelCondition } from 'json-rules-engine'
import { recommend } from '../src/recommend/recommend.ts'
import { readReferral } from '../src/recommend/referral.ts'
import { loadPolicy } from '../src/rules/check.ts'
import { evaluateCompiled } from '../src/rules/compile.ts'
import { evaluateByReference } from '../src/rules/evaluate.ts'
import { readCase } from '../src/rules/read-case.ts'
import { composeRuleSet, rulesInForce } from '../src/rules/rule-set.ts'
import { benchCasework } from './bench/casework.ts'
import { type Line, median } from './bench/measure.ts'
import { asJson, asTable } from './bench/print.ts'
import { orThrow } from './catalogue.ts'

/**
 * Speed as ratios to a peer in the same process and run: interleaved rounds, warm, medians. Times
 * differ between machines and minutes; the ratios are what to compare. First the rules, then
 * casework (docs/performance.md says what each line means).
 */

const rounds = 15
const { values: asked } = parseArgs({
  options: {
    full: { type: 'boolean' },
    json: { type: 'boolean' },
    only: { type: 'string' },
  },
})

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

const say = (line = '') => asked.json || process.stdout.write(`${line}\n`)
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

const lines = await benchCasework({ full: asked.full === true, only: asked.only })
if (asked.json) process.stdout.write(`${asJson([...rulesLines(), ...lines])}\n`)
else say(`\n${asTable(lines)}`)

/** The rules, as lines beside those of casework. */
function rulesLines(): Line[] {
  return [...times].map(([what, all]) => {
    const [value, peerValue] = [median(all), peer]
    return {
      group: 'The rules, times as fast as the bare run()',
      ...{ what, peer: 'json-rules-engine, bare run()', ratio: peerValue / value },
      kind: 'more-is-better',
      ...{ target: null, value, peerValue, unit: 'ms' },
    }
  })
}
