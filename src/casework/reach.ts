import { actorFor, type Caller, type Where } from '../access/caller.ts'
import { type Part, partsFor } from '../access/fields.ts'
import { closedOnly } from '../access/policy.ts'
import { inWords } from '../domain/plain-date.ts'
import type { Actor } from '../domain/roles.ts'
import { absent, type Deps, done, type No, notAllowed, type Outcome } from './casework.ts'
import { dayOf } from './narrative/words.ts'
import type { CaseRow } from './ports.ts'

/** Where a case or a clinic is. */
export const whereOf = ({ partnership, area }: Pick<CaseRow, 'partnership' | 'area'>): Where => ({
  partnership,
  ...(area ? { area } : {}),
})

/** The parts of one case that a caller sees. */
export const partsOf = (caller: Caller, row: CaseRow): ReadonlySet<Part> =>
  partsFor(caller, whereOf(row), row.snapshot.value === 'closed')

/**
 * The case and the actor as whom a caller may do `action` with it. What belongs to others, what the
 * caller has a conflict of interest in, and what is not there are the same: absent.
 */
export async function reach(
  deps: Deps,
  caller: Caller,
  id: string,
  action: Parameters<typeof actorFor>[1],
): Promise<Outcome<{ row: CaseRow; actor: Actor }>> {
  const row = await deps.store.whereIs(id)
  if (!row || row.barred.includes(caller.person)) return absent
  const where = whereOf(row)
  const actor = actorFor(caller, action, where)
  if (!actor)
    return actorFor(caller, 'case.read', where) ? notAllowed('Your role may not do this.') : absent
  if (closedOnly(actor.role) && row.snapshot.value !== 'closed') return absent
  return done({ row, actor })
}

/** Nothing can be read of what was erased, and nothing is added to it. */
export const erased = ({ erasedAt }: CaseRow): No | undefined =>
  erasedAt === null ? undefined : { ok: false, why: 'erased', says: erasedSays(erasedAt) }

/** What is said instead of what was kept of a child. */
export const erasedSays = (erasedAt: string): string =>
  `What was kept of the child was erased on ${inWords(dayOf(erasedAt))}. What stays is what happened, in codes.`
