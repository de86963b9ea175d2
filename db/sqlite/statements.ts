import type Database from 'better-sqlite3'
import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { wellFormed } from '../record/canonical.ts'

/** A database, as SQLite's driver and as drizzle see it. */
export type Connection = { sqlite: Database.Database; orm: BetterSQLite3Database }

type Columns = Record<string, SQLiteColumn>
type Insert<T extends SQLiteTable> = T['$inferInsert']

const columnsOf = (table: SQLiteTable): Columns => getTableColumns(table) as Columns

/**
 * Prepares an insert once. Left-out columns are null. drizzle writes the statement; its values are
 * bound straight, in the order of the columns, which takes half the time of drizzle's own `run`.
 */
export function inserter<T extends SQLiteTable>(
  { sqlite, orm }: Connection,
  table: T,
): (row: Insert<T>) => void {
  const statement = sqlite.prepare(orm.insert(table).values(placeholders(table)).toSQL().sql)
  const names = Object.keys(columnsOf(table))
  return (row) => void statement.run(bound(names, row))
}

/** Prepares an insert that replaces everything but the key of a row that is there. */
export function upserter<T extends SQLiteTable>(
  { sqlite, orm }: Connection,
  table: T,
  ...keys: (keyof Insert<T> & string)[]
): (row: Insert<T>) => void {
  const columns = columnsOf(table)
  const set = Object.entries(columns)
    .filter(([name]) => !keys.includes(name))
    .map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)])
  const query = orm
    .insert(table)
    .values(placeholders(table))
    .onConflictDoUpdate({
      target: keys.map((key) => columns[key]) as SQLiteColumn[],
      set: Object.fromEntries(set) as Record<string, SQL>,
    })
  const statement = sqlite.prepare(query.toSQL().sql)
  const names = Object.keys(columns)
  return (row) => void statement.run(bound(names, row))
}

/**
 * Updates the columns that are other than before, and no more: each index that a statement does not
 * name is left alone. One statement is prepared for each set of columns.
 */
export function updater<T extends SQLiteTable>(
  { sqlite }: Connection,
  table: T,
  key: keyof Insert<T> & string,
): (row: T['$inferSelect'], before: T['$inferSelect']) => void {
  const columns = columnsOf(table)
  const prepared = new Map<string, Database.Statement>()
  const prepare = (names: readonly string[]) => {
    const set = names.map((name) => `"${columns[name]?.name}" = ?`).join(', ')
    const text = `UPDATE "${nameOf(table)}" SET ${set} WHERE "${columns[key]?.name}" = ?`
    const statement = sqlite.prepare(text)
    prepared.set(names.join(), statement)
    return statement
  }
  return (row, before) => {
    const names = Object.keys(columns).filter((name) => row[name] !== before[name])
    if (names.length === 0) return
    const statement = prepared.get(names.join()) ?? prepare(names)
    statement.run(bound([...names, key], row))
  }
}

/** Prepares the removal of a row by its key. */
export function remover<T extends SQLiteTable>(
  { sqlite }: Connection,
  table: T,
  ...keys: (keyof Insert<T> & string)[]
): (key: readonly unknown[]) => void {
  const columns = columnsOf(table)
  const where = keys.map((key) => `"${columns[key]?.name}" = ?`).join(' AND ')
  const statement = sqlite.prepare(`DELETE FROM "${nameOf(table)}" WHERE ${where}`)
  return (key) => void statement.run(...key)
}

const placeholders = <T extends SQLiteTable>(table: T) =>
  Object.fromEntries(
    Object.keys(columnsOf(table)).map((name) => [name, sql.placeholder(name)]),
  ) as Insert<T>

/** The values of a row as SQLite takes them. */
const bound = (names: readonly string[], row: Record<string, unknown>): unknown[] =>
  names.map((name) => wellFormed(row[name] ?? null))

/** Prepares a query once, as `inserter` does: its values are bound straight, in their order. */
export const getter = <T>(
  { sqlite }: Connection,
  query: { toSQL(): { sql: string } },
): ((...values: unknown[]) => T | undefined) => {
  const statement = sqlite.prepare(query.toSQL().sql)
  return (...values) => statement.get(...values) as T | undefined
}

export const nameOf = (table: SQLiteTable): string => getTableName(table)
