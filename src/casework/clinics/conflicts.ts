import { z } from 'zod'
import { idSchema } from '../../domain/roles.ts'
import {
  absent,
  type Deps,
  done,
  type Outcome,
  type Request,
  stale,
  unusable,
} from '../casework.ts'
import type { Access, CaseRow, ClinicRow, Conflict } from '../ports.ts'
import { saveClinic } from './change.ts'
import { type ReachedClinic, reachClinic, seenItems } from './reach.ts'
import { mayWithdraw } from './withdrawing.ts'

export const conflictsSchema = z
  .array(z.strictObject({ case: z.string().min(1).max(64), person: idSchema }))
  .max(500)
  .describe('Every conflict of interest in the cases of this clinic that you see')
export type ConflictsInput = z.output<typeof conflictsSchema>

type Named = Pick<Conflict, 'case' | 'person'>

/**
 * Who takes no part in which case, the whole list of it. For somebody with a conflict of interest
 * the case is not there any more, here and everywhere, until the chair or the team leader takes the
 * conflict off this list again. Each one that is set or lifted is logged and told of by itself.
 *
 * What keeps somebody out is written before the list, and what lets them in again after it: where
 * this is interrupted, nobody is let in. Conflicts in cases that the caller does not see stay, so
 * nobody lifts their own; what an earlier clinic set stands until it was on this list too.
 */
export async function setConflicts(
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  wanted: ConflictsInput,
): Promise<Outcome<ClinicRow>> {
  const reached = await reachClinic(deps, request, id, 'clinic.run')
  if (!reached.ok) return reached
  const { file } = reached.value
  if (file.row.version !== version) return stale
  const rows = (await seenItems(deps, request.caller, file)).map(({ row }) => row)
  const seen = new Set(rows.map((row) => row.id))
  const stray = wanted.findIndex((one) => !seen.has(one.case))
  if (stray >= 0) return unusable(notOnTheAgenda(stray))
  const may = await each(wanted, async (one) => {
    const row = rows.find(({ id: of }) => of === one.case)
    if (!row) return absent
    const left = withoutThoseBefore(row, wanted, one)
    return mayWithdraw(deps, reached.value.access, left, one.person)
  })
  if (!may.ok) return may
  const kept = file.conflicts.filter((one) => !seen.has(one.case))
  const before = file.conflicts.filter((one) => seen.has(one.case))
  const barred = await each(wanted, (one) => bar(deps, reached.value, one))
  if (!barred.ok) return barred
  const saved = await saveClinic(deps, reached.value, {
    conflicts: [...kept, ...withDays(wanted, before, reached.value.access.at)],
  })
  if (!saved.ok) return saved
  const gone = before.filter((old) => !wanted.some((now) => same(now, old)))
  const lifted = await each(gone, (one) => lift(deps, reached.value, one))
  return lifted.ok ? saved : lifted
}

/** A case as it will be once those who stand before one on the list are kept out of it. */
const withoutThoseBefore = (row: CaseRow, wanted: readonly Named[], one: Named): CaseRow => {
  const before = wanted.slice(0, wanted.indexOf(one)).filter((other) => other.case === row.id)
  return { ...row, barred: [...row.barred, ...before.map(({ person }) => person)] }
}

/** One after the other, until one of them cannot be done. */
async function each(
  all: readonly Named[],
  change: (one: Named) => Promise<Outcome<null>>,
): Promise<Outcome<null>> {
  for (const one of all) {
    const changed = await change(one)
    if (!changed.ok) return changed
  }
  return done(null)
}

const notOnTheAgenda = (i: number) => ({
  message: 'That case is not on the agenda of this clinic.',
  mend: 'Name cases of this clinic by their id.',
  pointer: `/${i}/case`,
})

const same = (one: Named, other: Named) => one.case === other.case && one.person === other.person

/** Each once, with the day on which it was first set. */
const withDays = (wanted: readonly Named[], before: readonly Conflict[], at: string): Conflict[] =>
  wanted
    .filter((one, i) => wanted.findIndex((other) => same(one, other)) === i)
    .map((one) => before.find((old) => same(old, one)) ?? { ...one, at })

const bar = (deps: Deps, reached: ReachedClinic, { case: id, person }: Named) =>
  changeBarred(deps, reached, id, 'conflict-set', person, async (row) => {
    if (row.barred.includes(person)) return done(null)
    // It may have been decided or confirmed since the whole list was looked at.
    const may = await mayWithdraw(deps, reached.access, row, person)
    return may.ok ? done([...row.barred, person]) : may
  })

const lift = (deps: Deps, reached: ReachedClinic, { case: id, person }: Named) =>
  changeBarred(deps, reached, id, 'conflict-lifted', person, async ({ barred }) =>
    done(barred.includes(person) ? barred.filter((one) => one !== person) : null),
  )

/** Changes who is kept out of a case, whatever else happens to the case at the same time. */
async function changeBarred(
  deps: Deps,
  { access: by, file }: ReachedClinic,
  id: string,
  notice: 'conflict-set' | 'conflict-lifted',
  person: string,
  next: (row: CaseRow) => Promise<Outcome<readonly string[] | null>>,
): Promise<Outcome<null>> {
  for (let tries = 0; tries < 20; tries += 1) {
    const row = await deps.store.whereIs(id)
    if (!row) return absent
    const changed = await next(row)
    if (!changed.ok) return changed
    const { value: barred } = changed
    if (!barred || row.erasedAt) return done(null)
    const access: Access = { ...by, action: `case.${notice}` }
    const { partnership } = row
    const body = { notice, person, clinic: file.row.id, case: id, partnership, at: by.at }
    const outbox = [{ id: deps.newId(), kind: 'notice' as const, body }]
    const after = { ...row, barred, version: row.version + 1, updatedAt: by.at }
    const result = await deps.store.commit({ row: after, from: row.version, outbox, access })
    if (result.kind === 'done') return done(null)
  }
  return stale
}
