import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { CaseStore, OutboxMessage } from '../../src/casework/ports.ts'
import { ofService, written } from '../record/log.ts'
import { byTheService } from '../record/service-acts.ts'
import type { Parts } from './commit.ts'
import { outbox } from './schema.ts'
import type { Connection } from './statements.ts'

/** Hands on what waits, oldest first, and takes note of what arrived. */
export function outboxKeeper(
  connection: Connection,
  { rows, guard }: Pick<Parts, 'rows' | 'guard'>,
): Pick<CaseStore, 'handOn' | 'clearOutbox'> {
  const waiting = waitingReader(connection)
  const { arrived, outdated } = outboxWriters(connection)
  /** The handing on before this one: nobody takes up what somebody else is handing on. */
  let before: Promise<unknown> = Promise.resolve()
  const handOn: CaseStore['handOn'] = async (limit, send, at) => {
    const messages = waiting(limit)
    if (messages.length === 0) return 0
    await send(messages)
    const arrivedAt = at()
    await guard.write(() => {
      for (const { id } of messages) arrived.run({ id, at: arrivedAt })
    })
    return messages.length
  }
  return {
    handOn: (limit, send, at) => {
      const mine = before.then(() => handOn(limit, send, at))
      before = mine.catch(() => {})
      return mine
    },
    // Where no instant is given, nothing that waits is before it.
    clearOutbox: async ({ delivered, waiting: unread = '', limit, at }) =>
      guard.write(() => {
        const old = outdated.all({ delivered, waiting: unread, limit })
        const removed = old.map(({ id }) => ({ table: 'outbox' as const, key: [id] }))
        // The act names what it clears: what is missing besides was taken out.
        if (old.length > 0)
          rows.run(written(ofService(), byTheService('outbox.clear', at), [], removed))
        return old.length
      }),
  }
}

function waitingReader({ orm }: Connection) {
  const waiting = orm
    .select()
    .from(outbox)
    .where(isNull(outbox.deliveredAt))
    .orderBy(asc(outbox.seq))
    .limit(sql.placeholder('limit'))
    .prepare()
  return (limit: number) =>
    waiting.all({ limit }).map(({ seq, id, kind, body, at }) => ({
      seq,
      id,
      kind: kind as OutboxMessage['kind'],
      body: JSON.parse(body),
      at,
    }))
}

function outboxWriters({ orm }: Connection) {
  // The oldest come first and are handed on first: no more need be looked at to find them.
  const oldest = orm
    .select({ seq: outbox.seq })
    .from(outbox)
    .orderBy(asc(outbox.seq))
    .limit(sql.placeholder('limit'))
  return {
    arrived: orm
      .update(outbox)
      .set({ deliveredAt: sql`${sql.placeholder('at')}` })
      .where(eq(outbox.id, sql.placeholder('id')))
      .prepare(),
    outdated: orm
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          inArray(outbox.seq, oldest),
          or(
            lt(outbox.deliveredAt, sql.placeholder('delivered')),
            and(isNull(outbox.deliveredAt), lt(outbox.at, sql.placeholder('waiting'))),
          ),
        ),
      )
      .prepare(),
  }
}
