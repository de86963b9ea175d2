import { desc, eq, lte, or, sql } from 'drizzle-orm'
import type {
  GoodSince,
  ServiceKeyStore,
  SessionStore,
  StoredServiceKey,
  StoredSession,
} from '../../src/casework/ports.ts'
import { serviceKeyWritten, sessionBegun, sessionsEnded } from '../record/service-acts.ts'
import type { RowOf } from '../record/tables.ts'
import type { Parts } from './commit.ts'
import { serviceKey, session, signIn } from './schema.ts'
import { type Connection, inserter } from './statements.ts'

type Writing = Pick<Parts, 'rows' | 'guard'>

/** Sessions, and sign-ins that have begun. Who reads the database cannot take one over. */
export function sessionStore(connection: Connection, { rows, guard }: Writing): SessionStore {
  const sessions = sessionRows(connection)
  const signIns = signInRows(connection)
  const endSessions = (ended: readonly string[], at: number) => {
    if (ended.length > 0) rows.run(sessionsEnded(ended, at))
  }
  return {
    put: async (one) =>
      one.holds.kind === 'sign-in'
        ? guard.write(() => signIns.put(one))
        : guard.write(() => rows.run(sessionBegun(one))),
    putIfRoom: async (one, most, since) =>
      guard.write(() => {
        signIns.clear(since)
        endSessions(sessions.ended(since), one.startedAt)
        if (signIns.count() >= most) return false
        signIns.put(one)
        return true
      }),
    find: async (hashedId) => sessions.find(hashedId) ?? signIns.find(hashedId),
    touch: async (hashedId, lastSeenAt) => guard.write(() => sessions.touch(hashedId, lastSeenAt)),
    remove: async (hashedId, at) =>
      guard.write(() => {
        const there = sessions.find(hashedId) !== undefined
        endSessions(there ? [hashedId] : [], at)
        return there || signIns.remove(hashedId)
      }),
  }
}

function sessionRows({ orm }: Connection) {
  const here = eq(session.hashedId, sql.placeholder('hashedId'))
  const find = orm.select().from(session).where(here).prepare()
  const touch = orm
    .update(session)
    .set({ lastSeenAt: sql`${sql.placeholder('lastSeenAt')}` })
    .where(here)
    .prepare()
  const ended = orm
    .select({ hashedId: session.hashedId })
    .from(session)
    .where(
      or(
        lte(session.startedAt, sql.placeholder('sessionBegun')),
        lte(session.lastSeenAt, sql.placeholder('sessionSeen')),
      ),
    )
    .prepare()
  return {
    find: (hashedId: string): StoredSession | undefined => {
      const row = find.get({ hashedId })
      return row && { ...row, holds: JSON.parse(row.holds) }
    },
    touch: (hashedId: string, lastSeenAt: number) => void touch.run({ hashedId, lastSeenAt }),
    ended: (since: GoodSince) => ended.all(since).map(({ hashedId }) => hashedId),
  }
}

/** Sign-ins on the way to the issuer: nobody is let in by one, so no act says that it began. */
function signInRows(connection: Connection) {
  const { orm } = connection
  const here = eq(signIn.hashedId, sql.placeholder('hashedId'))
  const insert = inserter(connection, signIn)
  const find = orm.select().from(signIn).where(here).prepare()
  const remove = orm.delete(signIn).where(here).prepare()
  const clear = orm
    .delete(signIn)
    .where(lte(signIn.startedAt, sql.placeholder('signInBegun')))
    .prepare()
  const count = orm.select({ count: sql<number>`count(*)` }).from(signIn).prepare()
  return {
    put: ({ hashedId, startedAt, holds }: StoredSession) =>
      insert({ hashedId, startedAt, holds: JSON.stringify(holds) }),
    find: (hashedId: string): StoredSession | undefined => {
      const row = find.get({ hashedId })
      if (!row) return undefined
      const holds = JSON.parse(row.holds) as StoredSession['holds']
      // No act covers these rows: whatever stands in one, nobody is let in by it.
      if (holds.kind !== 'sign-in') return undefined
      return { ...row, lastSeenAt: row.startedAt, holds }
    },
    remove: (hashedId: string) => remove.run({ hashedId }).changes > 0,
    clear: (since: GoodSince) => void clear.run(since),
    count: () => count.get()?.count ?? Number.POSITIVE_INFINITY,
  }
}

/** Keys of other systems, without their secrets. */
export function serviceKeyStore(connection: Connection, { rows, guard }: Writing): ServiceKeyStore {
  const { orm } = connection
  const here = eq(serviceKey.id, sql.placeholder('id'))
  const find = orm.select().from(serviceKey).where(here).prepare()
  const all = orm
    .select()
    .from(serviceKey)
    .orderBy(desc(serviceKey.madeAt), serviceKey.id)
    .prepare()
  const found = (id: string) => {
    const row = find.get({ id })
    return row && keyOf(row)
  }
  return {
    put: async (key) =>
      guard.write(() => {
        if (found(key.id)) throw new Error(`There is a service key ${key.id} already.`)
        rows.run(serviceKeyWritten(key))
      }),
    find: async (id) => found(id),
    list: async () => all.all().map(keyOf),
    revoke: async (id, revokedAt) =>
      guard.write(() => {
        const key = found(id)
        if (key) rows.run(serviceKeyWritten({ ...key, revokedAt }))
        return key !== undefined
      }),
  }
}

const keyOf = ({ grants, revokedAt, ...plain }: RowOf<'service_key'>): StoredServiceKey => ({
  ...plain,
  grants: JSON.parse(grants),
  ...(revokedAt === null ? {} : { revokedAt }),
})
