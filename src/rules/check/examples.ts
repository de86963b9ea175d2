import { type FactDefinition, lookUp, misfit } from '../../domain/fact.ts'
import type { Problem } from '../../domain/problem.ts'
import type { Policy } from '../policy.ts'
import { covers, type Example, type Rule } from '../schema.ts'
import type { YamlFile } from '../yaml-file.ts'
import { eachRule } from './context.ts'
import { mendAnswer } from './mend-answer.ts'
import { unknownFact } from './unknown-fact.ts'

/** At least one example that fires, one that does not, one with the key fact missing; all readable. */
export const checkExamples = eachRule((rule, yaml, { policy }) => [
  ...rule.examples.flatMap((example, i) => [
    ...answerProblems(example, i, policy, yaml),
    ...dayProblems(rule, example, i, yaml),
  ]),
  ...missingKinds(rule, yaml),
  ...repeatedNames(rule, yaml),
])

function answerProblems(example: Example, i: number, policy: Policy, yaml: YamlFile): Problem[] {
  return Object.entries(example.given).flatMap(([id, answer]) => {
    const path = ['examples', i, 'given', id]
    const fact = lookUp(policy.facts, id)
    if (!fact) return [unknownFact(yaml, path, id, policy, 'key')]
    if (answer === null || id.startsWith('parameter.') || isCount(fact, answer)) return []
    const wrong = misfit(fact.answers, answer, fact.between)
    return wrong ? [yaml.problem(path, `"${id}" ${wrong}`, mendAnswer(fact.answers, answer))] : []
  })
}

/** Days until a birthday or a limit go below nought once it is past. */
const isCount = (fact: FactDefinition, answer: unknown) =>
  fact.answered_by === 'worked-out' &&
  fact.answers === 'whole-number' &&
  Number.isSafeInteger(answer)

function dayProblems(rule: Rule, { as_at }: Example, i: number, yaml: YamlFile): Problem[] {
  return as_at === undefined || covers(rule.in_force, as_at)
    ? []
    : [
        yaml.problem(
          ['examples', i, 'as_at'],
          `The rule is not in force on ${as_at}.`,
          'Choose a date on which it is.',
        ),
      ]
}

function missingKinds({ examples }: Rule, yaml: YamlFile): Problem[] {
  const expected = new Set(examples.map((example) => example.expect))
  const missing = [
    !expected.has('met') && 'one where the rule is met',
    !expected.has('not-met') && !expected.has('does-not-apply') && 'one where it is not met',
    !expected.has('need-to-know') && 'one where the key fact is missing (need-to-know)',
  ].filter(Boolean)
  return missing.length === 0
    ? []
    : [
        yaml.problem(
          ['examples'],
          `The examples lack ${missing.join(', and ')}.`,
          missing.length === 1 ? 'Add it.' : 'Add them.',
          'key',
        ),
      ]
}

function repeatedNames({ examples }: Rule, yaml: YamlFile): Problem[] {
  const names = examples.map(({ name }) => name)
  return names.flatMap((name, i) =>
    names.indexOf(name) < i
      ? [
          yaml.problem(
            ['examples', i, 'name'],
            `Two examples are called "${name}".`,
            'Say what is different.',
          ),
        ]
      : [],
  )
}
