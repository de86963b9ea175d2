import type { Actor } from '../../domain/roles.ts'
import type { Deps } from '../casework.ts'
import type { ClockRow, TaskRow } from '../ports.ts'

/** The sweeper works inside the program; nothing that comes from outside acts as it. */
export const sweeper: Actor = { person: 'sweeper-1', role: 'sweeper', agency: 'partnership' }

/** A clock or a task that has fallen due. */
export type DueItem = { id: string; case: string; dueOn: string }

/** What rings when its day begins. Any other day can still be kept until it is over. */
const fromTheDay = ['eighteenth-birthday', 'conditions-warning']

/** Whether a clock is to ring today. */
export const isRipe = ({ what, dueOn, state }: ClockRow, today: string): boolean =>
  state === 'running' && (dueOn < today || (dueOn === today && fromTheDay.includes(what)))

/** Whether those who owe a task are to be told today that its day has passed. */
export const isOverdue = ({ dueOn, doneAt, toldAt }: TaskRow, today: string): boolean =>
  dueOn !== null && dueOn < today && doneAt === null && toldAt === null

/** The next things that have fallen due, in the order of their days, without those tried already. */
export async function dueItems(
  { store, today }: Pick<Deps, 'store' | 'today'>,
  tried: ReadonlySet<string>,
  wanted: number,
): Promise<DueItem[]> {
  const day = today()
  // What is not ripe yet is among the answers, so more is asked for until there is enough.
  for (let asked = wanted + tried.size; ; asked *= 2) {
    const clocks = await store.due(day, asked)
    const tasks = await store.overdueTasks(day, asked)
    const items = [
      ...clocks.filter(({ clock }) => isRipe(clock, day)).map((one) => item(one.case, one.clock)),
      ...tasks.filter(({ task }) => isOverdue(task, day)).map((one) => item(one.case, one.task)),
    ].filter(({ id }) => !tried.has(id))
    if (items.length >= wanted || (clocks.length < asked && tasks.length < asked))
      return items.sort(byDay).slice(0, wanted)
  }
}

const item = (of: string, { id, dueOn }: Pick<ClockRow | TaskRow, 'id' | 'dueOn'>): DueItem => ({
  id,
  case: of,
  dueOn: dueOn ?? '',
})

const byDay = (one: DueItem, other: DueItem): number => (key(one) < key(other) ? -1 : 1)
const key = ({ dueOn, case: of, id }: DueItem) => `${dueOn} ${of} ${id}`
