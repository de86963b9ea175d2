import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { CaseStore } from '../../src/casework/ports.ts'
import { toClock, toTask } from '../record/standing-rows.ts'
import { clock, referral, task } from './schema.ts'
import type { Connection } from './statements.ts'

/**
 * What falls due, for the sweeper: ids and days, no content. What belongs to an erased case is left
 * to rest. The conditions are written as in the indexes, so that SQLite uses them.
 */
export function dueReader(connection: Connection): Pick<CaseStore, 'due' | 'overdueTasks'> {
  const clocks = clocksDue(connection).prepare()
  const tasks = tasksDue(connection).prepare()
  return {
    due: async (day, limit) =>
      clocks.all({ day, limit }).map(({ clock: row, partnership }) => ({
        case: row.referral,
        partnership,
        clock: toClock(row),
      })),
    overdueTasks: async (day, limit) =>
      tasks.all({ day, limit }).map(({ task: row }) => ({ case: row.referral, task: toTask(row) })),
  }
}

export const clocksDue = ({ orm }: Connection) =>
  orm
    .select({ clock, partnership: referral.partnership })
    .from(clock)
    .innerJoin(referral, eq(referral.id, clock.referral))
    .where(
      and(
        sql`clock.state = 'running'`,
        sql`${clock.dueOn} <= ${sql.placeholder('day')}`,
        isNull(referral.erasedAt),
      ),
    )
    .orderBy(asc(clock.dueOn), asc(clock.referral), asc(clock.id))
    .limit(sql.placeholder('limit'))

export const tasksDue = ({ orm }: Connection) =>
  orm
    .select({ task })
    .from(task)
    .innerJoin(referral, eq(referral.id, task.referral))
    .where(
      and(
        sql`task.due_on IS NOT NULL AND task.done_at IS NULL AND task.told_at IS NULL`,
        sql`${task.dueOn} <= ${sql.placeholder('day')}`,
        isNull(referral.erasedAt),
      ),
    )
    .orderBy(asc(task.dueOn), asc(task.referral), asc(task.id))
    .limit(sql.placeholder('limit'))
