import { initialTransition } from 'xstate'
import { referralMachine, referralMachineVersion } from '../../machines/referral.machine.ts'
import type { Case } from '../domain/case.ts'
import { fine, type Result } from '../domain/problem.ts'
import { recommend } from '../recommend/recommend.ts'
import type { Evaluate } from '../rules/evaluate.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import type { ReferralStore, StoredReferral } from './ports.ts'

/**
 * Opens a referral: runs the rules on it once and keeps it with its frozen recommendation.
 * @param at the instant of opening (UTC); `asAt` is the day whose rules apply
 * @returns the stored referral, or the problems for which it cannot be read (nothing is stored)
 */
export async function openReferral(
  { store, ruleSet, evaluate }: { store: ReferralStore; ruleSet: RuleSet; evaluate: Evaluate },
  { reference, given, asAt, at }: { reference: string; given: Case; asAt: string; at: string },
): Promise<Result<StoredReferral>> {
  const recommendation = await recommend(ruleSet, given, asAt, evaluate)
  if (!recommendation.ok) return recommendation
  const [snapshot] = initialTransition(referralMachine)
  const referral: StoredReferral = {
    reference,
    partnership: ruleSet.partnership,
    openedAt: at,
    machineVersion: referralMachineVersion,
    state: String(snapshot.value),
    given,
    recommendation: recommendation.value,
  }
  await store.open(referral)
  return fine(referral)
}
