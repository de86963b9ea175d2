import { actAs } from './act.ts'
import { tell } from './carry-out.ts'
import { type Deps, done, type Outcome } from './casework.ts'
import { nearest } from './clocks.ts'
import { emptyDraft } from './draft.ts'
import {
  type CaseFile,
  type ClockRow,
  StoreBusy,
  StoreClosedToWrites,
  StoreFull,
  type TaskRow,
} from './ports.ts'
import { type DueItem, dueItems, isOverdue, isRipe, sweeper } from './sweep/due-items.ts'

/** What a sweep did, and what it left for the next one. */
export type Swept = { done: number; left: readonly Left[] }
export type Left = {
  case: string
  /** The clock or the task. */
  id: string
  why: 'changed-meanwhile' | 'unusable' | 'broken'
  /** What was thrown, where the case is broken. It may not be logged whole. */
  error?: unknown
}

/**
 * Turns what has fallen due into events and notices, in the order of the days, each once: what is
 * done is marked in the transaction that does it, and that transaction is refused where the case
 * changed meanwhile. So several sweepers may run at once, and one that was stopped goes on where it
 * was. A case that cannot be swept is left, told of in the answer, and keeps no other waiting.
 * @param limit how many at most; those that were left do not count
 * @throws StoreError where the store takes no writes
 */
export async function sweep(deps: Deps, { limit }: { limit: number }): Promise<Outcome<Swept>> {
  const left: Left[] = []
  const tried = new Set<string>()
  const requestId = `sweep-${deps.newId()}`
  let count = 0
  while (count < limit) {
    const items = await dueItems(deps, tried, limit - count)
    if (items.length === 0) break
    for (const item of items) {
      tried.add(item.id)
      const came = await attempt(deps, item, requestId)
      if (came === 'done') count += 1
      else if (came !== 'gone') left.push({ case: item.case, id: item.id, ...came })
    }
  }
  return done({ done: count, left })
}

type Came = 'done' | 'gone' | Pick<Left, 'why' | 'error'>

async function attempt(deps: Deps, item: DueItem, requestId: string): Promise<Came> {
  try {
    return await carry(deps, item, requestId)
  } catch (error) {
    const down = [StoreBusy, StoreClosedToWrites, StoreFull].some((one) => error instanceof one)
    if (down) throw error
    return { why: 'broken', error }
  }
}

/** One thing that is due: looked at again as it stands now, then done and marked together. */
async function carry(deps: Deps, item: DueItem, requestId: string): Promise<Came> {
  const at = deps.now()
  const access = { actor: sweeper, at, action: 'case.sweep', requestId }
  const file = await deps.store.read(item.case, ['clocks', 'tasks'], access)
  if (!file || file.row.erasedAt) return 'gone'
  const clock = file.clocks.find(({ id }) => id === item.id)
  const task = file.tasks.find(({ id }) => id === item.id)
  if (clock && isRipe(clock, deps.today())) return ring(deps, file, clock, access)
  if (task && isOverdue(task, deps.today()))
    return mark(deps, file, access, {
      tasks: [{ ...task, toldAt: at }],
      notice: { notice: 'task-overdue', task: task.task, of: task.of, dueOn: task.dueOn },
    })
  return 'gone'
}

type Access = Parameters<Deps['store']['read']>[2]

async function ring(deps: Deps, file: CaseFile, clock: ClockRow, access: Access): Promise<Came> {
  const clocks = [{ ...clock, state: 'fired' as const }]
  const { what, hard, dueOn } = clock
  // A closed case owes nothing more. Dealt with again, it owes what it owed.
  if (file.row.snapshot.value === 'closed')
    return mark(deps, file, access, { clocks: [{ ...clock, state: 'stopped' }] })
  if (what !== 'eighteenth-birthday')
    return mark(deps, file, access, {
      clocks,
      notice: { notice: 'deadline-passed', what, hard, dueOn },
    })
  const { id, version } = file.row
  const outcome = await actAs(deps, sweeper, access, id, version, { type: 'child.turnedEighteen' })
  if (outcome.ok) return 'done'
  // The chart takes the birthday once: it is recorded already.
  if (outcome.why === 'refused') return mark(deps, file, access, { clocks })
  return { why: outcome.why === 'stale' ? 'changed-meanwhile' : 'unusable' }
}

type Marked = { clocks?: ClockRow[]; tasks?: TaskRow[]; notice?: Record<string, unknown> }

/** Writes that it was done, and tells of it, in one transaction. */
async function mark(
  deps: Deps,
  file: CaseFile,
  access: Access,
  { clocks = [], tasks = [], notice }: Marked,
): Promise<Came> {
  const draft = { ...emptyDraft(), clocks, tasks }
  if (notice) tell({ deps, draft, file, at: access.at }, notice)
  const marked = new Set(clocks.map(({ id }) => id))
  const running = file.clocks.filter(({ id, state }) => state === 'running' && !marked.has(id))
  const open = file.tasks.filter(({ doneAt }) => doneAt === null)
  const row = {
    ...file.row,
    version: file.row.version + 1,
    updatedAt: access.at,
    dueOn: nearest([...running, ...open].map(({ dueOn }) => dueOn)),
  }
  const result = await deps.store.commit({ ...draft, row, from: file.row.version, access })
  return result.kind === 'done' ? 'done' : { why: 'changed-meanwhile' }
}
