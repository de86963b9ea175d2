import type { Effect } from '../domain/effect.ts'
import type { Block } from '../domain/refusal.ts'
import type { Outcome } from './casework.ts'
import { nearest } from './clocks.ts'
import type { Act } from './draft.ts'
import type { ClockRow, TaskRow } from './ports.ts'
import { ended, isDoneAlready, newTask, subjectOf } from './tasks.ts'

/** Tasks that ended by what happened, and those that the charts ask for. */
export function tasksAfter(
  { draft, file, deps, answers }: Act,
  effects: readonly Effect[],
  clocks: readonly ClockRow[],
  at: string,
): TaskRow[] {
  const events = draft.events.map(({ event }) => event)
  const superseded = effects.some((one) => one.kind === 'record' && one.what === supersededIs)
  const state = file.row.snapshot.value
  const over = ended(file.tasks, { events, answers, fresh: draft.answers, superseded, state }, at)
  const open = file.tasks.filter(({ id, doneAt }) => !doneAt && !over.some((one) => one.id === id))
  const made: TaskRow[] = []
  for (const effect of effects) {
    if (effect.kind !== 'task') continue
    const subject = subjectOf(effect.task, events)
    const same = (one: TaskRow) =>
      one.task === effect.task && one.of === effect.of && (!subject || one.id === subject)
    if ([...open, ...made].some(same)) continue
    const dueOf = (what: string) => dueOn(clocks, what, subject)
    made.push(newTask(subject ?? deps.newId(), effect, at, dueOf))
  }
  return [...over, ...made.filter((one) => !isDoneAlready(one, answers))]
}

const supersededIs = 'decision-superseded'

/** The day of a clock that runs: of the one about the subject, where there is one. */
const dueOn = (clocks: readonly ClockRow[], what: string, subject?: string): string | undefined =>
  nearest(
    clocks
      .filter((one) => one.what === what && one.state === 'running')
      .filter(({ about }) => subject === undefined || about === subject)
      .map((one) => one.dueOn),
  ) ?? undefined

/** What closing waits for while somebody is asked to make the child safe. */
export const childIsSafe: Block = {
  what: 'condition',
  id: 'childIsSafe',
  says: 'Once it is dealt with, answer process.safety_concerns_resolved with "yes".',
}

/**
 * No case is closed while somebody is asked to make the child safe: what closes it is refused, and
 * says what has to be answered first.
 */
export function closedOverAWorry({ draft, file }: Act): Outcome<never> | undefined {
  if (file.row.snapshot.value !== 'closed') return undefined
  const open = file.tasks.some(({ task, doneAt }) => task === 'make-child-safe' && doneAt === null)
  if (!open) return undefined
  return {
    ok: false,
    why: 'refused',
    refusal: {
      kind: 'refusal',
      asked: draft.events[0]?.event.type ?? '',
      why: 'No case is closed while somebody is asked to make the child safe.',
      allowed: [],
      blockedBy: [childIsSafe],
    },
  }
}
