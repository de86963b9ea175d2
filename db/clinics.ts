import { asc, eq, sql } from 'drizzle-orm'
import type {
  Access,
  Attendance,
  CaseStore,
  ClinicFile,
  ClinicItem,
} from '../src/casework/ports.ts'
import { caseSubject } from './access.ts'
import type { Parts } from './commit.ts'
import { clinicLister, toClinic } from './list-clinics.ts'
import { attendance, clinic, clinicItem, conflict, referral } from './schema.ts'
import { clinicSubject } from './seal.ts'
import { openFor, sealFor } from './sealed.ts'
import { type Connection, inserter, upserter } from './statements.ts'
import type { WriteGuard } from './write-guard.ts'

type ClinicCalls = Pick<
  CaseStore,
  'planClinic' | 'whereIsClinic' | 'clinic' | 'clinics' | 'saveClinic'
>
type Row = (typeof clinic)['$inferSelect']

/** Clinics: planned, read and saved as a whole. Each case on the agenda is logged with them. */
export function clinicKeeper(connection: Connection, parts: Parts, guard: WriteGuard): ClinicCalls {
  const { keys } = parts
  const find = clinicFinder(connection, parts)
  const insert = inserter(connection, clinic)
  const save = clinicSaver(connection, parts)
  return {
    planClinic: async (row, by) =>
      guard.write(() => {
        keys.make([clinicSubject(row.id)], by.at)
        insert(row)
        find.log(row, by)
      }),
    clinic: async (id, by) =>
      guard.write(() => {
        const row = find.row(id)
        if (!row) return undefined
        find.log(row, by)
        return find.file(row)
      }),
    whereIsClinic: async (id) => {
      const row = find.row(id)
      return row && toClinic(row)
    },
    clinics: clinicLister(connection),
    saveClinic: async (file, from, by) =>
      guard.write(() => {
        const before = find.row(file.row.id)
        if (before?.version !== from) return 'stale'
        save(file, before)
        find.log({ ...before, ...file.row }, by)
        return 'done'
      }),
  }
}

function clinicFinder({ orm }: Connection, { keys, access }: Parts) {
  const id = sql.placeholder('id')
  const row = orm.select().from(clinic).where(eq(clinic.id, id)).prepare()
  const people = orm
    .select()
    .from(attendance)
    .where(eq(attendance.clinic, id))
    .orderBy(asc(attendance.place))
    .prepare()
  const conflicts = orm
    .select({ case: conflict.referral, person: conflict.person, at: conflict.at })
    .from(conflict)
    .where(eq(conflict.clinic, id))
    .prepare()
  const items = orm
    .select({ row: referral, state: clinicItem.state })
    .from(clinicItem)
    .innerJoin(referral, eq(referral.id, clinicItem.referral))
    .where(eq(clinicItem.clinic, id))
    .orderBy(asc(clinicItem.referral))
    .prepare()
  const log = (
    { id: clinicId, partnership, area }: Pick<Row, 'id' | 'partnership' | 'area'>,
    by: Access,
  ) => {
    access.log({ partnership, area, referral: null, child: null, clinic: clinicId }, by)
    for (const item of items.all({ id: clinicId }))
      access.log({ ...caseSubject(item.row), clinic: clinicId }, by)
  }
  const file = ({ minutes, ...plain }: Row): ClinicFile => ({
    row: { ...plain, state: plain.state as ClinicFile['row']['state'] },
    attendance: people.all({ id: plain.id }).map(({ name, place, ...one }) => {
      const known = openFor<string>(keys, nameAt(plain.id, place), name)
      const { person, role, agency, way } = one as Attendance
      return { person, role, agency, way, ...(known === undefined ? {} : { name: known }) }
    }),
    conflicts: conflicts.all({ id: plain.id }),
    items: items.all({ id: plain.id }).map(({ row: { id: of }, state }) => ({
      clinic: plain.id,
      case: of,
      state: state as ClinicItem['state'],
    })),
    minutes: openFor<string>(keys, minutesAt(plain.id), minutes) ?? null,
  })
  return { row: (of: string) => row.get({ id: of }), log, file }
}

/** Writes what is given and leaves the rest. What stands on the agenda changes with its case alone. */
function clinicSaver(connection: Connection, { keys }: Parts) {
  const { orm } = connection
  const update = upserter(connection, clinic, 'id')
  const addPerson = inserter(connection, attendance)
  const addConflict = inserter(connection, conflict)
  return (file: Pick<ClinicFile, 'row'> & Partial<ClinicFile>, before: Row): void => {
    const { id } = before
    const minutes = (words: string | null) =>
      words === null ? null : sealFor(keys, minutesAt(id), words)
    update({
      ...file.row,
      minutes: file.minutes === undefined ? before.minutes : minutes(file.minutes),
    })
    if (file.attendance) {
      orm.delete(attendance).where(eq(attendance.clinic, id)).run()
      for (const [place, { name, ...one }] of file.attendance.entries())
        addPerson({
          ...one,
          clinic: id,
          place,
          name: name === undefined ? null : sealFor(keys, nameAt(id, place), name),
        })
    }
    if (file.conflicts) {
      orm.delete(conflict).where(eq(conflict.clinic, id)).run()
      for (const { case: of, ...one } of file.conflicts)
        addConflict({ ...one, referral: of, clinic: id })
    }
  }
}

const minutesAt = (clinicId: string) => ({
  table: 'clinic',
  row: clinicId,
  subject: clinicSubject(clinicId),
})
const nameAt = (clinicId: string, place: number) => ({
  table: 'attendance',
  row: `${clinicId} ${place}`,
  subject: clinicSubject(clinicId),
})
