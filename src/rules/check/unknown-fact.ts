import { didYouMean, type Problem } from '../../domain/problem.ts'
import type { Policy } from '../policy.ts'
import type { Path, YamlFile } from '../yaml-file.ts'

/** The problem of a fact that nobody has listed, wherever a rule names it. */
export function unknownFact(
  yaml: YamlFile,
  path: Path,
  id: string,
  { facts }: Pick<Policy, 'facts'>,
  at: 'key' | 'value' = 'value',
): Problem {
  return yaml.problem(
    path,
    `I don't know the fact "${id}".${didYouMean(id, Object.keys(facts))}`,
    'Facts are listed in rules/facts.yaml. To add a new one, see rules/README.md, step 3.',
    at,
  )
}
