import { actorFor, type Caller, mayDo } from '../../access/caller.ts'
import type { Action } from '../../access/policy.ts'
import {
  absent,
  accessFor,
  type Deps,
  done,
  notAllowed,
  type Outcome,
  type Request,
} from '../casework.ts'
import type { Access, CaseRow, ClinicFile, ClinicItem } from '../ports.ts'
import { whereOf } from '../reach.ts'

/** A clinic that a caller may do something with, and what the log says of it. */
export type ReachedClinic = { file: ClinicFile; access: Access }

/**
 * The clinic for `action`. Rows of clinics say nothing of a child and are not logged; the clinic
 * itself is opened, and logged, only for whoever may. What belongs to others is absent.
 */
export async function reachClinic(
  deps: Deps,
  request: Request,
  id: string,
  action: Action,
): Promise<Outcome<ReachedClinic>> {
  const row = await deps.store.whereIsClinic(id)
  if (!row || !mayDo(request.caller, 'clinic.read', whereOf(row))) return absent
  const actor = actorFor(request.caller, action, whereOf(row))
  if (!actor) return notAllowed('Your role may not do this with a clinic.')
  const access = accessFor(deps, request, actor, action)
  const file = await deps.store.clinic(id, access)
  return file ? done({ file, access }) : absent
}

/** A case on the agenda that a caller may see, with its row. */
export type SeenItem = { item: ClinicItem; row: CaseRow }

/** The cases of a clinic that are there for a caller: theirs to read, without a conflict in them. */
export async function seenItems(
  { store }: Deps,
  caller: Caller,
  { items }: ClinicFile,
): Promise<SeenItem[]> {
  const rows = await store.whereAre(items.map((item) => item.case))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return items.flatMap((item) => {
    const row = byId.get(item.case)
    return row && seesCase(caller, row) ? [{ item, row }] : []
  })
}

const seesCase = (caller: Caller, row: CaseRow): boolean =>
  !row.barred.includes(caller.person) && actorFor(caller, 'case.read', whereOf(row)) !== undefined

/** What is still to be dealt with. */
export const stillOn = ({ state }: ClinicItem): boolean =>
  ['listed', 'in-clinic', 'escalated'].includes(state)
