import { type Answer, type Facts, lookUp, saysNobodyKnows } from '../domain/fact.ts'
import { isPlainDate } from '../domain/plain-date.ts'
import { workOut } from '../domain/worked-out.ts'
import type { Evaluate } from './evaluate.ts'
import type { Policy } from './policy.ts'
import { localFacts } from './rule-set.ts'
import { covers, type Example, firstDay, type Rule } from './schema.ts'

/** One example of one rule, and what the rule said of it. */
export type ExampleRun = { rule: Rule; example: Example; passed: boolean; said: string }

/** Runs every example of every rule, each with the parameters of its own day and partnership. */
export async function runExamples(policy: Policy, evaluate: Evaluate): Promise<ExampleRun[]> {
  const runs: ExampleRun[] = []
  for (const rule of policy.rules)
    for (const example of rule.examples)
      runs.push(await runExample(policy, rule, example, evaluate))
  return runs
}

async function runExample(
  policy: Policy,
  rule: Rule,
  example: Example,
  evaluate: Evaluate,
): Promise<ExampleRun> {
  const { facts, problems } = exampleFacts(policy, rule, example)
  const [result] = await evaluate([rule], facts)
  const requirements = [...(result?.doneWhen.values() ?? [])].map(
    ({ verdict }) => ({ yes: 'done', no: 'outstanding', 'need-to-know': 'cannot-tell' })[verdict],
  )
  const asExpected = result?.verdict === example.expect
  const doneAsExpected = !example.done || requirements.every((state) => state === example.done)
  const said = [
    ...problems.map(({ message }) => message),
    ...(asExpected ? [] : [`said ${result?.verdict}, expected ${example.expect}`]),
    ...(doneAsExpected
      ? []
      : [`the requirement was ${requirements.join(', ')}, expected ${example.done}`]),
  ]
  return { rule, example, passed: said.length === 0, said: said.join('; ') || example.expect }
}

/** The facts of an example: what it gives, the local values of its day, and what follows. */
export function exampleFacts(policy: Policy, rule: Rule, example: Example) {
  const asAt = example.as_at ?? exampleDay(rule, example)
  const given: Record<string, Answer> = {
    ...localFacts({ policy, partnership: rule.layer }, asAt),
  }
  for (const [id, answer] of Object.entries(example.given))
    if (answer === null || nobodyKnows(policy, id, answer)) delete given[id]
    else given[id] = answer
  const offence = (code: string) => policy.offences.get(code)
  const worked = workOut(given as Facts, { asAt, bankHolidays: policy.bankHolidays, offence })
  const unknownCode = given['offence.code'] !== undefined && !offence(String(given['offence.code']))
  return {
    asAt,
    facts: worked.facts,
    problems: [
      ...worked.problems,
      ...(unknownCode ? [{ message: `there is no offence "${given['offence.code']}"` }] : []),
    ],
  }
}

const nobodyKnows = (policy: Policy, id: string, answer: unknown): boolean => {
  const fact = lookUp(policy.facts, id)
  return fact !== undefined && saysNobodyKnows(fact, answer)
}

/** The rule's first day, or the last date that the example mentions where that is later. */
function exampleDay(rule: Rule, example: Example): string {
  const first = firstDay(rule.in_force)
  const dates = Object.values(example.given).filter(
    (answer): answer is string => typeof answer === 'string' && isPlainDate(answer),
  )
  const latest = [first, ...dates].sort().at(-1) ?? first
  return covers(rule.in_force, latest) ? latest : first
}
