import { asc, eq, sql } from 'drizzle-orm'
import type { Access, CaseStore, ClinicFile } from '../../src/casework/ports.ts'
import {
  actsOnClinic,
  type ClinicChange,
  clinicFileOf,
  type RawClinic,
  rowsOfClinic,
  subjectsOfClinic,
  toClinic,
} from '../record/rows-of-clinic.ts'
import { clinicSubject } from '../record/seal.ts'
import type { Parts } from './commit.ts'
import { clinicLister } from './list-clinics.ts'
import { attendance, clinic, clinicItem, conflict, referral } from './schema.ts'
import type { Connection } from './statements.ts'

type ClinicCalls = Pick<
  CaseStore,
  'planClinic' | 'whereIsClinic' | 'clinic' | 'clinics' | 'saveClinic'
>

/** Clinics: planned, read and saved as a whole. Each case on the agenda is logged with them. */
export function clinicKeeper(connection: Connection, parts: Parts): ClinicCalls {
  const { keys, rows, guard } = parts
  const read = clinicReader(connection)
  return {
    planClinic: async (row, by) => {
      await keys.make([clinicSubject(row.id)], by.at)
      const written = rowsOfClinic({ row }, undefined, by, new Map())
      await guard.write(() => {
        if (read(row.id)) throw new Error(`There is a clinic ${row.id} already.`)
        rows.run(written)
      })
    },
    clinic: async (id, by) => {
      const raw = await guard.write(() => {
        const found = read(id)
        if (found) rows.log(actsOnClinic(found.row, found.items, by))
        return found
      })
      return raw && clinicFileOf(raw, await keys.find(subjectsOfClinic(raw)))
    },
    whereIsClinic: async (id) => {
      const found = read(id)
      return found && toClinic(found.row)
    },
    clinics: clinicLister(connection),
    saveClinic: saver(parts, read),
  }
}

/** As acts are: what is written is made before anything is locked, and looked at again under the lock. */
function saver({ keys, rows, guard }: Parts, read: (id: string) => RawClinic | undefined) {
  const attempt = async (change: ClinicChange, from: number, by: Access) => {
    const { id } = change.row
    const before = read(id)
    if (before?.row.version !== from) return 'stale'
    const atHand = await keys.find([clinicSubject(id)])
    const written = rowsOfClinic(change, before, by, atHand)
    return guard.write(() => {
      const now = read(id)
      if (now?.row.version !== from) return 'stale'
      if (agendaOf(now) !== agendaOf(before)) return 'again'
      rows.run(written)
      return 'done'
    })
  }
  return async (
    change: Pick<ClinicFile, 'row'> & Partial<ClinicFile>,
    from: number,
    by: Access,
  ): Promise<'done' | 'stale'> => {
    for (;;) {
      const came = await attempt(change, from, by)
      if (came !== 'again') return came
    }
  }
}

const agendaOf = ({ items }: RawClinic): string => items.map(({ referral: of }) => of).join()

function clinicReader({ orm }: Connection): (id: string) => RawClinic | undefined {
  const id = sql.placeholder('id')
  const row = orm.select().from(clinic).where(eq(clinic.id, id)).prepare()
  const people = orm
    .select()
    .from(attendance)
    .where(eq(attendance.clinic, id))
    .orderBy(asc(attendance.place))
    .prepare()
  const conflicts = orm.select().from(conflict).where(eq(conflict.clinic, id)).prepare()
  const { partnership, area, child } = referral
  const items = orm
    .select({ item: clinicItem, of: { id: referral.id, partnership, area, child } })
    .from(clinicItem)
    .innerJoin(referral, eq(referral.id, clinicItem.referral))
    .where(eq(clinicItem.clinic, id))
    .orderBy(asc(clinicItem.referral))
    .prepare()
  return (of) => {
    const found = row.get({ id: of })
    if (!found) return undefined
    return {
      row: found,
      attendance: people.all({ id: of }),
      conflicts: conflicts.all({ id: of }),
      items: items.all({ id: of }).map(({ item, of: case_ }) => ({ ...item, of: case_ })),
    }
  }
}
