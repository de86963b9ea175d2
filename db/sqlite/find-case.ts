import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { CaseRow } from '../../src/casework/ports.ts'
import type { ReferralRow } from '../record/case-row.ts'
import type { Before } from '../record/rows-of-change.ts'
import type { RowOf } from '../record/tables.ts'
import { child, idempotencyKey, referral, victim } from './schema.ts'
import type { Connection } from './statements.ts'

/** Finds what an act must be checked against before it is written. */
export function caseFinder({ orm }: Connection) {
  const id = sql.placeholder('id')
  const byId = orm.select().from(referral).where(eq(referral.id, id)).prepare()
  const childById = orm.select().from(child).where(eq(child.id, id)).prepare()
  const victims = orm
    .select({ number: victim.number })
    .from(victim)
    .where(eq(victim.referral, id))
    .orderBy(asc(victim.number))
    .prepare()
  const byReference = orm
    .select({ id: referral.id })
    .from(referral)
    .where(
      and(
        eq(referral.partnership, sql.placeholder('partnership')),
        eq(referral.reference, sql.placeholder('reference')),
        ne(referral.id, id),
      ),
    )
    .prepare()
  const answer = orm
    .select()
    .from(idempotencyKey)
    .where(
      and(
        eq(idempotencyKey.owner, sql.placeholder('owner')),
        eq(idempotencyKey.key, sql.placeholder('key')),
      ),
    )
    .prepare()
  const find = {
    /** What a change stands on: it was made in vain where this is another. */
    ground: (row: CaseRow): Pick<Before, 'row' | 'child'> => ({
      row: find.case(row.id),
      child: find.child(row.child),
    }),
    case: (of: string): ReferralRow | undefined => byId.get({ id: of }),
    child: (of: string): RowOf<'child'> | undefined => childById.get({ id: of }),
    victims: (of: string): number[] => victims.all({ id: of }).map(({ number }) => number),
    referenceTaken: ({ id: of, partnership, reference }: CaseRow): boolean =>
      reference !== null && byReference.get({ id: of, partnership, reference }) !== undefined,
    answer: (owner: string, key: string): RowOf<'idempotency_key'> | undefined =>
      answer.get({ owner, key }),
  }
  return {
    ...find,
    before: (row: CaseRow): Before => ({ ...find.ground(row), victims: find.victims(row.id) }),
  }
}
export type CaseFinder = ReturnType<typeof caseFinder>
