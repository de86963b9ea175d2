import {
  type CaseStore,
  type Change,
  ClockBehind,
  type Committed,
  type Keys,
  SubjectErased,
} from '../../src/casework/ports.ts'
import { type Before, rowsOf, subjectsOf } from '../record/rows-of-change.ts'
import type { CaseFinder } from './find-case.ts'
import type { Runner } from './run-rows.ts'
import type { WriteGuard } from './write-guard.ts'

/** What the calls of a store work with. */
export type Parts = { keys: Keys; find: CaseFinder; rows: Runner; guard: WriteGuard }

/**
 * Writes acts. The rows are made and sealed before anything is locked; under the lock it is looked
 * at once more whether they still follow from what stands there.
 */
export function committer({ keys, find, rows, guard }: Parts): CaseStore['commit'] {
  const attempt = async (change: Change): Promise<Committed | 'again'> => {
    const before = find.before(change.row)
    const refused = refusalOf(change, before, find)
    if (refused) return refused
    const { fresh, all } = subjectsOf(change, before)
    if (fresh.length > 0) await keys.make(fresh, change.access.at)
    const written = rowsOf(change, before, await keys.find(all))
    return guard.write(() => {
      const now = find.ground(change.row)
      const late = refusalOf(change, now, find)
      if (late) return late
      // Another case of the same child came meanwhile.
      if ((now.child === undefined) !== (before.child === undefined)) return 'again'
      rows.run(written, now.row)
      return { kind: 'done' }
    })
  }
  return async (change) => {
    for (;;) {
      const came = await attempt(change)
      if (came !== 'again') return came
    }
  }
}

/** How far the clocks of machines that work well may differ, in milliseconds. */
const clocksDiffer = 60_000

/**
 * Why a change is not written.
 * @throws {SubjectErased} for a child whose record was erased
 * @throws {ClockBehind} where the clock stands well before what is written already
 */
function refusalOf(
  { row, from, access, idempotency: answer }: Change,
  before: Pick<Before, 'row' | 'child'>,
  find: CaseFinder,
): Committed | undefined {
  if (answer && find.answer(answer.owner, answer.key)) return { kind: 'repeated' }
  if ((before.row?.version ?? null) !== from) return { kind: 'stale' }
  if (find.referenceTaken(row)) return { kind: 'reference-taken' }
  if (before.child?.erasedAt)
    throw new SubjectErased('This child’s record was erased; nothing is added to it.')
  if (before.row && Date.parse(access.at) + clocksDiffer < Date.parse(before.row.updatedAt))
    throw new ClockBehind(
      `The clock says ${access.at}, and the last entry of this case is of ${before.row.updatedAt}. Set the clock of this machine right. Nothing was stored.`,
    )
  return undefined
}
