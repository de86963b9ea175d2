import { cases } from './register/cases.ts'
import type { Field, RegisterGroup } from './register/field.ts'
import { log } from './register/log.ts'
import { operations } from './register/operations.ts'
import { record } from './register/record.ts'

export { type Field, type RegisteredTable, regimes } from './register/field.ts'

/** Every table with every column: what it is for, under which law, who sees it, what seals it. */
export const register: RegisterGroup = { ...cases, ...record, ...log, ...operations }

/** One column's entry, with what its table says of all its columns; undefined where it has none. */
export function fieldOf(table: string, column: string): Field | undefined {
  const { regime, seen, kept, columns } = register[table] ?? {}
  const entry = columns && Object.hasOwn(columns, column) ? columns[column] : undefined
  if (entry === undefined || !regime || !seen) return undefined
  const own = kept === undefined ? {} : { kept }
  return { regime, seen, ...own, ...(typeof entry === 'string' ? { purpose: entry } : entry) }
}

/**
 * How long a field is kept. No source that was read gives a figure for a record, so none stands
 * here: the partnership sets it. What only passes through is cleared by Waymark itself.
 */
export function retentionOf({ sealed, kept }: Pick<Field, 'sealed' | 'kept'>): string {
  if (kept !== undefined) return kept
  return sealed === undefined || sealed === 'clinic'
    ? 'set by the partnership'
    : 'set by the partnership; ends when the child is erased'
}
