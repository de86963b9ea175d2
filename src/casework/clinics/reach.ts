import { actorFor, type Caller, scopesFor, type Where } from '../../access/caller.ts'
import type { Action } from '../../access/policy.ts'
import { absent, type Deps, done, notAllowed, type Outcome, type Request } from '../casework.ts'
import type { Access, CaseRow, ClinicFile, ClinicItem, ClinicRow } from '../ports.ts'
import { whereOf } from '../view.ts'

/** A clinic that a caller may do something with, and what the log says of it. */
export type ReachedClinic = { file: ClinicFile; access: Access }

/** More clinics than any partnership holds while its record is kept. */
const all = 10_000

/**
 * The clinic for `action`. Rows of clinics say nothing of a child and are not logged; the clinic
 * itself is opened, and logged, only for whoever may. What belongs to others is absent.
 */
export async function reachClinic(
  deps: Deps,
  { caller, requestId, purpose }: Request,
  id: string,
  action: Action,
): Promise<Outcome<ReachedClinic>> {
  const scopes = scopesFor(caller, 'clinic.read')
  const row = (await deps.store.clinics({ scopes, limit: all })).find((one) => one.id === id)
  if (!row) return absent
  const actor = actorFor(caller, action, whereItIs(row))
  if (!actor) return notAllowed('Your role may not do this with a clinic.')
  const access = { actor, at: deps.now(), action, requestId, purpose }
  const file = await deps.store.clinic(id, access)
  return file ? done({ file, access }) : absent
}

const whereItIs = ({ partnership, area }: ClinicRow): Where => ({
  partnership,
  ...(area ? { area } : {}),
})

/** A case on the agenda that a caller may see, with its row. */
export type SeenItem = { item: ClinicItem; row: CaseRow }

/** The cases of a clinic that are there for a caller: theirs to read, without a conflict in them. */
export async function seenItems(
  { store }: Deps,
  caller: Caller,
  { items }: ClinicFile,
): Promise<SeenItem[]> {
  const found = await Promise.all(
    items.map(async (item) => ({ item, row: await store.whereIs(item.case) })),
  )
  return found.flatMap(({ item, row }) => (row && seesCase(caller, row) ? [{ item, row }] : []))
}

export const seesCase = (caller: Caller, row: CaseRow): boolean =>
  !row.barred.includes(caller.person) && actorFor(caller, 'case.read', whereOf(row)) !== undefined

/** What is still to be dealt with. */
export const stillOn = ({ state }: ClinicItem): boolean =>
  ['listed', 'in-clinic', 'escalated'].includes(state)
