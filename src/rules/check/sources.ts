import { lookUp } from '../../domain/fact.ts'
import { confirmations } from '../../domain/lists.ts'
import { didYouMean, type Problem } from '../../domain/problem.ts'
import type { ReadPolicy } from '../policy.ts'
import type { Citation } from '../schema.ts'
import type { Path, YamlFile } from '../yaml-file.ts'
import { type Check, eachRule, fileOf } from './context.ts'

/** Every citation names a listed source, and a place is never better confirmed than its source. */
export const checkRuleSources = eachRule((rule, yaml, read) => {
  const problems = rule.source.flatMap((citation, i) =>
    citationProblems(citation, ['source', i], yaml, read),
  )
  const kinds = rule.source.map(({ ref }) => lookUp(read.policy.sources, ref)?.kind)
  const allKnown = kinds.every((kind) => kind !== undefined)
  if (rule.authority === 'statute' && allKnown && !kinds.includes('statute'))
    problems.push(
      yaml.problem(
        ['authority'],
        'A statute rule cites a statute.',
        'Cite the Act, or choose another authority.',
      ),
    )
  return problems
})

/** The same for the catalogues: parameters, disposals and partnerships. */
export const checkCatalogueSources: Check = (read) => {
  const { policy } = read
  const files: string[] = [
    'rules/parameters.yaml',
    'rules/disposals.yaml',
    ...Object.keys(policy.partnerships).map((id) => `rules/partnerships/${id}/partnership.yaml`),
  ]
  return files.flatMap((file) => {
    const yaml = fileOf(read, file)
    return citationsWithin(yaml.value).flatMap(({ citation, path }) =>
      citationProblems(citation, path, yaml, read),
    )
  })
}

function citationsWithin(value: unknown, path: Path = []): { citation: Citation; path: Path }[] {
  if (typeof value !== 'object' || value === null) return []
  if ('ref' in value && 'at' in value) return [{ citation: value as Citation, path }]
  return Object.entries(value).flatMap(([key, inner]) =>
    citationsWithin(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  )
}

function citationProblems(
  citation: Citation,
  path: Path,
  yaml: YamlFile,
  { policy }: ReadPolicy,
): Problem[] {
  const source = lookUp(policy.sources, citation.ref)
  if (!source)
    return [
      yaml.problem(
        [...path, 'ref'],
        `I don't know the source "${citation.ref}".${didYouMean(citation.ref, Object.keys(policy.sources))}`,
        'Sources are listed in rules/sources.yaml, each with how well it was confirmed.',
      ),
    ]
  const better =
    citation.confirmed &&
    confirmations.indexOf(citation.confirmed) < confirmations.indexOf(source.confirmed)
  return better
    ? [
        yaml.problem(
          [...path, 'confirmed'],
          `The place is said to be "${citation.confirmed}", but the source as a whole is only "${source.confirmed}".`,
          'Correct the one that is wrong.',
        ),
      ]
    : []
}
