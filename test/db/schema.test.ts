import Database from 'better-sqlite3'
import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { afterAll, describe, expect, it } from 'vitest'
import { logColumns, logIndexColumns } from '../../db/record/log.ts'
import { columnName, tables } from '../../db/record/tables.ts'
import { clocksDue, tasksDue } from '../../db/sqlite/due.ts'
import { type Narrowing, pageStatement } from '../../db/sqlite/list-cases.ts'
import { type ClinicNarrowing, clinicsStatement } from '../../db/sqlite/list-clinics.ts'
import { bringUpToDate, pending } from '../../db/sqlite/migrate.ts'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { type LogNarrowing, logStatement } from '../../db/sqlite/read-access-log.ts'
import * as schema from '../../db/sqlite/schema.ts'
import { migrations } from '../support/stores.ts'
import { tablesOf } from './dump.ts'

const sqlite = openDatabase(':memory:')
bringUpToDate(sqlite, migrations)
const connection = { sqlite, orm: drizzle(sqlite) }
afterAll(() => sqlite.close())

const ours = Object.values(schema).filter((one) => is(one, SQLiteTable))
const appendOnly = [
  'access_log',
  'access_case',
  ...Object.entries(tables).flatMap(([name, { kept }]) => (kept === 'for-ever' ? [name] : [])),
]
const ofTable = (type: string, table: string) =>
  sqlite
    .prepare('SELECT sql FROM sqlite_schema WHERE type = ? AND tbl_name = ? AND sql IS NOT NULL')
    .pluck()
    .all(type, table) as string[]

describe('the tables', () => {
  it('are those that the schema names, with just its columns', () => {
    expect(tablesOf(sqlite)).toEqual(ours.map(getTableName).sort())
    for (const table of ours) {
      const columns = sqlite.pragma(`table_info(${getTableName(table)})`) as Column[]
      const named = Object.values(getTableColumns(table))
      expect(columns.map(({ name }) => name)).toEqual(named.map(({ name }) => name))
      expect(columns.map(({ type }) => type.toLowerCase())).toEqual(
        named.map((column) => column.getSQLType()),
      )
      expect(columns.map(({ notnull, pk }) => notnull === 1 || pk > 0)).toEqual(
        named.map(({ notNull }) => notNull),
      )
    }
  })
  type Column = { name: string; type: string; notnull: number; pk: number }

  it('are those of the record, column by column, as every store has them', () => {
    const described = {
      ...Object.fromEntries(Object.entries(tables).map(([name, { columns }]) => [name, columns])),
      access_log: logColumns,
      access_case: logIndexColumns,
    }
    expect(tablesOf(sqlite).filter((name) => name !== 'sign_in')).toEqual(
      Object.keys(described).sort(),
    )
    for (const [name, columns] of Object.entries(described)) {
      const found = (sqlite.pragma(`table_info(${name})`) as Column[]).map((one) => [
        one.name,
        `${one.type.toLowerCase()}${one.notnull === 1 || one.pk > 0 ? '' : '?'}`.replace(
          'blob',
          'bytes',
        ),
      ])
      const wanted = Object.entries(columns).map(([column, holds]) => [columnName(column), holds])
      expect([name, found]).toEqual([name, wanted])
    }
  })

  it('find a row by the key that the record has for it', () => {
    for (const [name, { key }] of Object.entries(tables)) {
      const unique = (sqlite.pragma(`index_list(${name})`) as { name: string; unique: number }[])
        .filter((one) => one.unique === 1)
        .map((one) =>
          (sqlite.pragma(`index_info(${one.name})`) as { name: string }[]).map((each) => each.name),
        )
      expect([name, unique]).toEqual([name, expect.arrayContaining([key.map(columnName)])])
    }
  })

  it('are strict, every one, so that a column holds what it says it holds', () => {
    const loose = tablesOf(sqlite).filter(
      (table) => !ofTable('table', table).every((text) => /\) STRICT$/.test(text)),
    )
    expect(loose).toEqual([])
  })

  it('have nothing to catch up on once they are there', () => {
    expect(pending(sqlite, migrations)).toBe(0)
    expect(bringUpToDate(sqlite, migrations)).toBe(0)
    const empty = new Database(':memory:')
    expect(pending(empty, migrations)).toBeGreaterThan(0)
    empty.close()
  })
})

describe('what is only ever added to', () => {
  it.each(appendOnly)('has two triggers that bite: %s', (table) => {
    expect(ofTable('trigger', table)).toHaveLength(2)
    const raw = openDatabase(':memory:')
    bringUpToDate(raw, migrations)
    raw.pragma('foreign_keys = OFF')
    const columns = raw.pragma(`table_info(${table})`) as { name: string; type: string }[]
    const value = { TEXT: "'x'", INTEGER: '1', BLOB: "x'01'" } as Record<string, string>
    const row = columns.map(({ type }) => value[type.toUpperCase()]).join()
    raw.exec(`INSERT INTO ${table} VALUES (${row})`)
    const refused = `${table} is append-only`
    for (const { name } of columns)
      expect(() => raw.exec(`UPDATE ${table} SET ${name} = ${name}`)).toThrow(refused)
    expect(() => raw.exec(`DELETE FROM ${table}`)).toThrow(refused)
    expect(() => raw.exec(`INSERT OR REPLACE INTO ${table} VALUES (${row})`)).toThrow(refused)
    raw.close()
  })

  it('is told apart from what may change by its triggers alone', () => {
    const guarded = tablesOf(sqlite).filter((table) => ofTable('trigger', table).length > 0)
    expect(guarded.sort()).toEqual([...appendOnly].sort())
  })
})

/** How SQLite would answer a statement. */
function planOf(statement: { toSQL(): { sql: string; params: unknown[] } }): string[] {
  const { sql, params } = statement.toSQL()
  const rows = sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(params.map(() => 1))
  return (rows as { detail: string }[]).map(({ detail }) => detail)
}
const scans = /^SCAN (?!json_each)|TEMP B-TREE/

describe('a page', () => {
  const subsets = <T>(all: readonly T[]): T[][] =>
    all.reduce<T[][]>((some, one) => some.flatMap((few) => [few, [...few, one]]), [[]])

  it.each(
    subsets<Narrowing>(['area', 'state', 'status', 'reference', 'after']).map(
      (by) => [by.join(' and '), by] as const,
    ),
  )('of cases by "%s" is found in an index, in order, and never read whole', (_, by) => {
    const plan = planOf(pageStatement(connection, by))
    expect(plan.join('\n')).toMatch(/SEARCH referral USING INDEX/)
    expect(plan.filter((step) => scans.test(step))).toEqual([])
  })

  it.each(
    subsets<Narrowing>(['area', 'reference', 'after']).map((by) => [by.join(' and '), by] as const),
  )('of cases by what is due and "%s" is found by the day or by the reference', (_, by) => {
    const plan = planOf(pageStatement(connection, ['dueBy', ...by])).join('\n')
    expect(plan).toMatch(/SEARCH referral USING INDEX referral_(due|reference|latest_of_area)/)
    expect(plan).not.toMatch(/SCAN (?!json_each)/)
  })

  it.each(
    subsets<LogNarrowing>(['area', 'case', 'child', 'before']).map(
      (by) => [by.join(' and '), by] as const,
    ),
  )('of the access log by "%s" is found in an index, in order', (_, by) => {
    const plan = planOf(logStatement(connection, by))
    expect(plan.join('\n')).toMatch(/SEARCH access_log USING INDEX/)
    expect(plan.filter((step) => scans.test(step))).toEqual([])
  })

  it.each(subsets<ClinicNarrowing>(['area', 'from']).map((by) => [by.join(' and '), by] as const))(
    'of clinics by "%s" is found in an index, in order',
    (_, by) => {
      const plan = planOf(clinicsStatement(connection, by))
      expect(plan.filter((step) => scans.test(step))).toEqual([])
    },
  )

  it.each([
    ['clocks', clocksDue(connection), 'clock_running'],
    ['tasks', tasksDue(connection), 'task_overdue'],
  ])('of %s that fall due is found by the day, in order', (_, statement, index) => {
    const plan = planOf(statement)
    expect(plan[0]).toMatch(new RegExp(`USING INDEX ${index} .*due_on<\\?`))
    expect(plan.filter((step) => scans.test(step))).toEqual([])
  })

  it('would be noticed if it were read whole', () => {
    const whole = planOf(
      connection.orm.select().from(schema.referral).orderBy(schema.referral.openedAt),
    )
    expect(whole.filter((step) => scans.test(step))).toHaveLength(2)
  })
})
