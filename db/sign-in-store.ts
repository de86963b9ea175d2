import { eq, sql } from 'drizzle-orm'
import type { ServiceKeyStore, SessionStore } from '../src/casework/ports.ts'
import { serviceKey, session } from './schema.ts'
import { type Connection, inserter, upserter } from './statements.ts'
import type { WriteGuard } from './write-guard.ts'

/** Sessions, and sign-ins that have begun. Who reads the database cannot take one over. */
export function sessionStore(connection: Connection, guard: WriteGuard): SessionStore {
  const { orm } = connection
  const here = eq(session.hashedId, sql.placeholder('hashedId'))
  const put = upserter(connection, session, 'hashedId')
  const find = orm.select().from(session).where(here).prepare()
  const remove = orm.delete(session).where(here).prepare()
  const touch = orm
    .update(session)
    .set({ lastSeenAt: sql`${sql.placeholder('lastSeenAt')}` })
    .where(here)
    .prepare()
  return {
    put: async ({ holds, ...one }) =>
      guard.write(() => put({ ...one, holds: JSON.stringify(holds) })),
    find: async (hashedId) => {
      const row = find.get({ hashedId })
      return row && { ...row, holds: JSON.parse(row.holds) }
    },
    touch: async (hashedId, lastSeenAt) =>
      guard.write(() => void touch.run({ hashedId, lastSeenAt })),
    remove: async (hashedId) => guard.write(() => remove.run({ hashedId }).changes > 0),
  }
}

/** Keys of other systems, without their secrets. */
export function serviceKeyStore(connection: Connection, guard: WriteGuard): ServiceKeyStore {
  const { orm } = connection
  const here = eq(serviceKey.id, sql.placeholder('id'))
  const put = inserter(connection, serviceKey)
  const find = orm.select().from(serviceKey).where(here).prepare()
  const revoke = orm
    .update(serviceKey)
    .set({ revokedAt: sql`${sql.placeholder('revokedAt')}` })
    .where(here)
    .prepare()
  return {
    put: async ({ grants, ...one }) =>
      guard.write(() => put({ ...one, grants: JSON.stringify(grants) })),
    find: async (id) => {
      const row = find.get({ id })
      if (!row) return undefined
      const { grants, revokedAt, ...plain } = row
      return {
        ...plain,
        grants: JSON.parse(grants),
        ...(revokedAt === null ? {} : { revokedAt }),
      }
    },
    revoke: async (id, revokedAt) => guard.write(() => revoke.run({ id, revokedAt }).changes > 0),
  }
}
