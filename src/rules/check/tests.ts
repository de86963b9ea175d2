import {
  describeAnswers,
  type FactDefinition,
  fixedAnswersOf,
  isListFact,
  isPeriod,
  lookUp,
  misfit,
  saysNobodyKnows,
} from '../../domain/fact.ts'
import { didYouMean, type Problem } from '../../domain/problem.ts'
import type { Policy } from '../policy.ts'
import type { Leaf, Operator } from '../schema.ts'
import { allLeaves } from '../tests-of.ts'
import type { Path, YamlFile } from '../yaml-file.ts'
import { eachRule } from './context.ts'
import { areMixed } from './dated-values.ts'
import { mendAnswer } from './mend-answer.ts'
import { unknownFact } from './unknown-fact.ts'

/** One line of a test, its fact, and where it stands. */
type Place = { leaf: Leaf; fact: FactDefinition; path: Path; yaml: YamlFile; policy: Policy }

/** Every fact is known, every operator fits its type, every value is one of its answers. */
export const checkTests = eachRule((rule, yaml, { policy }) =>
  allLeaves(rule).flatMap(({ leaf, path }) => {
    const fact = lookUp(policy.facts, leaf.fact)
    if (!fact) return [unknownFact(yaml, [...path, 'fact'], leaf.fact, policy)]
    if (fact.protected)
      return [
        yaml.problem(
          [...path, 'fact'],
          `"${leaf.fact}" is a protected characteristic. No rule may test it.`,
          'It may be recorded to see whether decisions are fair between groups, and for nothing else.',
        ),
      ]
    const place = { leaf, fact, path, yaml, policy }
    return operatorProblems(place) ?? valueProblems(place)
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
  if (isListFact(fact.answers))
    return fixedAnswersOf(fact.answers) ? ['contains', 'doesNotContain'] : []
  if (fact.answers === 'date') return order
  if (fact.answers === 'whole-number') return [...order, 'in', 'notIn']
  return fixedAnswersOf(fact.answers) ? equality : []
}

function operatorProblems({ leaf, fact, path, yaml }: Place): Problem[] | undefined {
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

function valueProblems(place: Place): Problem[] {
  const { leaf, fact, path, yaml } = place
  const { value, operator } = leaf
  const at = [...path, 'value']
  const several = operator === 'in' || operator === 'notIn'
  if (several && !Array.isArray(value))
    return [
      yaml.problem(
        at,
        `"${operator}" takes a list of values.`,
        typeof value === 'object'
          ? 'To compare with a parameter, use "equal" or "notEqual".'
          : 'Write: value: [one, another]',
      ),
    ]
  if (!several && Array.isArray(value))
    return [
      yaml.problem(
        at,
        `"${operator}" takes one value, not a list.`,
        mendSeveral.get(operator) ?? 'Write one test for each value.',
        'key',
      ),
    ]
  if (typeof value === 'object' && !Array.isArray(value))
    return parameterProblems(place, value.fact)
  const answers = isListFact(fact.answers) ? itemAnswers(fact) : fact.answers
  const values = Array.isArray(value) ? value : [value]
  return values.flatMap((one, i) => {
    const where = Array.isArray(value) ? [...at, i] : at
    if (saysNobodyKnows(fact, one))
      return [
        yaml.problem(
          where,
          `"${one}" says that nobody knows, and a test cannot look for that.`,
          'A fact that is not known makes the rule say "need to know" by itself.',
        ),
      ]
    const wrong = misfit(answers, one, fact.between)
    return wrong ? [yaml.problem(where, `"${leaf.fact}" ${wrong}`, mendAnswer(answers, one))] : []
  })
}

const mendSeveral = new Map<Operator, string>([
  ['equal', 'To allow several, use "in".'],
  ['notEqual', 'To refuse several, use "notIn".'],
])

function parameterProblems({ leaf, fact, path, yaml, policy }: Place, id: string): Problem[] {
  const at = [...path, 'value', 'fact']
  const definition = lookUp(policy.facts, id)
  if (!definition)
    return [
      yaml.problem(
        at,
        `I don't know the parameter "${id}".${didYouMean(id, Object.keys(policy.parameters))}`,
        'Parameters are listed in rules/parameters.yaml.',
      ),
    ]
  const values = lookUp(policy.parameters, id)?.values ?? []
  if (areMixed(values)) return []
  if (values.some(({ value }) => isPeriod(value)))
    return [
      yaml.problem(
        at,
        `"${id}" is a length of time, which only a clock can count.`,
        'Compare with a parameter that is a number or a word.',
      ),
    ]
  const fixed = fixedAnswersOf(definition.answers) && fixedAnswersOf(fact.answers)
  return fixed || definition.answers === fact.answers
    ? []
    : [
        yaml.problem(
          at,
          `"${leaf.fact}" and "${id}" cannot be compared: the one is ${describeAnswers(fact.answers)}, the other ${describeAnswers(definition.answers)}.`,
          'Compare things of the same kind.',
        ),
      ]
}

function itemAnswers(fact: FactDefinition): FactDefinition['answers'] {
  const fixed = fixedAnswersOf(fact.answers)
  return fixed ? [...fixed] : 'text'
}
