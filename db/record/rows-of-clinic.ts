import type {
  Access,
  Attendance,
  ClinicFile,
  ClinicItem,
  ClinicRow,
  KeysAtHand,
} from '../../src/casework/ports.ts'
import { actOf, actsOnCases, linesOf, type Removed, type Written } from './log.ts'
import { clinicSubject } from './seal.ts'
import { openFor, sealFor } from './sealed.ts'
import type { Put, RowOf } from './tables.ts'

/** A clinic as it lies in a store, with the cases on its agenda. */
export type RawClinic = {
  row: RowOf<'clinic'>
  attendance: readonly RowOf<'attendance'>[]
  conflicts: readonly RowOf<'conflict'>[]
  items: readonly (RowOf<'clinic_item'> & ItemCase)[]
}
type ItemCase = { of: { id: string; partnership: string; area: string | null; child: string } }

/** What is given replaces what stands there; the rest is left. The agenda changes with its cases. */
export type ClinicChange = Pick<ClinicFile, 'row'> & Partial<Omit<ClinicFile, 'row' | 'items'>>

export function rowsOfClinic(
  change: ClinicChange,
  before: RawClinic | undefined,
  by: Access,
  keys: KeysAtHand,
): Written {
  const { row } = change
  const minutes = minutesOf(change, before, keys)
  const puts: Put[] = [
    { table: 'clinic', row: { ...row, minutes } },
    ...(change.attendance ?? []).map((one, place) => seatOf(row.id, one, place, keys)),
    ...(change.conflicts ?? []).map(
      ({ case: referral, person, at }): Put => ({
        table: 'conflict',
        row: { clinic: row.id, referral, person, at },
      }),
    ),
  ]
  const removed = removedBy(change, before)
  const [own, ...others] = actsOnClinic(row, before?.items ?? [], by)
  const subject = { ...row, id: own.id, clinic: row.id, cases: own.about }
  return { acts: [actOf(subject, by, linesOf(puts, removed)), ...others], puts, removed }
}

function minutesOf(
  { row, minutes }: ClinicChange,
  before: RawClinic | undefined,
  keys: KeysAtHand,
) {
  if (minutes === undefined) return before?.row.minutes ?? null
  return minutes === null ? null : sealFor(keys, minutesAt(row.id), minutes)
}

function seatOf(
  clinic: string,
  { name, ...one }: Attendance,
  place: number,
  keys: KeysAtHand,
): Put {
  const sealed = name === undefined ? null : sealFor(keys, nameAt(clinic, place), name)
  return { table: 'attendance', row: { ...one, clinic, place, name: sealed } }
}

/** The rows of the list before that the new list has none for. */
function removedBy(
  { row, attendance, conflicts }: ClinicChange,
  before: RawClinic | undefined,
): Removed[] {
  const fewer = attendance ? (before?.attendance.slice(attendance.length) ?? []) : []
  const lifted = conflicts
    ? (before?.conflicts ?? []).filter(
        (old) => !conflicts.some((one) => one.case === old.referral && one.person === old.person),
      )
    : []
  return [
    ...fewer.map(({ place }): Removed => ({ table: 'attendance', key: [row.id, place] })),
    ...lifted.map(
      ({ referral, person }): Removed => ({ table: 'conflict', key: [row.id, referral, person] }),
    ),
  ]
}

/** A reading of a clinic: one act for it and for the cases of each area on its agenda. */
export function actsOnClinic(
  { id, partnership, area }: Pick<ClinicRow, 'id' | 'partnership' | 'area'>,
  items: RawClinic['items'],
  by: Access,
) {
  const cases = items.map(({ of }) => of)
  const here = cases.filter((one) => one.partnership === partnership && one.area === area)
  const elsewhere = cases.filter((one) => !here.includes(one))
  const about = here.map((one) => [one.id, one.child] as const)
  const own = actOf({ partnership, area, cases: about, clinic: id }, by)
  return [{ ...own, about }, ...actsOnCases(elsewhere, by, id)] as const
}

/** Whose key opens what was read of a clinic. */
export const subjectsOfClinic = ({ row, attendance }: RawClinic): string[] =>
  row.minutes || attendance.some(({ name }) => name) ? [clinicSubject(row.id)] : []

export function clinicFileOf({ row, attendance, conflicts, items }: RawClinic, keys: KeysAtHand) {
  const { minutes, ...plain } = row
  return {
    row: toClinic(row),
    attendance: attendance.map(({ name, place, ...one }) => {
      const known = openFor<string>(keys, nameAt(plain.id, place), name)
      const { person, role, agency, way } = one as Attendance
      return { person, role, agency, way, ...(known === undefined ? {} : { name: known }) }
    }),
    conflicts: conflicts.map(({ referral, person, at }) => ({ case: referral, person, at })),
    items: items.map(({ clinic, referral, state }) => ({
      clinic,
      case: referral,
      state: state as ClinicItem['state'],
    })),
    minutes: openFor<string>(keys, minutesAt(plain.id), minutes) ?? null,
  } satisfies ClinicFile
}

/** A clinic without its minutes. */
export const toClinic = ({ minutes: _, ...row }: RowOf<'clinic'>): ClinicRow => ({
  ...row,
  state: row.state as ClinicRow['state'],
})

export const minutesAt = (clinic: string) => ({
  table: 'clinic',
  row: clinic,
  subject: clinicSubject(clinic),
})
export const nameAt = (clinic: string, place: number) => ({
  table: 'attendance',
  row: `${clinic} ${place}`,
  subject: clinicSubject(clinic),
})
