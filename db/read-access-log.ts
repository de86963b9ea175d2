import { desc, eq, type SQL, sql } from 'drizzle-orm'
import type { AccessRow, CaseStore } from '../src/casework/ports.ts'
import type { Actor } from '../src/domain/roles.ts'
import { accessLog } from './schema.ts'
import type { Connection } from './statements.ts'

/** What a page of the log is narrowed by beside its partnership. */
export type LogNarrowing = 'area' | 'case' | 'before'

const conditions: Record<LogNarrowing, SQL> = {
  area: eq(accessLog.area, sql.placeholder('area')),
  case: eq(accessLog.referral, sql.placeholder('case')),
  before: sql`seq < ${sql.placeholder('before')}`,
}

/** One page of one partnership's log (or one area's part of it), newest first. */
export const logStatement = ({ orm }: Connection, by: readonly LogNarrowing[]) =>
  orm
    .select()
    .from(accessLog)
    .where(
      sql.join(
        [
          eq(accessLog.partnership, sql.placeholder('partnership')),
          ...by.map((one) => conditions[one]),
        ],
        sql` AND `,
      ),
    )
    .orderBy(desc(accessLog.seq))
    .limit(sql.placeholder('limit'))

/** Reads the access log. Not logged itself: it names no child but by id. */
export function accessLogReader(connection: Connection): Pick<CaseStore, 'accessLog'> {
  const pages = new Map<string, ReturnType<ReturnType<typeof logStatement>['prepare']>>()
  const page = (values: Record<string, unknown>) => {
    const by = (['area', 'case', 'before'] as const).filter((one) => values[one] !== undefined)
    const name = by.join()
    const known = pages.get(name) ?? logStatement(connection, by).prepare()
    pages.set(name, known)
    return known.all(values)
  }
  return {
    accessLog: async ({ scopes, case: id, limit, after }) => {
      const rows = new Map<string, AccessRow>()
      const inOrder = [...scopes].sort((one, other) =>
        one.partnership < other.partnership ? -1 : 1,
      )
      for (const { partnership, area } of inOrder) {
        if (after && partnership < after.partnership) continue
        const before = partnership === after?.partnership ? after.seq : undefined
        for (const row of page({ partnership, area, case: id, before, limit }).map(toAccess))
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
  const { partnership, seq, at, action, request, purpose, referral, child, clinic } = row
  return {
    partnership,
    seq,
    at,
    action,
    requestId: request,
    ...(purpose === null ? {} : { purpose }),
    actor: { person: row.person, role: row.role, agency: row.agency } as Actor,
    case: referral,
    child,
    clinic,
  }
}
