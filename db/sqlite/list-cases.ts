import { desc, eq, type SQL, sql } from 'drizzle-orm'
import {
  type CaseQuery,
  type CaseRow,
  type CaseStore,
  KeyMissing,
  type Keys,
  type KeysAtHand,
  type Scope,
} from '../../src/casework/ports.ts'
import { toCase } from '../record/case-row.ts'
import { identityOf } from '../record/identity.ts'
import { actsOnCases } from '../record/log.ts'
import { childSubject } from '../record/seal.ts'
import type { RowOf } from '../record/tables.ts'
import type { Parts } from './commit.ts'
import { referral } from './schema.ts'
import type { Connection } from './statements.ts'

/** What a page is narrowed by. Each combination is a statement of its own, prepared once. */
const narrowings = ['area', 'state', 'status', 'dueBy', 'reference', 'after'] as const
export type Narrowing = (typeof narrowings)[number]

const conditions: Record<Narrowing, SQL> = {
  area: eq(referral.area, sql.placeholder('area')),
  state: eq(referral.state, sql.placeholder('state')),
  status: eq(referral.status, sql.placeholder('status')),
  dueBy: sql`due_on <= ${sql.placeholder('dueBy')}`,
  reference: eq(referral.reference, sql.placeholder('reference')),
  after: sql`(updated_at, id) < (${sql.placeholder('updatedAt')}, ${sql.placeholder('id')})`,
}

const afterUnsorted = sql`(+updated_at, +id) < (${sql.placeholder('updatedAt')}, ${sql.placeholder('id')})`

/** Whoever has a conflict of interest finds nothing. */
const notBarred = sql`(barred = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(barred) WHERE value = ${sql.placeholder('person')}))`

/**
 * One page of one partnership (or area), newest first. A page begins at a row value, which SQLite
 * finds in an index (drizzle's own `or` form reads the whole table), so that it costs the same
 * among ten thousand cases and among a million. By day due it is sorted instead (a column with `+`
 * is not looked for in an index): few cases have something due, and they are found by their day.
 */
export function pageStatement({ orm }: Connection, by: readonly Narrowing[]) {
  const here = eq(referral.partnership, sql.placeholder('partnership'))
  const byDay = by.includes('dueBy')
  const narrowed = by.map((one) => (byDay && one === 'after' ? afterUnsorted : conditions[one]))
  const order = byDay
    ? [sql`+updated_at DESC`, sql`+id DESC`]
    : [desc(referral.updatedAt), desc(referral.id)]
  return orm
    .select()
    .from(referral)
    .where(sql.join([here, ...narrowed, notBarred], sql` AND `))
    .orderBy(...order)
    .limit(sql.placeholder('limit'))
}

/** Lists cases by several scopes. One act in each log names all that were listed. */
export function caseLister(
  connection: Connection,
  { rows, find, keys, guard }: Parts,
): Pick<CaseStore, 'list'> {
  const pages = new Map<string, ReturnType<ReturnType<typeof pageStatement>['prepare']>>()
  const pageOf = (by: readonly Narrowing[]) => {
    const name = by.join()
    const page = pages.get(name) ?? pageStatement(connection, by).prepare()
    pages.set(name, page)
    return page
  }
  return {
    list: async (query, by) => {
      const listed = await guard.write(() => {
        const found = query.scopes.flatMap((scope) => {
          const values = valuesOf(query, scope)
          const asked = narrowings.filter((one) => values[one] !== undefined)
          return pageOf(asked).all({ ...values, person: by.actor.person })
        })
        const page = merge(found.map(toCase), query.limit)
        rows.log(actsOnCases(page, by))
        return page.map((row) => ({ row, child: find.child(row.child) }))
      })
      return named(keys, listed)
    },
  }
}

type Listed = { row: CaseRow; child: RowOf<'child'> | undefined }

/** Says whose each case is; nobody's name where the key is lost. */
async function named(keys: Keys, listed: readonly Listed[]): ReturnType<CaseStore['list']> {
  const subjects = listed.flatMap(({ child }) => subjectsOf(child))
  const atHand = await findKept(keys, subjects)
  const isThere = (subject: string) => atHand.has(subject)
  return listed.map(({ row, child }) => ({
    row,
    identity: subjectsOf(child).every(isThere) ? identityOf(atHand, child) : null,
  }))
}

/** One lost key must not close every list that its case stands on: the case itself says so. */
async function findKept(keys: Keys, subjects: readonly string[]): Promise<KeysAtHand> {
  try {
    return await keys.find(subjects)
  } catch (error) {
    if (!(error instanceof KeyMissing)) throw error
    const states = await keys.states(subjects)
    return keys.find(subjects.filter((one) => states.get(one) !== 'missing'))
  }
}

const subjectsOf = (child: RowOf<'child'> | undefined): string[] =>
  child?.identity ? [childSubject(child.id)] : []

const valuesOf = (
  { scopes: _, after, ...query }: CaseQuery,
  { partnership, area }: Scope,
): Record<string, unknown> => ({ ...query, partnership, area, after, ...after })

/** The newest of several pages; a case that two scopes cover stands once. */
function merge(rows: readonly CaseRow[], limit: number): CaseRow[] {
  const once = [...new Map(rows.map((row) => [row.id, row])).values()]
  return once.sort(newestFirst).slice(0, limit)
}

/** As SQLite orders: by bytes, not by a language. Instants and ids are of the Latin alphabet. */
function newestFirst(one: CaseRow, other: CaseRow): number {
  if (one.updatedAt !== other.updatedAt) return one.updatedAt < other.updatedAt ? 1 : -1
  return one.id < other.id ? 1 : -1
}
