import {
  describeAnswers,
  type FactDefinition,
  fixedAnswersOf,
  isListFact,
  lookUp,
  misfit,
} from '../../domain/fact.ts'
import { didYouMean, type Problem } from '../../domain/problem.ts'
import type { Leaf, Operator } from '../schema.ts'
import { allLeaves } from '../tests-of.ts'
import type { Path, YamlFile } from '../yaml-file.ts'
import { eachRule } from './context.ts'

const step3 = 'Facts are listed in rules/facts.yaml. To add a new one, see rules/README.md, step 3.'

/** Every fact is known, every operator fits its type, every value is one of its answers. */
export const checkTests = eachRule((rule, yaml, { policy }) =>
  allLeaves(rule).flatMap(({ leaf, path }) => {
    const fact = lookUp(policy.facts, leaf.fact)
    if (!fact)
      return [
        yaml.problem(
          [...path, 'fact'],
          `I don't know the fact "${leaf.fact}".${didYouMean(leaf.fact, Object.keys(policy.facts))}`,
          step3,
        ),
      ]
    if (fact.protected)
      return [
        yaml.problem(
          [...path, 'fact'],
          `"${leaf.fact}" is a protected characteristic. No rule may test it.`,
          'It may be recorded to see whether decisions are fair between groups, and for nothing else.',
        ),
      ]
    return (
      operatorProblems(leaf, fact, path, yaml) ??
      valueProblems(leaf, fact, path, yaml, policy.facts)
    )
  }),
)

const equality: Operator[] = ['equal', 'notEqual', 'in', 'notIn']
const order: Operator[] = [
  'equal',
  'notEqual',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
]

/** The operators that mean one thing only for this kind of answer. */
function operatorsFor(fact: FactDefinition): readonly Operator[] {
  if (isListFact(fact.answers)) return ['contains', 'doesNotContain']
  if (fact.answers === 'date') return order
  if (fact.answers === 'whole-number') return [...order, 'in', 'notIn']
  return fixedAnswersOf(fact.answers) ? equality : []
}

function operatorProblems(
  leaf: Leaf,
  fact: FactDefinition,
  path: Path,
  yaml: YamlFile,
): Problem[] | undefined {
  const fitting = operatorsFor(fact)
  if (fitting.includes(leaf.operator)) return undefined
  if (fitting.length === 0)
    return [
      yaml.problem(
        [...path, 'fact'],
        `"${leaf.fact}" is answered in words, and no test can read words.`,
        'Test a fact with fixed answers beside it.',
      ),
    ]
  return [
    yaml.problem(
      [...path, 'operator'],
      `"${leaf.operator}" does not fit "${leaf.fact}", whose answer is ${describeAnswers(fact.answers)}.`,
      `Use one of: ${fitting.join(', ')}.`,
    ),
  ]
}

function valueProblems(
  leaf: Leaf,
  fact: FactDefinition,
  path: Path,
  yaml: YamlFile,
  facts: Readonly<Record<string, FactDefinition>>,
): Problem[] {
  const at = [...path, 'value']
  const { value } = leaf
  if (typeof value === 'object' && !Array.isArray(value)) {
    const parameter = lookUp(facts, value.fact)
    if (!parameter)
      return [
        yaml.problem(
          at,
          `I don't know the parameter "${value.fact}".${didYouMean(
            value.fact,
            Object.keys(facts).filter((id) => id.startsWith('parameter.')),
          )}`,
          'Parameters are listed in rules/parameters.yaml.',
        ),
      ]
    const same =
      parameter.answers === fact.answers ||
      (fixedAnswersOf(parameter.answers) && fixedAnswersOf(fact.answers))
    return same
      ? []
      : [yaml.problem(at, `"${value.fact}" and "${leaf.fact}" are of different kinds.`)]
  }
  const several = leaf.operator === 'in' || leaf.operator === 'notIn'
  if (several !== Array.isArray(value))
    return [
      yaml.problem(
        at,
        several
          ? `"${leaf.operator}" takes a list of values.`
          : `"${leaf.operator}" takes one value, not a list.`,
        several ? 'Write: value: [one, another]' : 'To allow several, use "in".',
      ),
    ]
  const values = Array.isArray(value) ? value : [value]
  const one = isListFact(fact.answers) ? itemAnswers(fact) : fact.answers
  return values.flatMap((each) => {
    if (each === 'unknown')
      return [
        yaml.problem(
          at,
          '"unknown" is not an answer that a test can look for.',
          'A fact that is not known makes the rule say "need to know" by itself.',
        ),
      ]
    const wrong = misfit(one, each)
    return wrong ? [yaml.problem(at, `"${leaf.fact}" ${wrong}`)] : []
  })
}

function itemAnswers(fact: FactDefinition): FactDefinition['answers'] {
  const fixed = fixedAnswersOf(fact.answers)
  return fixed ? [...fixed] : 'text'
}
