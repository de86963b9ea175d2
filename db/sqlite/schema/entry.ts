import { type AnySQLiteColumn, blob, integer, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { referral } from './cases.ts'
import { accessLog } from './log.ts'

/** What every entry of the record carries. Entries are never changed and never removed. */
export const entry = () => ({
  id: text('id').primaryKey(),
  referral: text('referral')
    .notNull()
    .references(() => referral.id),
  /** The version of the case that it made, and its place among what was written with it. */
  version: integer('version').notNull(),
  place: integer('place').notNull(),
  /** The row of the access log that says who wrote it, on which request. */
  act: text('act')
    .notNull()
    .references(() => accessLog.id),
  actor: text('actor').notNull(),
  at: text('at').notNull(),
  /** The content, sealed with the key of the child or the victim (db/record/seal.ts). */
  sealed: blob('sealed', { mode: 'buffer' }).notNull(),
})

type Column = AnySQLiteColumn
type EntryColumns = Record<'referral' | 'version' | 'place', Column>

/** The index that every table of entries has. */
export const entryKeys = (table: string, one: EntryColumns) => [
  uniqueIndex(`${table}_of_case`).on(one.referral, one.version, one.place),
]
