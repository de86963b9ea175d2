import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { CaseStore, OutboxMessage } from '../src/casework/ports.ts'
import { outbox } from './schema.ts'
import { type Connection, inserter } from './statements.ts'
import type { WriteGuard } from './write-guard.ts'

export type OutboxWriter = (message: OutboxMessage, at: string) => void

/** Writes messages, in the transaction of what they tell of. */
export function outboxWriter(connection: Connection): OutboxWriter {
  const insert = inserter(connection, outbox)
  return ({ id, kind, body }, at) => insert({ id, kind, body: JSON.stringify(body), at })
}

/** Hands out what waits, oldest first, and takes note of what arrived. */
export function outboxReader(
  { orm }: Connection,
  guard: WriteGuard,
): Pick<CaseStore, 'outbox' | 'delivered' | 'clearOutbox'> {
  const waiting = orm
    .select()
    .from(outbox)
    .where(isNull(outbox.deliveredAt))
    .orderBy(asc(outbox.seq))
    .limit(sql.placeholder('limit'))
    .prepare()
  const arrived = orm
    .update(outbox)
    .set({ deliveredAt: sql`${sql.placeholder('at')}` })
    .where(eq(outbox.id, sql.placeholder('id')))
    .prepare()
  // The oldest come first and are handed on first: no more need be looked at to find them.
  const oldest = orm
    .select({ seq: outbox.seq })
    .from(outbox)
    .orderBy(asc(outbox.seq))
    .limit(sql.placeholder('limit'))
  const clear = orm
    .delete(outbox)
    .where(
      and(
        inArray(outbox.seq, oldest),
        or(
          lt(outbox.deliveredAt, sql.placeholder('delivered')),
          and(isNull(outbox.deliveredAt), lt(outbox.at, sql.placeholder('waiting'))),
        ),
      ),
    )
    .prepare()
  return {
    outbox: async (limit) =>
      waiting.all({ limit }).map(({ seq, id, kind, body, at }) => ({
        seq,
        id,
        kind: kind as OutboxMessage['kind'],
        body: JSON.parse(body),
        at,
      })),
    delivered: async (ids, at) =>
      guard.write(() => {
        for (const id of ids) arrived.run({ id, at })
      }),
    // Where no instant is given, nothing that waits is before it.
    clearOutbox: async ({ delivered, waiting: unread = '', limit }) =>
      guard.write(() => clear.run({ delivered, waiting: unread, limit }).changes),
  }
}
