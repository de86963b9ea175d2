import { asc, eq, sql } from 'drizzle-orm'
import type { Access, CaseFile, CaseStore, EventRow, FilePart } from '../../src/casework/ports.ts'
import { type ReferralRow, toCase } from '../record/case-row.ts'
import { toEvent } from '../record/event-row.ts'
import { fileOf, type RawFile, subjectsIn } from '../record/file.ts'
import { actsOnCases } from '../record/log.ts'
import type { Parts } from './commit.ts'
import { rowReader } from './read-rows.ts'
import { caseEvent } from './schema.ts'
import type { Connection } from './statements.ts'

type Reading = Pick<CaseStore, 'whereIs' | 'whereAre' | 'open' | 'read' | 'readMany' | 'history'>

/** Reads cases. The reading is logged in the transaction that reads; without its row, no data. */
export function caseReader(connection: Connection, { find, rows, keys, guard }: Parts): Reading {
  const raw = rowReader(connection, find)
  const events = eventReader(connection)
  const known = (ids: readonly string[]) => [...new Set(ids)].flatMap((id) => find.case(id) ?? [])
  const logged = <T>(ids: readonly string[], by: Access, read: (row: ReferralRow) => T) =>
    guard.write(() => {
      const cases = known(ids)
      rows.log(actsOnCases(cases, by))
      return cases.map(read)
    })
  const opened = async (files: readonly RawFile[]): Promise<CaseFile[]> => {
    const atHand = await keys.find([...new Set(files.flatMap(subjectsIn))])
    return files.map((file) => fileOf(file, atHand))
  }
  const readMany = async (ids: readonly string[], parts: readonly FilePart[], by: Access) =>
    opened(await logged(ids, by, (row) => raw(row, parts)))
  // One moment of it, while other processes write.
  const atOnce = connection.sqlite.transaction((id: string, parts: readonly FilePart[]) =>
    known([id]).map((row) => raw(row, parts)),
  )
  return {
    whereIs: async (id) => known([id]).map(toCase)[0],
    whereAre: async (ids) => known(ids).map(toCase),
    open: async (id, parts) => (await opened(atOnce(id, parts)))[0],
    read: async (id, parts, by) => (await readMany([id], parts, by))[0],
    readMany,
    history: async (id, by) => (await logged([id], by, ({ id: of }) => events(of))).flat(),
  }
}

/** The events of a case, in order. */
export function eventReader({ orm }: Connection): (referral: string) => EventRow[] {
  const events = orm
    .select()
    .from(caseEvent)
    .where(eq(caseEvent.referral, sql.placeholder('id')))
    .orderBy(asc(caseEvent.version), asc(caseEvent.place))
    .prepare()
  return (referral) => events.all({ id: referral }).map(toEvent)
}
