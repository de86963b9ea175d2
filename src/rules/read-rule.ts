import { didYouMean, type Problem, type Result } from '../domain/problem.ts'
import { effectKinds, effectShapes, operators, type RuleFile, ruleSchema } from './schema.ts'
import { type Explained, readShape, valueAt } from './shape.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** Reads one rule file: its keys, its tests and its effects, but not yet its vocabulary. */
export function readRule(yaml: YamlFile): Result<RuleFile> {
  return readShape(yaml, ruleSchema, explainTestsAndEffects(yaml))
}

function explainTestsAndEffects(yaml: YamlFile): Explained[] {
  const explained: Explained[] = []
  const test = (path: Path) => {
    const value = valueAt(yaml.value, path)
    if (value === undefined) return
    const problems = testProblems(yaml, path, value, true)
    if (problems.length > 0) explained.push({ path, problems })
  }
  test(['when'])
  test(['applies_to'])
  const then = valueAt(yaml.value, ['then'])
  if (!Array.isArray(then)) return explained
  for (const [index, one] of then.entries()) {
    const problems = effectProblems(yaml, ['then', index], one)
    if (problems.length > 0) explained.push({ path: ['then', index], problems })
    else test(['then', index, 'require', 'done_when'])
  }
  return explained
}

const refused: Record<string, string> = {
  condition: 'Rules do not refer to shared conditions: write the test out.',
  priority: 'Priorities would leave tests unanswered: every test is always answered.',
  path: 'A fact has one name and no path inside it: add a fact to rules/facts.yaml.',
  params: 'Facts take no parameters: add a fact to rules/facts.yaml.',
  name: 'Tests have no names: the rule has a title.',
}

function testProblems(yaml: YamlFile, path: Path, value: unknown, top: boolean): Problem[] {
  if (!isKeys(value))
    return [
      yaml.problem(
        path,
        'A test is a group (all, any or not) or one line with fact, operator and value.',
        'For example: all: [ { fact: child.age_now, operator: lessThan, value: 18 } ]',
      ),
    ]
  const keys = Object.keys(value)
  const groups = keys.filter((key) => ['all', 'any', 'not'].includes(key))
  const stranger = keys.find((key) => refused[key])
  if (stranger)
    return [
      yaml.problem(
        [...path, stranger],
        `"${stranger}" is not used in tests.`,
        refused[stranger],
        'key',
      ),
    ]
  if (groups.length > 1 || (groups.length === 1 && keys.length > 1))
    return [
      yaml.problem(
        path,
        `A test has one key, this one has ${keys.map((key) => `"${key}"`).join(' and ')}.`,
        'Put one inside the other: all: [ …, { any: [ … ] } ]',
      ),
    ]
  const kind = groups[0]
  if (kind === 'not') return testProblems(yaml, [...path, 'not'], value.not, false)
  if (kind) {
    const members = value[kind]
    if (!Array.isArray(members) || members.length === 0)
      return [
        yaml.problem(
          [...path, kind],
          `"${kind}" needs a list with at least one test.`,
          'An empty list would be true of every child.',
          'key',
        ),
      ]
    return members.flatMap((member, i) => testProblems(yaml, [...path, kind, i], member, false))
  }
  if (top && 'fact' in value)
    return [
      yaml.problem(path, 'A single test still stands in a group.', 'Write: all: [ { fact: … } ]'),
    ]
  return leafProblems(yaml, path, value)
}

function leafProblems(yaml: YamlFile, path: Path, leaf: Record<string, unknown>): Problem[] {
  const known = ['fact', 'operator', 'value']
  const problems = Object.keys(leaf)
    .filter((key) => !known.includes(key))
    .map((key) =>
      yaml.problem(
        [...path, key],
        `I don't know the key "${key}" in a test.${didYouMean(key, [...known, 'all', 'any', 'not'])}`,
        'A test is a group (all, any or not) or one line with fact, operator and value.',
        'key',
      ),
    )
  if (problems.length > 0) return problems
  for (const key of known)
    if (leaf[key] === undefined || leaf[key] === null)
      return [
        yaml.problem(path, `This test has no "${key}".`, 'A test has fact, operator and value.'),
      ]
  if (typeof leaf.fact !== 'string')
    return [yaml.problem([...path, 'fact'], 'The fact of a test is the id of one fact.')]
  const operator = String(leaf.operator)
  if (!(operators as readonly string[]).includes(operator))
    return [
      yaml.problem(
        [...path, 'operator'],
        operator.includes(':')
          ? `Operators are not decorated ("${operator}").`
          : `I don't know the operator "${operator}".${didYouMean(operator, operators)}`,
        `The operators are: ${operators.join(', ')}.`,
      ),
    ]
  return valueProblems(yaml, [...path, 'value'], leaf.value)
}

function valueProblems(yaml: YamlFile, path: Path, value: unknown): Problem[] {
  if (isKeys(value)) {
    const extra = Object.keys(value).find((key) => key !== 'fact')
    if (extra || !String(value.fact).startsWith('parameter.'))
      return [
        yaml.problem(
          path,
          'The only value that is looked up is a parameter.',
          'Write: value: { fact: parameter.gravity_ceiling }',
        ),
      ]
    return []
  }
  const plain = (one: unknown) => typeof one === 'string' || typeof one === 'number'
  if (Array.isArray(value) ? value.length > 0 && value.every(plain) : plain(value)) return []
  return [
    yaml.problem(
      path,
      `A value is a word, a number, a date or a list of them; it is ${JSON.stringify(value)}.`,
    ),
  ]
}

function effectProblems(yaml: YamlFile, path: Path, one: unknown): Problem[] {
  const mend = `The effects are: ${effectKinds.join(', ')}.`
  if (!isKeys(one)) return [yaml.problem(path, 'Each effect is one key with its details.', mend)]
  const keys = Object.keys(one)
  const unknown = keys.find((key) => !Object.hasOwn(effectShapes, key))
  if (unknown)
    return [
      yaml.problem(
        [...path, unknown],
        `I don't know the effect "${unknown}".${didYouMean(unknown, effectKinds)}`,
        mend,
        'key',
      ),
    ]
  if (keys.length > 1)
    return [
      yaml.problem(
        path,
        `One effect a line; this one has ${keys.map((key) => `"${key}"`).join(' and ')}.`,
        'Start each with a "-" of its own.',
      ),
    ]
  return []
}

const isKeys = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
