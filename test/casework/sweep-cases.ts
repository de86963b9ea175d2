import type { Deps } from '../../src/casework/casework.ts'
import type { CaseStore, ClockRow, OutboxMessage, TaskRow } from '../../src/casework/ports.ts'
import { caseRow, opening } from '../db/changes.ts'
import { waitingIn } from '../support/outbox.ts'

/** Cases with things that fall due, and what a sweeper needs. No rules: nothing here asks them. */

export const clock = (id: string, dueOn: string, more: Partial<ClockRow> = {}): ClockRow => ({
  id,
  what: 'assessment',
  rule: 'clocks/assessment',
  about: '1',
  dueOn,
  hard: false,
  state: 'running',
  ...more,
})

export const task = (id: string, dueOn: string | null, more: Partial<TaskRow> = {}): TaskRow => ({
  id,
  task: 'assess',
  of: 'youth-justice',
  dueOn,
  since: '2026-10-01T09:00:00.000Z',
  doneAt: null,
  toldAt: null,
  ...more,
})

/** A case of its own for each row, with the day as the list shows it. */
export async function keep(
  store: CaseStore,
  rows: readonly (ClockRow | TaskRow)[],
  state = 'received',
) {
  for (const row of rows) {
    const id = `case-of-${row.id}`
    const snapshot = { ...caseRow().snapshot, value: state }
    await store.commit(
      opening(id, {
        row: caseRow(id, { snapshot, dueOn: row.dueOn }),
        ...('what' in row ? { clocks: [row] } : { tasks: [row] }),
      }),
    )
  }
}

/** A sweeper of its own on a store, with ids of its own. */
export function sweeperOn(store: CaseStore, today: () => string, name = 'a'): Deps {
  let ids = 0
  return {
    store,
    ruleSet: () => ({ ok: false, problems: [{ message: 'No rules are needed here.' }] }),
    evaluate: () => {
      throw new Error('No rules are needed here.')
    },
    today,
    now: () => `${today()}T10:00:00.000Z`,
    newId: () => {
      ids += 1
      return `${name}-${ids}`
    },
  }
}

/** What was told, in its order. Messages to the audit stand in the same outbox and are left out. */
export async function told(store: CaseStore): Promise<OutboxMessage['body'][]> {
  const sent = await waitingIn(store, 10_000)
  return sent.filter(({ kind }) => kind === 'notice').map(({ body }) => body)
}
