import { eq, sql } from 'drizzle-orm'
import type { Access } from '../src/casework/ports.ts'
import { type AccessWriter, caseSubject } from './access.ts'
import type { KeyRing } from './key-ring.ts'
import { child, clock, referral, task, victim } from './schema.ts'
import { childSubject, victimSubject } from './seal.ts'
import type { Connection } from './statements.ts'

/**
 * Erases a child. To be run in one immediate transaction. The keys are destroyed before it ends: if
 * it fails after that, what was sealed is gone already, and erasing again writes the rest.
 */
export function eraser({ orm }: Connection, keys: KeyRing, access: AccessWriter) {
  return (id: string, by: Access): void => {
    const cases = orm.select().from(referral).where(eq(referral.child, id)).all()
    if (cases.length === 0) return
    for (const one of cases) access.log(caseSubject(one), by)
    // A version on, so that whatever was begun before is stale.
    orm
      .update(referral)
      .set({
        reference: null,
        // A birthday could be read from it.
        dueOn: null,
        erasedAt: sql`coalesce(${referral.erasedAt}, ${by.at})`,
        updatedAt: by.at,
        version: sql`${referral.version} + 1`,
      })
      .where(eq(referral.child, id))
      .run()
    orm
      .update(child)
      .set({ identity: null, erasedAt: sql`coalesce(${child.erasedAt}, ${by.at})` })
      .where(eq(child.id, id))
      .run()
    for (const { id: of } of cases) {
      orm.delete(clock).where(eq(clock.referral, of)).run()
      orm.delete(task).where(eq(task.referral, of)).run()
    }
    const victims = cases.flatMap((one) =>
      orm
        .select({ number: victim.number })
        .from(victim)
        .where(eq(victim.referral, one.id))
        .all()
        .map(({ number }) => victimSubject(one.id, number)),
    )
    keys.destroy([childSubject(id), ...victims], by.at)
  }
}
