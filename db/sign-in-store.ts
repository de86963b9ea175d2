import { and, desc, eq, lte, ne, or, sql } from 'drizzle-orm'
import type { GoodSince, ServiceKeyStore, SessionStore } from '../src/casework/ports.ts'
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
  const { clear, waiting } = ending(connection)
  const touch = orm
    .update(session)
    .set({ lastSeenAt: sql`${sql.placeholder('lastSeenAt')}` })
    .where(here)
    .prepare()
  return {
    put: async ({ holds, ...one }) =>
      guard.write(() => put({ ...one, holds: JSON.stringify(holds) })),
    putIfRoom: async ({ holds, ...one }, most, since) =>
      guard.write(() => {
        clear.run(since)
        if ((waiting.get()?.count ?? most) >= most) return false
        put({ ...one, holds: JSON.stringify(holds) })
        return true
      }),
    find: async (hashedId) => {
      const row = find.get({ hashedId })
      return row && { ...row, holds: JSON.parse(row.holds) }
    },
    touch: async (hashedId, lastSeenAt) =>
      guard.write(() => void touch.run({ hashedId, lastSeenAt })),
    remove: async (hashedId) => guard.write(() => remove.run({ hashedId }).changes > 0),
  }
}

/** Removes what has ended, and counts the sign-ins that wait. */
function ending({ orm }: Connection) {
  const kind = sql`json_extract(${session.holds}, '$.kind')`
  const since = (name: keyof GoodSince) => sql.placeholder(name)
  const ended = or(
    and(eq(kind, 'sign-in'), lte(session.startedAt, since('signInBegun'))),
    and(
      ne(kind, 'sign-in'),
      or(
        lte(session.startedAt, since('sessionBegun')),
        lte(session.lastSeenAt, since('sessionSeen')),
      ),
    ),
  )
  return {
    clear: orm.delete(session).where(ended).prepare(),
    waiting: orm
      .select({ count: sql<number>`count(*)` })
      .from(session)
      .where(eq(kind, 'sign-in'))
      .prepare(),
  }
}

/** Keys of other systems, without their secrets. */
export function serviceKeyStore(connection: Connection, guard: WriteGuard): ServiceKeyStore {
  const { orm } = connection
  const here = eq(serviceKey.id, sql.placeholder('id'))
  const put = inserter(connection, serviceKey)
  const all = orm
    .select()
    .from(serviceKey)
    .orderBy(desc(serviceKey.madeAt), serviceKey.id)
    .prepare()
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
      return row && keyOf(row)
    },
    list: async () => all.all().map(keyOf),
    revoke: async (id, revokedAt) => guard.write(() => revoke.run({ id, revokedAt }).changes > 0),
  }
}

const keyOf = ({ grants, revokedAt, ...plain }: typeof serviceKey.$inferSelect) => ({
  ...plain,
  grants: JSON.parse(grants),
  ...(revokedAt === null ? {} : { revokedAt }),
})
