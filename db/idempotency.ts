import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { IdempotentAnswer, KeptAnswer } from '../src/casework/ports.ts'
import type { KeyRing } from './key-ring.ts'
import { child, idempotencyKey } from './schema.ts'
import { childSubject } from './seal.ts'
import { openFor, sealFor } from './sealed.ts'
import { type Connection, inserter } from './statements.ts'

type Sealed = Pick<IdempotentAnswer, 'request' | 'headers' | 'body'>

/** The answers that repeated requests get again. */
export function idempotencyKeeper(connection: Connection, keys: KeyRing) {
  const insert = inserter(connection, idempotencyKey)
  const find = connection.orm
    .select({ ...getTableColumns(idempotencyKey), erasedAt: child.erasedAt })
    .from(idempotencyKey)
    .innerJoin(child, eq(child.id, idempotencyKey.child))
    .where(
      and(
        eq(idempotencyKey.owner, sql.placeholder('owner')),
        eq(idempotencyKey.key, sql.placeholder('key')),
      ),
    )
    .prepare()
  const place = (owner: string, key: string, of: string) => ({
    table: 'idempotency_key',
    row: JSON.stringify([owner, key]),
    subject: childSubject(of),
  })
  return {
    used: (owner: string, key: string): boolean => find.get({ owner, key }) !== undefined,
    find: (owner: string, key: string): KeptAnswer | undefined => {
      const row = find.get({ owner, key })
      if (!row) return undefined
      const { status, at, sealed, referral, erasedAt } = row
      const kept = erasedAt
        ? undefined
        : openFor<Sealed>(keys, place(owner, key, row.child), sealed)
      // The key stays used after an erasure, so that nothing is done twice.
      return { case: referral, answer: kept ? { owner, key, status, at, ...kept } : null }
    },
    keep: (
      { owner, key, status, at, ...content }: IdempotentAnswer,
      { id, child: of }: { id: string; child: string },
    ) =>
      insert({
        owner,
        key,
        referral: id,
        child: of,
        status,
        at,
        sealed: sealFor(keys, place(owner, key, of), content),
      }),
  }
}
