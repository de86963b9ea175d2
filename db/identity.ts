import type { ChildIdentity } from '../src/casework/ports.ts'
import type { KeyRing } from './key-ring.ts'
import type { child } from './schema.ts'
import { childSubject } from './seal.ts'
import { openFor } from './sealed.ts'

/** Opens who a child is; null where it was never said, or erased. */
export const identityReader =
  (keys: KeyRing) =>
  (row: (typeof child)['$inferSelect'] | undefined): ChildIdentity | null => {
    if (!row || row.erasedAt) return null
    const place = { table: 'child', row: row.id, subject: childSubject(row.id) }
    return openFor<ChildIdentity>(keys, place, row.identity) ?? null
  }
