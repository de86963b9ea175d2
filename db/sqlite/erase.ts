import { eq, sql } from 'drizzle-orm'
import type { Access, CaseStore } from '../../src/casework/ports.ts'
import { type ErasedCase, rowsOfErasure, subjectsErased } from '../record/rows-of-erasure.ts'
import type { Parts } from './commit.ts'
import { clock, referral, task } from './schema.ts'
import type { Connection } from './statements.ts'

/**
 * Erases a child: what stands in clear first, with the log of it, and then the keys. From the first
 * on nothing of the child is shown; if the second fails, erasing again or the next start does it.
 */
export function eraser(connection: Connection, parts: Parts): CaseStore['erase'] {
  const { keys, find, rows, guard } = parts
  const casesOf = caseReader(connection, parts)
  return async (id, by: Access) => {
    const cases = await guard.write(() => {
      const child = find.child(id)
      const found = child ? casesOf(id) : []
      if (child) for (const one of rowsOfErasure(child, found, by)) rows.run(one)
      return found
    })
    if (cases.length === 0) return
    await keys.destroy(subjectsErased(id, cases), by.at)
    // What was cleared must not stay readable in the log.
    await guard.cutBack()
  }
}

function caseReader({ orm }: Connection, { find }: Parts): (child: string) => ErasedCase[] {
  const id = sql.placeholder('id')
  const cases = orm.select().from(referral).where(eq(referral.child, id)).prepare()
  const tasks = orm.select({ id: task.id }).from(task).where(eq(task.referral, id)).prepare()
  const clocks = orm.select({ id: clock.id }).from(clock).where(eq(clock.referral, id)).prepare()
  return (child) =>
    cases.all({ id: child }).map((row) => ({
      row,
      victims: find.victims(row.id),
      tasks: tasks.all({ id: row.id }).map((one) => one.id),
      clocks: clocks.all({ id: row.id }).map((one) => one.id),
    }))
}
