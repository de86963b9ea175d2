import { lookUp } from '../../domain/fact.ts'
import { didYouMean, type Problem } from '../../domain/problem.ts'
import { workedOutFrom } from '../../domain/worked-out.ts'
import { factsOf } from '../tests-of.ts'
import { type Check, fileOf } from './context.ts'

/** Every fact is used or says why not, and worked-out facts say from what they are worked out. */
export const checkFacts: Check = (read) => {
  const { policy } = read
  const yaml = fileOf(read, 'rules/facts.yaml')
  const used = new Set(policy.rules.flatMap((rule) => [...factsOf(rule)]))
  const problems: Problem[] = []
  for (const [id, fact] of Object.entries(policy.facts)) {
    if (id.startsWith('parameter.')) continue
    const feeds = Object.entries(workedOutFrom).some(
      ([worked, inputs]) => lookUp(policy.facts, worked) && inputs.includes(id),
    )
    if (!used.has(id) && !feeds && !fact.unused_because)
      problems.push(
        yaml.problem(
          [id],
          `No rule uses "${id}".`,
          'Use it, delete it, or say why: unused_because: …',
          'key',
        ),
      )
    if ((used.has(id) || feeds) && fact.unused_because)
      problems.push(
        yaml.problem(
          [id, 'unused_because'],
          `"${id}" is used, so it cannot say why it is not.`,
          'Delete unused_because.',
        ),
      )
    const inputs = lookUp(workedOutFrom, id)
    if ((fact.answered_by === 'worked-out') !== (inputs !== undefined))
      problems.push(
        yaml.problem(
          [id, 'answered_by'],
          inputs ? `"${id}" is worked out by the program.` : `Nothing works out "${id}".`,
          inputs ? 'Write answered_by: worked-out.' : 'Name the agency that answers it.',
        ),
      )
    for (const [i, input] of (fact.worked_out_from ?? []).entries())
      if (!lookUp(policy.facts, input))
        problems.push(
          yaml.problem(
            [id, 'worked_out_from', i],
            `I don't know the fact "${input}".${didYouMean(input, Object.keys(policy.facts))}`,
          ),
        )
    if (inputs && [...inputs].sort().join() !== [...(fact.worked_out_from ?? [])].sort().join())
      problems.push(
        yaml.problem(
          [id, 'worked_out_from'],
          `"${id}" is worked out from: ${inputs.join(', ')}.`,
          'Write worked_out_from with just these.',
        ),
      )
  }
  return problems
}
