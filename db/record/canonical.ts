import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { columnName, type Table, type TableName, tables } from './tables.ts'

/** A value in canonical JSON (RFC 8785). */
export const canonical = (value: unknown): string => canonicalize(value) ?? 'null'

export const sha256 = (content: string | Buffer): string => hash('sha256', content)

/** Half a surrogate pair cannot be kept as UTF-8: a database would give back something else. */
export const wellFormed = <T>(value: T): T | string =>
  typeof value === 'string' && /\p{Surrogate}/u.test(value) ? Buffer.from(value).toString() : value

/** A row by the names of its columns, in the program or in the database. */
export type AnyRow = Readonly<Record<string, unknown>>

/** One value in canonical JSON. For text and whole numbers that is what JavaScript itself writes. */
function cell(given: unknown): string {
  const value = wellFormed(given ?? null)
  if (typeof value === 'string') return JSON.stringify(value)
  return canonical(Buffer.isBuffer(value) ? sha256(value) : value)
}

/**
 * Makes what digests rows that have these columns: SHA-256 of the canonical JSON of
 *
 *     [ name of the table, { column: value, … } ]
 *
 * with the names that the columns have in the database, and bytes as their own SHA-256, in
 * hexadecimal digits. So what is sealed is covered as ciphertext, and verifies without keys and
 * after an erasure. The columns are put into canonical order once, not for each row.
 * @param named what a column is called in the rows that are handed in
 */
export function digester(
  table: string,
  columns: readonly string[],
  named: (column: string) => string,
): (row: AnyRow) => string {
  const inOrder = columns
    .map((column) => ({ from: named(column), name: columnName(column) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ from, name }, i) => ({ from, head: `${i === 0 ? '' : ','}${canonical(name)}:` }))
  const head = `[${canonical(table)},{`
  return (row) => {
    let text = head
    for (const { from, head: before } of inOrder) text += before + cell(row[from])
    return sha256(`${text}}]`)
  }
}

const coveredColumns = ({ columns, loose }: Table): string[] =>
  Object.keys(columns).filter((column) => !Object.hasOwn(loose, column))

const each = (named: (column: string) => string) =>
  Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [
      name,
      digester(name, coveredColumns(table), named),
    ]),
  ) as Record<TableName, (row: AnyRow) => string>

const byProgram = each((column) => column)
const byDatabase = each(columnName)

/** The digest of a row of the record, without what no act covers. */
export const bodyOf = (table: TableName, row: AnyRow): string => byProgram[table](row)

/** The same of a row as the database gives it. */
export const bodyOfStored = (table: TableName, row: AnyRow): string => byDatabase[table](row)
