import type { Case } from '../domain/case.ts'
import type { Recommendation } from '../domain/recommendation.ts'

/** A referral as the store keeps it: what was handed in, what was recommended, where it stands. */
export type StoredReferral = {
  reference: string
  partnership: string
  /** The instant it was opened, UTC; it orders, it is never used for ages or deadlines. */
  openedAt: string
  machineVersion: number
  state: string
  given: Case
  /** Frozen: kept as it was made, never recomputed in place. */
  recommendation: Recommendation
}

/** What casework needs of a store. Coarse and asynchronous: one call, one transaction. */
export type ReferralStore = {
  /** Keeps a new referral. Throws when the reference is taken. */
  open(referral: StoredReferral): Promise<void>
  find(reference: string): Promise<StoredReferral | undefined>
}

export type * from '../access/ports.ts'
export type * from './ports/database-tools.ts'
export type * from './ports/record.ts'
export * from './ports/store.ts'
export * from './ports/store-error.ts'
