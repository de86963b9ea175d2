import { fileURLToPath } from 'node:url'
import { type OpenStore, openStore } from '../../db/open-store.ts'
import { openReferralStore } from '../../db/referral-store.ts'
import type { ReferralStore, StoredReferral } from '../../src/casework/ports.ts'

export const migrations = fileURLToPath(new URL('../../db/migrations', import.meta.url))

/** The SQLite store on a file, or in memory. */
export const sqliteStore = (file = ':memory:') => openReferralStore(file, migrations)

/** The record, in memory or in files. */
export const caseStore = (database = ':memory:', keys = ':memory:'): OpenStore =>
  openStore({ database, keys, migrations })

/** A store in memory alone, as simple as the port allows. */
export function memoryStore(): ReferralStore & { close(): void } {
  const kept = new Map<string, string>()
  return {
    open: async (referral) => {
      if (kept.has(referral.reference)) throw new Error('The reference is taken.')
      kept.set(referral.reference, JSON.stringify(referral))
    },
    find: async (reference) => {
      const text = kept.get(reference)
      return text === undefined ? undefined : (JSON.parse(text) as StoredReferral)
    },
    close: () => {},
  }
}
