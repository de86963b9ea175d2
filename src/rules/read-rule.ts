import { didYouMean, type Problem, type Result } from '../domain/problem.ts'
import { isKeys, testProblems } from './read-test.ts'
import { type EffectKind, effectKinds, effectShapes, type RuleFile, ruleSchema } from './schema.ts'
import { type Explained, readShape, shapeProblems } from './shape.ts'
import { type Path, valueAt, type YamlFile } from './yaml-file.ts'

/** Reads one rule file: its keys, its tests and its effects, but not yet its vocabulary. */
export function readRule(yaml: YamlFile): Result<RuleFile> {
  const then = valueAt(yaml.value, ['then'])
  const effects = Array.isArray(then) ? then.map((one, i) => explainEffect(yaml, i, one)) : []
  return readShape(yaml, ruleSchema, [
    ...explainTest(yaml, ['when']),
    ...explainTest(yaml, ['applies_to']),
    ...effects.filter(({ problems }) => problems.length > 0),
    ...explainEnd(yaml),
  ])
}

/** The problems of a test, in better words than the schema has. */
function explainTest(yaml: YamlFile, path: Path): Explained[] {
  const test = valueAt(yaml.value, path)
  const problems = test === undefined ? [] : testProblems(yaml, path, test)
  return problems.length > 0 ? [{ path, problems }] : []
}

/** The problems of one effect: the schema alone could not say which effect was meant. */
function explainEffect(yaml: YamlFile, index: number, one: unknown): Explained {
  const path = ['then', index]
  const mend = `The effects are: ${effectKinds.join(', ')}.`
  if (!isKeys(one))
    return {
      path,
      problems: [yaml.problem(path, 'Each effect is one key with its details.', mend)],
    }
  const keys = Object.keys(one)
  const unknown = keys.find((key) => !Object.hasOwn(effectShapes, key))
  if (unknown) {
    const message = `I don't know the effect "${unknown}".${didYouMean(unknown, effectKinds)}`
    return { path, problems: [yaml.problem([...path, unknown], message, mend, 'key')] }
  }
  return { path, problems: effectProblems(yaml, path, keys as EffectKind[]) }
}

function effectProblems(yaml: YamlFile, path: Path, kinds: readonly EffectKind[]): Problem[] {
  const [kind, second] = kinds
  if (kind === undefined)
    return [yaml.problem(path, 'There is no effect here.', 'Delete the line.')]
  if (second !== undefined)
    return [
      yaml.problem(
        [...path, second],
        `One effect a line; this one has ${kinds.map((key) => `"${key}"`).join(' and ')}.`,
        'Start each with a "-" of its own.',
        'key',
      ),
    ]
  const doneWhen = explainTest(yaml, [...path, kind, 'done_when'])
  return shapeProblems(yaml, effectShapes[kind], [...path, kind], doneWhen)
}

/** The examples stand last, so that a file that was cut short never passes for a whole one. */
function explainEnd(yaml: YamlFile): Explained[] {
  const keys = isKeys(yaml.value) ? Object.keys(yaml.value) : []
  const last = keys.at(-1)
  if (last === undefined || last === 'examples' || !keys.includes('examples')) return []
  if (!Object.hasOwn(ruleSchema.def.shape, last)) return []
  return [
    {
      path: [last, 'stands last'],
      problems: [
        yaml.problem(
          [last],
          `"${last}" stands after the examples, which come last in a rule.`,
          'Move it up. A file that was cut short is then noticed.',
          'key',
        ),
      ],
    },
  ]
}
