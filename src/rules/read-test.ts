import { didYouMean, type Problem } from '../domain/problem.ts'
import { type Operator, operators } from './schema.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** What json-rules-engine would take, and rules refuse because it could be read in two ways. */
const refused = new Map([
  ['condition', 'Rules do not refer to shared conditions: write the test out.'],
  ['priority', 'Priorities would leave tests unanswered: every test is always answered.'],
  ['path', 'A fact has one name and no path inside it: add a fact to rules/facts.yaml.'],
  ['params', 'Facts take no parameters: add a fact to rules/facts.yaml.'],
  ['name', 'Tests have no names: the rule has a title.'],
])

const groups = ['all', 'any', 'not']
const leafKeys = ['fact', 'operator', 'value']
const form = 'A test is a group (all, any or not) or one line with fact, operator and value.'

export const isKeys = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong with a test as written, before its facts are looked up. */
export function testProblems(yaml: YamlFile, path: Path, test: unknown): Problem[] {
  if (isKeys(test) && 'fact' in test && !groups.some((key) => key in test))
    return [
      ...leafProblems(yaml, path, test),
      yaml.problem(path, 'A single test still stands in a group.', 'Write: all: [ { fact: … } ]'),
    ].slice(0, 1)
  return memberProblems(yaml, path, test)
}

/** The same for a test inside a group, which may be a single line. */
function memberProblems(yaml: YamlFile, path: Path, test: unknown): Problem[] {
  if (!isKeys(test))
    return [
      yaml.problem(
        path,
        form,
        'For example: all: [ { fact: child.age_now, operator: lessThan, value: 18 } ]',
      ),
    ]
  const keys = Object.keys(test)
  const stranger = keys.find((key) => refused.has(key))
  if (stranger)
    return [
      yaml.problem(
        [...path, stranger],
        `"${stranger}" is not used in tests.`,
        refused.get(stranger),
        'key',
      ),
    ]
  const kind = keys.find((key) => groups.includes(key))
  if (kind === undefined) return leafProblems(yaml, path, test)
  const second = keys.find((key) => key !== kind)
  if (second)
    return [
      yaml.problem(
        [...path, second],
        `A test has one key, this one has ${keys.map((key) => `"${key}"`).join(' and ')}.`,
        'Put one inside the other: all: [ …, { any: [ … ] } ]',
        'key',
      ),
    ]
  if (kind === 'not') return memberProblems(yaml, [...path, 'not'], test.not)
  return groupProblems(yaml, [...path, kind], kind, test[kind])
}

function groupProblems(yaml: YamlFile, path: Path, kind: string, members: unknown): Problem[] {
  if (Array.isArray(members) && members.length > 0)
    return members.flatMap((member, i) => memberProblems(yaml, [...path, i], member))
  return [
    yaml.problem(
      path,
      `"${kind}" needs a list with at least one test.`,
      Array.isArray(members) || members === null
        ? 'An empty list would be true of every child.'
        : 'Start each test with "- ".',
      'key',
    ),
  ]
}

function leafProblems(yaml: YamlFile, path: Path, leaf: Record<string, unknown>): Problem[] {
  const strangers = Object.keys(leaf).filter((key) => !leafKeys.includes(key))
  if (strangers.length > 0)
    return strangers.map((key) =>
      yaml.problem(
        [...path, key],
        `I don't know the key "${key}" in a test.${didYouMean(key, [...leafKeys, ...groups])}`,
        form,
        'key',
      ),
    )
  const missing = leafKeys.find((key) => leaf[key] === undefined || leaf[key] === null)
  if (missing)
    return [
      yaml.problem(path, `This test has no "${missing}".`, 'A test has fact, operator and value.'),
    ]
  if (typeof leaf.fact !== 'string')
    return [yaml.problem([...path, 'fact'], 'The fact of a test is the id of one fact.')]
  const operator = String(leaf.operator)
  return (operators as readonly string[]).includes(operator)
    ? valueProblems(yaml, [...path, 'value'], leaf.value)
    : [
        yaml.problem(
          [...path, 'operator'],
          unknownOperator(operator),
          `The operators are: ${operators.join(', ')}.`,
        ),
      ]
}

function unknownOperator(operator: string): string {
  if (operator.includes(':')) return `Operators are not decorated ("${operator}").`
  const word = signs.get(operator)
  const meant = word ? ` Did you mean "${word}"?` : didYouMean(operator, operators)
  return `I don't know the operator "${operator}".${meant}`
}

/** The signs that other languages have for the operators. */
const signs = new Map<string, Operator>([
  ['=', 'equal'],
  ['==', 'equal'],
  ['!=', 'notEqual'],
  ['<', 'lessThan'],
  ['<=', 'lessThanInclusive'],
  ['>', 'greaterThan'],
  ['>=', 'greaterThanInclusive'],
])

function valueProblems(yaml: YamlFile, path: Path, value: unknown): Problem[] {
  if (isKeys(value)) {
    const keys = Object.keys(value)
    if (keys.length === 1 && String(value.fact).startsWith('parameter.')) return []
    return [
      yaml.problem(
        path,
        'The only value that is looked up is a parameter.',
        'Write: value: { fact: parameter.gravity_ceiling }',
      ),
    ]
  }
  const plain = (one: unknown) => typeof one === 'string' || Number.isFinite(one)
  if (Array.isArray(value) ? value.length > 0 && value.every(plain) : plain(value)) return []
  if (Array.isArray(value) && value.length === 0)
    return [
      yaml.problem(path, 'The list of values is empty.', 'Write: value: [one, another]', 'key'),
    ]
  const wrong = Array.isArray(value) ? value.find((one) => !plain(one)) : value
  return [
    yaml.problem(
      path,
      `A value is a word, a number, a date or a list of them; it is ${JSON.stringify(wrong).slice(0, 60)}.`,
      typeof wrong === 'boolean' ? 'Write yes or no, not true or false.' : undefined,
    ),
  ]
}
