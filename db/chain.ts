import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'

/**
 * How rows are chained. Every row of a chain holds the hash of the row before it in its
 * partnership, and its own; the number rises by one from 1. One recipe serves every table, so that
 * others can write a verifier: the SHA-256 of the canonical JSON (RFC 8785) of
 *
 *     [ name of the table, { column: value, … } ]
 *
 * without the column `hash`; bytes stand as their own SHA-256, in hexadecimal digits. So what is
 * sealed is covered as ciphertext, and a chain verifies without keys and after an erasure.
 *
 * A chain shows a change, a row taken out of the middle and a row put in. It cannot show that its
 * end was cut off, or rewritten together with all hashes from there on: for that, somebody outside
 * must hold a later hash. That anchor is not built yet.
 */
export const genesis = '0'.repeat(64)

/** A row by the names of its columns, as SQLite gives it. */
export type StoredRow = Readonly<Record<string, unknown>>

/** The digest of one row. */
export function digestOfRow(table: string, row: StoredRow): string {
  const plain = Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) =>
      column === 'hash' ? [] : [[column, Buffer.isBuffer(value) ? sha256(value) : value]],
    ),
  )
  return sha256(canonical([table, plain]))
}

/**
 * Digests rows of one table as `digestOfRow` does, for whoever writes many: the columns are put into
 * the order of canonical JSON once, not for each row.
 * @param columns every column, by the name that a row which is handed in has for it
 * @param kept gives a value as SQLite will give it back
 */
export function digesterOf(
  table: string,
  columns: Readonly<Record<string, string>>,
  kept: (value: unknown) => unknown,
): (row: StoredRow) => string {
  const inOrder = Object.entries(columns)
    .filter(([, column]) => column !== 'hash')
    .sort(([, one], [, other]) => (one < other ? -1 : 1))
    .map(([key, column], i) => ({ key, head: `${i === 0 ? '' : ','}${canonical(column)}:` }))
  const head = `[${canonical(table)},{`
  return (row) => {
    let text = head
    for (const one of inOrder) text += one.head + cell(kept(row[one.key] ?? null))
    return sha256(`${text}}]`)
  }
}

/** One value in canonical JSON. For text and whole numbers that is what JavaScript itself writes. */
function cell(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return canonical(Buffer.isBuffer(value) ? sha256(value) : value)
}

/** An entry of the record, in the list that its act's event and access row cover. */
export type Covered = readonly [table: string, id: string, digest: string]

/** The digest of all entries that one act wrote, or null where it wrote none. */
export function digestOfEntries(entries: readonly Covered[]): string | null {
  if (entries.length === 0) return null
  const key = ([table, id]: Covered) => `${table}\n${id}`
  return sha256(canonical([...entries].sort((one, other) => (key(one) < key(other) ? -1 : 1))))
}

export const canonical = (value: unknown): string => canonicalize(value) ?? 'null'

const sha256 = (content: string | Buffer): string => hash('sha256', content)
