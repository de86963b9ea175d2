import { asc, eq, isNull, sql } from 'drizzle-orm'
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
): Pick<CaseStore, 'outbox' | 'delivered'> {
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
  }
}
