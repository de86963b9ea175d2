import { asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { CaseStore } from '../../src/casework/ports.ts'
import { toClinic } from '../record/rows-of-clinic.ts'
import { clinic } from './schema.ts'
import type { Connection } from './statements.ts'

export type ClinicNarrowing = 'area' | 'from'

const conditions: Record<ClinicNarrowing, SQL> = {
  area: eq(clinic.area, sql.placeholder('area')),
  from: sql`held_on >= ${sql.placeholder('from')}`,
}

/** Clinics of one scope: from a day on in order, or else the latest first. */
export function clinicsStatement({ orm }: Connection, by: readonly ClinicNarrowing[]) {
  const order = by.includes('from') ? asc : desc
  const here = eq(clinic.partnership, sql.placeholder('partnership'))
  return orm
    .select()
    .from(clinic)
    .where(sql.join([here, ...by.map((one) => conditions[one])], sql` AND `))
    .orderBy(order(clinic.heldOn), order(clinic.id))
    .limit(sql.placeholder('limit'))
}

/** Lists clinics. Not logged: when a meeting is held says nothing of a child. */
export const clinicLister =
  (connection: Connection): CaseStore['clinics'] =>
  async ({ scopes, from, limit }) => {
    const rows = scopes.flatMap(({ partnership, area }) => {
      const by = [
        ...(area === undefined ? [] : ['area' as const]),
        ...(from ? ['from' as const] : []),
      ]
      return clinicsStatement(connection, by).all({ partnership, area, from, limit })
    })
    const once = [...new Map(rows.map((row) => [row.id, row])).values()]
    const byDay = once.sort((one, other) => (key(one) < key(other) ? -1 : 1))
    return (from ? byDay : byDay.reverse()).slice(0, limit).map(toClinic)
  }

type Row = (typeof clinic)['$inferSelect']
const key = ({ heldOn, id }: Row) => `${heldOn} ${id}`
