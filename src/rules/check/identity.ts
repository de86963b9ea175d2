import { lookUp } from '../../domain/fact.ts'
import { didYouMean, type Problem } from '../../domain/problem.ts'
import { firstDay, type InForce, type Rule } from '../schema.ts'
import type { Path, YamlFile } from '../yaml-file.ts'
import { eachRule } from './context.ts'

/** The file's place says its id; dates are whole; what is replaced exists and may be replaced. */
export const checkIdentity = eachRule((rule, yaml, { policy }) => {
  const layers = Object.keys(policy.partnerships)
  return [
    ...placeProblems(rule, yaml),
    ...(rule.layer !== 'national' && !lookUp(policy.partnerships, rule.layer)
      ? [
          yaml.problem(
            [],
            `The folder "${rule.layer}" has no partnership.yaml.${didYouMean(rule.layer, layers)}`,
            'Add one, or move the rule.',
          ),
        ]
      : []),
    ...dateProblems(rule.in_force, rule.doubts !== undefined, ['in_force'], yaml),
    ...replacementProblems(rule, policy.rules, yaml),
  ]
})

/** Where the file of a rule may stand: by its id alone, or with its first day as a successor. */
export function placesOf(rule: Rule): [string, string] {
  const folder = rule.layer === 'national' ? 'rules/national/' : `rules/partnerships/${rule.layer}/`
  return [`${folder}${rule.id}.yaml`, `${folder}${rule.id}.${firstDay(rule.in_force)}.yaml`]
}

function placeProblems(rule: Rule, yaml: YamlFile): Problem[] {
  const [plain, dated] = placesOf(rule)
  if (rule.file === plain || rule.file === dated) return []
  const named = /\.(\d{4}-\d{2}-\d{2})\.yaml$/.exec(rule.file)
  if (named && rule.file.replace(named[0], '.yaml') === plain)
    return [
      yaml.problem(
        ['in_force'],
        `The file's name says ${named[1]}, but the rule begins on ${firstDay(rule.in_force)}.`,
        `Write in_force: { from: ${named[1]} }, or name the file …/${dated.split('/').at(-1)}.`,
      ),
    ]
  return [
    yaml.problem(
      ['id'],
      `The id "${rule.id}" does not fit the place of the file.`,
      `Move the file to ${plain} (or …/${dated.split('/').at(-1)} for a successor), or mend the id.`,
    ),
  ]
}

/** True where the dates say on which days something is in force. */
export const hasWholeDates = (dates: InForce): boolean =>
  (dates.from === 'not-stated') === (dates.applied_from !== undefined) &&
  (dates.until === undefined || firstDay(dates) <= dates.until)

/** What is wrong with the dates of a rule, a parameter's value or a disposal. */
export function dateProblems(
  dates: InForce,
  doubted: boolean,
  path: Path,
  yaml: YamlFile,
): Problem[] {
  const { from, applied_from, until } = dates
  if (from === 'not-stated' && !applied_from)
    return [
      yaml.problem(
        path,
        'The date is not stated, so say from when we apply it.',
        'Add applied_from: YYYY-MM-DD, and a doubt that asks for the true date.',
      ),
    ]
  if (from !== 'not-stated' && applied_from)
    return [
      yaml.problem(
        [...path, 'applied_from'],
        'applied_from stands only beside from: not-stated.',
        'Delete it, or write from: not-stated.',
        'key',
      ),
    ]
  if (until && until < firstDay(dates))
    return [
      yaml.problem(
        [...path, 'until'],
        `It ends before it begins, on ${firstDay(dates)}.`,
        'Both days count: until is the last day on which it holds.',
      ),
    ]
  return from === 'not-stated' && !doubted
    ? [
        yaml.problem(
          path,
          'A date that nobody has read is an open question: add it to doubts, with an owner.',
          'doubts: [ { question: From which date does this apply?, owner: policy lead } ]',
        ),
      ]
    : []
}

function replacementProblems(rule: Rule, rules: readonly Rule[], yaml: YamlFile): Problem[] {
  if (!rule.replaces) return []
  if (rule.layer === 'national')
    return [
      yaml.problem(
        ['replaces'],
        'Only a partnership replaces a rule; a national rule is succeeded.',
        'Close the old rule with until, and add its successor.',
        'key',
      ),
    ]
  const { id } = rule.replaces
  const national = rules.filter(({ layer }) => layer === 'national')
  const replaced = national.filter((one) => one.id === id)
  const known = [...new Set(national.map((one) => one.id))]
  if (replaced.length === 0)
    return [
      yaml.problem(
        ['replaces', 'id'],
        `There is no national rule "${id}".${didYouMean(id, known)}`,
        'A rule that replaces nothing leaves replaces out.',
      ),
    ]
  return replaced.some(({ authority }) => authority === 'statute')
    ? [
        yaml.problem(
          ['replaces', 'id'],
          `"${id}" is a statute rule. A partnership cannot replace the law.`,
          'Add a local rule beside it.',
        ),
      ]
    : []
}
