import type { Access } from '../../src/casework/ports.ts'
import type { ReferralRow } from './case-row.ts'
import { actOf, linesOf, type Removed, type Written } from './log.ts'
import { salt } from './salt.ts'
import { childSubject, victimSubject } from './seal.ts'
import type { Put, RowOf } from './tables.ts'

/** A case of a child who is to be erased, with what of it stands there in clear. */
export type ErasedCase = {
  row: ReferralRow
  victims: readonly number[]
  tasks: readonly string[]
  clocks: readonly string[]
}

/** Everybody whose key is destroyed with a child's. */
export const subjectsErased = (child: string, cases: readonly ErasedCase[]): string[] => [
  childSubject(child),
  ...cases.flatMap(({ row, victims }) => victims.map((number) => victimSubject(row.id, number))),
]

/**
 * What an erasure writes: an act for each case of the child. What is sealed goes with its key; the
 * reference, and the days from which a birthday could be read, stand in clear and are cleared.
 */
export function rowsOfErasure(
  child: RowOf<'child'>,
  cases: readonly ErasedCase[],
  by: Access,
): Written[] {
  const gone: Put = {
    table: 'child',
    row: { id: child.id, identity: null, erasedAt: child.erasedAt ?? by.at },
  }
  return cases.map(({ row, tasks, clocks }) => {
    const puts: Put[] = [gone, { table: 'referral', row: erased(row, by.at) }]
    const removed = [
      ...clocks.map((id): Removed => ({ table: 'clock', key: [row.id, id] })),
      ...tasks.map((id): Removed => ({ table: 'task', key: [row.id, id] })),
    ]
    const { partnership, area, version, id } = row
    const subject = { partnership, area, cases: [[id, child.id] as const], version: version + 1 }
    return { acts: [actOf(subject, by, linesOf(puts, removed))], puts, removed }
  })
}

/** A version on, so that whatever was begun before is stale. */
const erased = (row: ReferralRow, at: string): ReferralRow => ({
  ...row,
  reference: null,
  dueOn: null,
  erasedAt: row.erasedAt ?? at,
  updatedAt: at,
  version: row.version + 1,
  salt: salt(),
})
