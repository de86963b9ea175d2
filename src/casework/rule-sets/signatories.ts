import type { Agency } from '../../domain/lists.ts'
import type { RuleSet } from '../../rules/rule-set.ts'
import { type Deps, done, type Outcome, unusable } from '../casework.ts'
import { kept } from './view.ts'

/**
 * The agencies whose signature an approval needs, by the rules that are in force. The rules that are
 * approved must name some too: once in force they settle who signs, and a version that names nobody
 * could never be followed by another.
 */
export async function whoMustSign(
  deps: Deps,
  partnership: string,
  digest: string,
): Promise<Outcome<readonly Agency[]>> {
  const inUse = deps.ruleSet(partnership)
  const needed = inUse.ok ? named(inUse.value, partnership) : []
  if (needed.length === 0)
    return unusable({
      message: 'The partnership does not say who must sign a change of its rules.',
      mend: 'Say it in partnership.yaml, in panel.rule_changes_signed_by.',
    })
  if (named(await kept(deps, digest), partnership).length === 0)
    return unusable({
      message:
        'This version does not say who must sign the next change, so none could be approved after it.',
      mend: 'Say it in partnership.yaml, in panel.rule_changes_signed_by, load that, and propose it.',
      pointer: '/digest',
    })
  return done(needed)
}

const named = ({ policy }: RuleSet, partnership: string): readonly Agency[] =>
  policy.partnerships[partnership]?.panel.rule_changes_signed_by?.value ?? []
