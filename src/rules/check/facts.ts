import { lookUp } from '../../domain/fact.ts'
import type { Problem } from '../../domain/problem.ts'
import { workedOutFrom } from '../../domain/worked-out.ts'
import type { Policy } from '../policy.ts'
import { factsOf } from '../tests-of.ts'
import type { YamlFile } from '../yaml-file.ts'
import { type Check, fileOf } from './context.ts'
import { unknownFact } from './unknown-fact.ts'

/** Worked-out facts say from what they are worked out, and nothing else claims to be. */
export const checkFacts: Check = (read) => {
  const yaml = fileOf(read, 'rules/facts.yaml')
  return Object.keys(read.policy.facts)
    .filter((id) => !id.startsWith('parameter.'))
    .flatMap((id) => workedOutProblems(id, read.policy, yaml))
}

function workedOutProblems(id: string, policy: Policy, yaml: YamlFile): Problem[] {
  const fact = policy.facts[id]
  const inputs = lookUp(workedOutFrom, id)
  if ((fact?.answered_by === 'worked-out') !== (inputs !== undefined))
    return [
      yaml.problem(
        [id, 'answered_by'],
        inputs ? `"${id}" is worked out by the program.` : `Nothing works out "${id}".`,
        inputs ? 'Write answered_by: worked-out.' : 'Name the agency that answers it.',
      ),
    ]
  const written = fact?.worked_out_from ?? []
  const unknown = written.findIndex((input) => !lookUp(policy.facts, input))
  if (unknown >= 0)
    return [unknownFact(yaml, [id, 'worked_out_from', unknown], String(written[unknown]), policy)]
  return inputs && [...inputs].sort().join() !== [...written].sort().join()
    ? [
        yaml.problem(
          [id, 'worked_out_from'],
          `"${id}" is worked out from: ${inputs.join(', ')}.`,
          'Write worked_out_from with just these.',
          'key',
        ),
      ]
    : []
}

/** Every fact is used or says why not. */
export const checkUse: Check = (read) => {
  const { policy } = read
  const yaml = fileOf(read, 'rules/facts.yaml')
  const used = new Set([
    ...policy.rules.flatMap((rule) => [...factsOf(rule)]),
    ...Object.entries(workedOutFrom).flatMap(([worked, inputs]) =>
      lookUp(policy.facts, worked) ? inputs : [],
    ),
  ])
  return Object.entries(policy.facts)
    .filter(([id]) => !id.startsWith('parameter.'))
    .flatMap(([id, { unused_because }]) => {
      if (!used.has(id) && !unused_because)
        return [
          yaml.problem(
            [id],
            `No rule uses "${id}".`,
            'Use it, delete it, or say why: unused_because: …',
            'key',
          ),
        ]
      return used.has(id) && unused_because
        ? [
            yaml.problem(
              [id, 'unused_because'],
              `"${id}" is used, so it cannot say why it is not.`,
              'Delete unused_because.',
              'key',
            ),
          ]
        : []
    })
}
