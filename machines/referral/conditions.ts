import type { ReferralEvent } from '../../src/domain/events.ts'
import { whenAllOf } from '../conditions.ts'
import type { ReferralContext } from './context.ts'
import * as deciding from './deciding-conditions.ts'
import * as moving from './moving-conditions.ts'

/** Every condition of the referral's chart, by name. */
export const referralConditions = {
  ...deciding.whoMayDoIt,
  ...deciding.whatMustBeDone,
  ...deciding.whatIsDecided,
  ...deciding.whoConfirmed,
  ...moving.howItIsGiven,
  ...moving.whereItGoes,
  ...moving.heldFrom,
}

export const when = whenAllOf<ReferralContext, ReferralEvent, keyof typeof referralConditions>(
  referralConditions,
)
