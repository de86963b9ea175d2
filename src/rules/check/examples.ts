import { lookUp, misfit } from '../../domain/fact.ts'
import { plainDateSchema } from '../../domain/plain-date.ts'
import { didYouMean } from '../../domain/problem.ts'
import { covers } from '../schema.ts'
import { eachRule } from './context.ts'

/** At least one example that fires, one that does not, one with the key fact missing; all readable. */
export const checkExamples = eachRule((rule, yaml, { policy }) => {
  const problems = rule.examples.flatMap((example, i) =>
    Object.entries(example.given).flatMap(([id, answer]) => {
      const path = ['examples', i, 'given', id]
      const fact = lookUp(policy.facts, id)
      if (!fact)
        return [
          yaml.problem(
            path,
            `I don't know the fact "${id}".${didYouMean(id, Object.keys(policy.facts))}`,
            'Facts are listed in rules/facts.yaml. To add a new one, see rules/README.md, step 3.',
            'key',
          ),
        ]
      if (answer === null || id.startsWith('parameter.')) return []
      // Days until a birthday or a limit go below nought once it is past.
      if (typeof answer === 'number' && fact.answered_by === 'worked-out') return []
      const wrong = misfit(fact.answers, answer)
      return wrong ? [yaml.problem(path, `"${id}" ${wrong}`)] : []
    }),
  )
  for (const [i, { as_at }] of rule.examples.entries())
    if (as_at && plainDateSchema.safeParse(as_at).success && !covers(rule.in_force, as_at))
      problems.push(
        yaml.problem(
          ['examples', i, 'as_at'],
          `The rule is not in force on ${as_at}.`,
          'Choose a date on which it is.',
        ),
      )
  const expected = new Set(rule.examples.map((example) => example.expect))
  const missing = [
    !expected.has('met') && 'one where the rule is met',
    !expected.has('not-met') && !expected.has('does-not-apply') && 'one where it is not met',
    !expected.has('need-to-know') && 'one where the key fact is missing (need-to-know)',
  ].filter(Boolean)
  if (missing.length > 0)
    problems.push(
      yaml.problem(['examples'], `The examples lack ${missing.join(', and ')}.`, 'Add it.'),
    )
  const names = rule.examples.map(({ name }) => name)
  for (const [i, name] of names.entries())
    if (names.indexOf(name) < i)
      problems.push(
        yaml.problem(
          ['examples', i, 'name'],
          `Two examples are called "${name}".`,
          'Say what is different.',
        ),
      )
  return problems
})
