import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { usePolicy } from '../../src/rules/load-built.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { composeRuleSet, type RuleSet } from '../../src/rules/rule-set.ts'

/** The folder of rules that Waymark ships, wherever the tests are started from. */
export const realRulesFolder = fileURLToPath(new URL('../../rules', import.meta.url))

/** Parsed once for all tests (build-once.ts), and only read by each. */
let real: Policy | undefined

/** The rules that Waymark ships, checked; throws with every problem where they have one. */
export function realPolicy(): Policy {
  if (real) return real
  const built = process.env.BUILT_FOR_TESTS
  const loaded = usePolicy(realRulesFolder, built && join(built, 'dist'))
  if (loaded.ok) {
    real = loaded.value
    return real
  }
  const said = loaded.problems.map(({ file, line, message }) => `${file}:${line} ${message}`)
  throw new Error(`rules/ has problems:\n${said.join('\n')}`)
}

/** The rule set of a partnership that is known to exist. */
export function ruleSetOf(policy: Policy, partnership = 'national'): RuleSet {
  const composed = composeRuleSet(policy, partnership)
  if (!composed.ok) throw new Error(composed.problems.map(({ message }) => message).join(' '))
  return composed.value
}
