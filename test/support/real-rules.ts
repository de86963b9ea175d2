import { fileURLToPath } from 'node:url'
import { loadPolicy } from '../../src/rules/check.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { composeRuleSet, type RuleSet } from '../../src/rules/rule-set.ts'

/** The folder of rules that Waymark ships, wherever the tests are started from. */
export const realRulesFolder = fileURLToPath(new URL('../../rules', import.meta.url))

/** The rules that Waymark ships, checked; throws with every problem where they have one. */
export function realPolicy(): Policy {
  const loaded = loadPolicy(realRulesFolder)
  if (loaded.ok) return loaded.value
  const said = loaded.problems.map(({ file, line, message }) => `${file}:${line} ${message}`)
  throw new Error(`rules/ has problems:\n${said.join('\n')}`)
}

/** The rule set of a partnership that is known to exist. */
export function ruleSetOf(policy: Policy, partnership = 'national'): RuleSet {
  const composed = composeRuleSet(policy, partnership)
  if (!composed.ok) throw new Error(composed.problems.map(({ message }) => message).join(' '))
  return composed.value
}
