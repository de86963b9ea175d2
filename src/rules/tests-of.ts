import type { Group, Leaf, Rule, Test } from './schema.ts'
import type { Path } from './yaml-file.ts'

/** Every test of a rule with the path at which it stands. */
export function testsOf(
  rule: Rule,
): { path: Path; test: Group; part: 'applies_to' | 'when' | 'done_when' }[] {
  const doneWhen = rule.then.flatMap((effect, i) =>
    'require' in effect && effect.require.done_when
      ? [
          {
            path: ['then', i, 'require', 'done_when'],
            test: effect.require.done_when,
            part: 'done_when' as const,
          },
        ]
      : [],
  )
  return [
    ...(rule.applies_to
      ? [{ path: ['applies_to'], test: rule.applies_to, part: 'applies_to' as const }]
      : []),
    { path: ['when'], test: rule.when, part: 'when' as const },
    ...doneWhen,
  ]
}

/** Every leaf of a test with the path at which it stands. */
export function leavesOf(test: Test, path: Path = []): { path: Path; leaf: Leaf }[] {
  if ('all' in test) return test.all.flatMap((one, i) => leavesOf(one, [...path, 'all', i]))
  if ('any' in test) return test.any.flatMap((one, i) => leavesOf(one, [...path, 'any', i]))
  if ('not' in test) return leavesOf(test.not, [...path, 'not'])
  return [{ path, leaf: test }]
}

/** Every leaf of a rule, from all its tests. */
export const allLeaves = (rule: Rule) =>
  testsOf(rule).flatMap(({ test, path, part }) =>
    leavesOf(test, path).map((found) => ({ ...found, part })),
  )

/** The facts that a rule reads: those its tests name and those they are compared with. */
export function factsOf(rule: Rule): ReadonlySet<string> {
  const known = factsOfRule.get(rule)
  if (known) return known
  const facts = new Set<string>()
  for (const { leaf } of allLeaves(rule)) {
    facts.add(leaf.fact)
    if (typeof leaf.value === 'object' && 'fact' in leaf.value) facts.add(leaf.value.fact)
  }
  for (const effect of rule.then) if ('clock' in effect) facts.add(effect.clock.from)
  factsOfRule.set(rule, facts)
  return facts
}

const factsOfRule = new WeakMap<Rule, ReadonlySet<string>>()
