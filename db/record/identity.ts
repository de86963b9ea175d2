import type { ChildIdentity, KeysAtHand } from '../../src/casework/ports.ts'
import { childSubject } from './seal.ts'
import { openFor } from './sealed.ts'
import type { RowOf } from './tables.ts'

export const identityPlace = (child: string) => ({
  table: 'child',
  row: child,
  subject: childSubject(child),
})

/** Opens who a child is; null where it was never said, or erased. */
export function identityOf(
  keys: KeysAtHand,
  row: RowOf<'child'> | undefined,
): ChildIdentity | null {
  if (!row || row.erasedAt) return null
  return openFor<ChildIdentity>(keys, identityPlace(row.id), row.identity) ?? null
}
