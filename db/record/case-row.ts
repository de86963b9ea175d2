import type { CaseRow, Snapshot } from '../../src/casework/ports.ts'
import { salt } from './salt.ts'
import type { RowOf } from './tables.ts'

export type ReferralRow = RowOf<'referral'>

/** A snapshot in the four columns that every chart's row has. */
export const fromSnapshot = ({ machine, version, value, context }: Snapshot) => ({
  machine,
  machineVersion: version,
  state: value,
  context: JSON.stringify(context),
})

export const toSnapshot = (
  row: Pick<RowOf<'delivery'>, 'machine' | 'machineVersion' | 'state' | 'context'>,
): Snapshot => ({
  machine: row.machine as Snapshot['machine'],
  version: row.machineVersion,
  value: row.state,
  context: JSON.parse(row.context),
})

/** @param before the row that it replaces: times of a case never run backwards */
export const fromCase = (
  { snapshot, barred, updatedAt, ...row }: CaseRow,
  before?: ReferralRow,
): ReferralRow => ({
  ...row,
  ...fromSnapshot(snapshot),
  updatedAt: before && before.updatedAt > updatedAt ? before.updatedAt : updatedAt,
  barred: JSON.stringify(barred),
  salt: salt(),
})

export function toCase(row: ReferralRow): CaseRow {
  const { machine: _, machineVersion: __, state: ___, context: ____, salt: _____, ...plain } = row
  return {
    ...plain,
    status: row.status as CaseRow['status'],
    barred: JSON.parse(row.barred),
    snapshot: toSnapshot(row),
  }
}
