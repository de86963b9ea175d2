import { lookUp } from '../../domain/fact.ts'
import { disposals } from '../../domain/lists.ts'
import { didYouMean, type Problem } from '../../domain/problem.ts'
import type { Policy } from '../policy.ts'
import type { YamlFile } from '../yaml-file.ts'
import { type Check, fileOf } from './context.ts'
import { valuesProblems } from './dated-values.ts'
import { dateProblems } from './identity.ts'

/** Parameters, disposals and partnerships say each thing once, with dates that can hold. */
export const checkCatalogues: Check = (read) => {
  const { policy } = read
  return [
    ...parameterProblems(policy, fileOf(read, 'rules/parameters.yaml')),
    ...disposalProblems(policy, fileOf(read, 'rules/disposals.yaml')),
    ...Object.keys(policy.partnerships).flatMap((layer) =>
      partnershipProblems(
        layer,
        policy,
        fileOf(read, `rules/partnerships/${layer}/partnership.yaml`),
      ),
    ),
  ]
}

function parameterProblems({ parameters }: Policy, yaml: YamlFile): Problem[] {
  return Object.entries(parameters).flatMap(([id, parameter]) =>
    valuesProblems(parameter.values, parameter, [id, 'values'], yaml),
  )
}

function disposalProblems(policy: Policy, yaml: YamlFile): Problem[] {
  const ids = policy.disposals.map(({ id }) => id)
  const twice = new Set(ids).size < ids.length
  const missing = twice ? [] : disposals.filter((id) => !ids.includes(id))
  return [
    ...missing.map((id) =>
      yaml.problem(
        [],
        `The disposal "${id}" is missing.`,
        'A disposal that is no longer used is closed with until, never deleted.',
      ),
    ),
    ...policy.disposals.flatMap(({ id, in_force }, i) => [
      ...(ids.indexOf(id) < i
        ? [yaml.problem([i, 'id'], `The disposal "${id}" stands twice.`, 'Keep one of the two.')]
        : []),
      ...dateProblems(in_force, true, [i, 'in_force'], yaml),
    ]),
  ]
}

function partnershipProblems(layer: string, policy: Policy, yaml: YamlFile): Problem[] {
  const partnership = lookUp(policy.partnerships, layer)
  if (!partnership) return []
  const { id, in_force, parameters, provisions } = partnership
  const problems = dateProblems(in_force, true, ['in_force'], yaml)
  if (id !== layer)
    problems.push(
      yaml.problem(
        ['id'],
        `The id "${id}" does not fit the folder "${layer}".`,
        'They are the same word. Rename the folder, or mend the id.',
      ),
    )
  for (const [name, values] of Object.entries(parameters)) {
    const parameter = lookUp(policy.parameters, name)
    problems.push(
      ...(parameter
        ? valuesProblems(values, parameter, ['parameters', name], yaml)
        : [
            yaml.problem(
              ['parameters', name],
              `I don't know the parameter "${name}".${didYouMean(name, Object.keys(policy.parameters))}`,
              'Parameters are listed in rules/parameters.yaml.',
              'key',
            ),
          ]),
    )
  }
  for (const [name, values] of Object.entries(provisions))
    problems.push(
      ...(lookUp(policy.facts, name)
        ? valuesProblems(values, { values: [] }, ['provisions', name], yaml)
        : [
            yaml.problem(
              ['provisions', name],
              `I don't know the provision "${name}".${didYouMean(name, Object.keys(policy.facts))}`,
              'Provisions are facts: add it to rules/facts.yaml first.',
              'key',
            ),
          ]),
    )
  return problems
}
