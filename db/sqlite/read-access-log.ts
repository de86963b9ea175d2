import { and, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { AccessRow, CaseStore } from '../../src/casework/ports.ts'
import type { Actor } from '../../src/domain/roles.ts'
import { casesOf } from '../record/log.ts'
import { accessCase, accessLog } from './schema.ts'
import type { Connection } from './statements.ts'

/** What a page of the log is narrowed by beside its partnership. */
export type LogNarrowing = 'area' | 'case' | 'child' | 'before'

const placeholder = (name: string) => sql.placeholder(name)
const area: SQL = eq(accessLog.area, placeholder('area'))

/**
 * One page of one partnership's log (or one area's part of it), newest first. What was done to one
 * case or one child is found by the index of cases; an act on many cases is found for each.
 */
export function logStatement({ orm }: Connection, by: readonly LogNarrowing[]) {
  const ofCase = by.includes('case') || by.includes('child')
  const from = ofCase ? accessCase : accessLog
  const conditions: Record<LogNarrowing, SQL> = {
    area,
    case: eq(accessCase.referral, placeholder('case')),
    child: eq(accessCase.child, placeholder('child')),
    before: sql`${from.seq} < ${placeholder('before')}`,
  }
  const here = eq(from.partnership, placeholder('partnership'))
  const narrowed = [here, ...by.map((one) => conditions[one]), ...(ofCase ? sameRow : [])]
  const row = getTableColumns(accessLog)
  // SQLite takes the tables of a cross join in the order in which they are named.
  const page = ofCase
    ? orm.select(row).from(accessCase).crossJoin(accessLog)
    : orm.select(row).from(accessLog)
  return page
    .where(and(...narrowed))
    .orderBy(desc(from.seq))
    .limit(placeholder('limit'))
}

const sameRow = [
  eq(accessLog.partnership, accessCase.partnership),
  eq(accessLog.seq, accessCase.seq),
]

/** Reads the access log. Not logged itself: it names no child but by id. */
export function accessLogReader(connection: Connection): Pick<CaseStore, 'accessLog'> {
  const pages = new Map<string, ReturnType<ReturnType<typeof logStatement>['prepare']>>()
  const page = (values: Record<string, unknown>) => {
    const by = (['area', 'case', 'child', 'before'] as const).filter(
      (one) => values[one] !== undefined,
    )
    const name = by.join()
    const known = pages.get(name) ?? logStatement(connection, by).prepare()
    pages.set(name, known)
    return known.all(values)
  }
  return {
    accessLog: async ({ scopes, case: id, child, limit, after }) => {
      const rows = new Map<string, AccessRow>()
      const inOrder = [...scopes].sort((one, other) =>
        one.partnership < other.partnership ? -1 : 1,
      )
      for (const { partnership, area } of inOrder) {
        if (after && partnership < after.partnership) continue
        const before = partnership === after?.partnership ? after.seq : undefined
        for (const row of page({ partnership, area, case: id, child, before, limit }).map(toAccess))
          rows.set(`${row.partnership} ${row.seq}`, row)
      }
      return [...rows.values()].sort(byPartnershipNewestFirst).slice(0, limit)
    },
  }
}

const byPartnershipNewestFirst = (one: AccessRow, other: AccessRow): number => {
  if (one.partnership === other.partnership) return other.seq - one.seq
  return one.partnership < other.partnership ? -1 : 1
}

function toAccess(row: (typeof accessLog)['$inferSelect']): AccessRow {
  const { partnership, seq, at, action, request, purpose, clinic } = row
  return {
    partnership,
    seq,
    at,
    action,
    requestId: request,
    ...(purpose === null ? {} : { purpose }),
    actor: { person: row.person, role: row.role, agency: row.agency } as Actor,
    cases: casesOf(row).map(([of, child]) => ({ case: of, child })),
    clinic,
  }
}
