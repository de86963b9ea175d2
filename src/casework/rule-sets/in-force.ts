import type { RuleSet } from '../../rules/rule-set.ts'
import type { Deps } from '../casework.ts'
import { bringIntoForce } from './begin.ts'
import { inForce, livesOf } from './lives.ts'
import { kept } from './view.ts'

/**
 * Brings into force what is due, and puts the rule set that is in force in a partnership to use
 * where another one is in use.
 * @param use takes the rule set that cases of its partnership are looked at by from now on
 * @returns whether another one was in use
 * @throws where the record has lost the rule set that is in force
 */
export async function useRuleSetInForce(
  deps: Deps,
  partnership: string,
  use: (ruleSet: RuleSet) => void,
): Promise<boolean> {
  await bringIntoForce(deps, partnership)
  const current = inForce(livesOf(await deps.store.ruleSetEvents(partnership)))
  const inUse = deps.ruleSet(partnership)
  if (!current || (inUse.ok && inUse.value.digest === current.digest)) return false
  use(await kept(deps, current.digest))
  return true
}
