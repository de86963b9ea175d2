import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { caseSchema } from '../src/domain/case.ts'
import { disposals, standings } from '../src/domain/lists.ts'
import { recommend } from '../src/recommend/recommend.ts'
import { evaluateCompiled } from '../src/rules/compile.ts'
import { answerInWords } from '../src/rules/explain.ts'
import { composeRuleSet } from '../src/rules/rule-set.ts'
import { orThrow, ownPolicy } from './catalogue.ts'
import { cohort, margins } from './cohort.ts'

/** Makes a synthetic cohort, runs it, and prints standings and starting points. */
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, out: { type: 'string' } },
})
const seed = Number(values.seed)
if (!Number.isSafeInteger(seed) || seed < 0) throw new Error('--seed is a whole number.')
const of = margins()
const policy = ownPolicy()
const cases = cohort(of, policy, seed)
const ruleSet = orThrow(composeRuleSet(policy, of.partnership))

const tally = new Map<string, number>()
const count = (key: string) => tally.set(key, (tally.get(key) ?? 0) + 1)
for (const one of cases) {
  const given = caseSchema.parse(one)
  const it = orThrow(await recommend(ruleSet, given, of.as_at, evaluateCompiled))
  count(`status ${it.status}`)
  for (const offence of it.offences) {
    for (const { disposal, standing } of offence.options) count(`${disposal} ${standing}`)
    const starts = offence.startingPoints.filter(({ state }) => state === 'starting-point')
    for (const { disposal, rule } of starts) count(`start ${answerInWords(disposal)} (${rule.id})`)
    if (starts.length === 0) count('start none follows yet')
    for (const { disposal, rule, state } of offence.startingPoints)
      if (state === 'cannot-tell') count(`may ${answerInWords(disposal)} (${rule.id})`)
  }
}
if (values.out) writeFileSync(values.out, cases.map((one) => `${JSON.stringify(one)}\n`).join(''))

const say = (line = '') => process.stdout.write(`${line}\n`)
const named = (prefix: string) =>
  [...tally]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, n]) => `  ${n}  ${answerInWords(key.slice(prefix.length))}`)
say(
  `${cases.length} synthetic referrals to the published margins of ${of.area} ${of.period}, seed ${seed}.`,
)
say(`Nobody here exists. Rules of ${ruleSet.title} as at ${of.as_at}.`)
say('\nStatus')
for (const line of named('status ')) say(line)
say('\nStanding of each disposal   open  ruled out  cannot tell')
for (const disposal of disposals) {
  const numbers = standings.map((standing) => tally.get(`${disposal} ${standing}`) ?? 0)
  if (numbers.some((n) => n > 0))
    say(
      `  ${answerInWords(disposal).padEnd(40)} ${numbers.map((n) => String(n).padStart(4)).join('  ')}`,
    )
}
say('\nStarting points (no gravity score was published, and none is invented)')
for (const line of named('start ')) say(line)
say('\nWhat may become one, once more is known')
for (const line of named('may ')) say(line)
const { decisions } = of.published
say(
  '\nBeside it, what was decided that year. These are decisions by people, which Waymark does not predict:',
)
for (const [decision, n] of Object.entries(decisions)) say(`  ${n}  ${answerInWords(decision)}`)
if (values.out) say(`\nThe cases are in ${values.out}, one a line.`)
