import { asc, eq, sql } from 'drizzle-orm'
import type { CaseFile, ClockRow, ConditionRow, TaskRow } from '../src/casework/ports.ts'
import { toSnapshot } from './case-row.ts'
import { clock, condition, delivery, task, victim } from './schema.ts'
import type { Connection } from './statements.ts'

type Rows = Pick<CaseFile, 'deliveries' | 'conditions' | 'tasks' | 'clocks' | 'victims'>

/** Reads the rows of a case that change, each kind by the name of its part. */
export function rowReader({ orm }: Connection): {
  [part in keyof Rows]: (id: string) => Rows[part]
} {
  const id = sql.placeholder('id')
  const deliveries = orm
    .select()
    .from(delivery)
    .where(eq(delivery.referral, id))
    .orderBy(asc(delivery.id))
    .prepare()
  const conditions = orm
    .select()
    .from(condition)
    .where(eq(condition.referral, id))
    .orderBy(asc(condition.id))
    .prepare()
  const tasks = orm.select().from(task).where(eq(task.referral, id)).orderBy(asc(task.id)).prepare()
  const clocks = orm
    .select()
    .from(clock)
    .where(eq(clock.referral, id))
    .orderBy(asc(clock.id))
    .prepare()
  const victims = orm
    .select()
    .from(victim)
    .where(eq(victim.referral, id))
    .orderBy(asc(victim.number))
    .prepare()
  return {
    deliveries: (of) => deliveries.all({ id: of }).map(toDelivery),
    conditions: (of) =>
      conditions.all({ id: of }).map(({ referral: _, ...row }) => row as ConditionRow),
    tasks: (of) => tasks.all({ id: of }).map(toTask),
    clocks: (of) => clocks.all({ id: of }).map(toClock),
    victims: (of) => victims.all({ id: of }).map(toVictim),
  }
}

const toDelivery = (row: (typeof delivery)['$inferSelect']) => ({
  id: row.id,
  decision: row.decision,
  snapshot: toSnapshot(row),
})

const toVictim = ({ number, offences }: (typeof victim)['$inferSelect']) => ({
  number,
  offences: offences === null ? null : (JSON.parse(offences) as number[]),
})

export function toTask({ referral: _, agency, ...row }: (typeof task)['$inferSelect']): TaskRow {
  return { ...row, of: agency as TaskRow['of'] }
}

export function toClock({ referral: _, ...row }: (typeof clock)['$inferSelect']): ClockRow {
  return { ...row, state: row.state as ClockRow['state'] }
}
