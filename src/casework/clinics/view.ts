import { stateSays } from '../../../machines/words.ts'
import { partsFor } from '../../access/fields.ts'
import type { Told } from '../../domain/told.ts'
import { type Deps, done, type Outcome, type Request } from '../casework.ts'
import type { CaseFile, ClinicFile, ClinicRow } from '../ports.ts'
import { partsOf } from '../reach.ts'
import type { clinic, clinicCase } from '../shapes/clinic.ts'
import { quorumOfCase } from './quorum-of-case.ts'
import { reachClinic, type SeenItem, seenItems, stillOn } from './reach.ts'

/** A case of a clinic: where it stands there, where it stands itself, and whether it has its quorum. */
export type ClinicCase = Told<typeof clinicCase>

/** A clinic as one caller sees it. Cases that are not there for them are not in it. */
export type ClinicView = Told<typeof clinic>

/** One clinic. The reading is logged, with every case on the agenda. */
export async function viewClinic(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<ClinicView>> {
  const reached = await reachClinic(deps, request, id, 'clinic.read')
  if (!reached.ok) return reached
  const { file } = reached.value
  const seen = await seenItems(deps, request.caller, file)
  const waiting = seen.filter(({ item }) => stillOn(item)).map(({ row }) => row.id)
  const files = await deps.store.readMany(waiting, ['answers'], reached.value.access)
  const byId = new Map(files.map((one) => [one.row.id, one]))
  const cases = seen.map((one) => shown(deps, file, one, byId.get(one.row.id)))
  const ids = new Set(cases.map((one) => one.case))
  // Minutes are one text about all of the cases: whoever is kept out of one of them reads none.
  const readsAll =
    seen.length === file.items.length &&
    seen.every(({ row }) => partsOf(request.caller, row).has('words')) &&
    partsFor(request.caller, placeOf(file.row), false).has('words')
  return done({
    ...file.row,
    attendance: file.attendance,
    cases,
    conflicts: file.conflicts.filter((one) => ids.has(one.case)),
    minutes: readsAll ? file.minutes : null,
    minutesWithheld: !readsAll && file.minutes !== null,
  })
}

const placeOf = ({ partnership, area }: ClinicRow) => ({ partnership, ...(area ? { area } : {}) })

function shown(
  deps: Deps,
  clinic: ClinicFile,
  { item, row }: SeenItem,
  file: CaseFile | undefined,
): ClinicCase {
  const { value } = row.snapshot
  return {
    case: row.id,
    reference: row.reference,
    item: item.state,
    state: value,
    stateSays: stateSays.referral[value] ?? '',
    quorum: file ? quorumOfCase(deps, clinic, row, file.answers) : null,
    barred: row.barred,
  }
}
