import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { referral } from './cases.ts'
import { child } from './children.ts'

/** Who read or wrote what, and when: the chain (db/record/chain.ts). Never changed, never removed. */
export const accessLog = sqliteTable(
  'access_log',
  {
    partnership: text('partnership').notNull(),
    seq: integer('seq').notNull(),
    prev: text('prev').notNull(),
    hash: text('hash').notNull(),
    id: text('id').notNull().unique(),
    at: text('at').notNull(),
    person: text('person').notNull(),
    role: text('role').notNull(),
    agency: text('agency').notNull(),
    action: text('action').notNull(),
    request: text('request').notNull(),
    purpose: text('purpose'),
    area: text('area'),
    clinic: text('clinic'),
    version: integer('version'),
    cases: text('cases').notNull(),
    covers: text('covers'),
  },
  (one) => [
    primaryKey({ columns: [one.partnership, one.seq] }),
    index('access_log_of_area').on(one.partnership, one.area, one.seq),
  ],
)

/** Which rows of the log name which case and which child, so that they are found. */
export const accessCase = sqliteTable(
  'access_case',
  {
    referral: text('referral')
      .notNull()
      .references(() => referral.id),
    child: text('child')
      .notNull()
      .references(() => child.id),
    partnership: text('partnership').notNull(),
    seq: integer('seq').notNull(),
  },
  (one) => [
    primaryKey({ columns: [one.referral, one.partnership, one.seq] }),
    index('access_of_child').on(one.child, one.partnership, one.seq),
  ],
)

/** Everything that happened to a case, in ids and codes. Never changed, never removed. */
export const caseEvent = sqliteTable(
  'case_event',
  {
    partnership: text('partnership').notNull(),
    seq: integer('seq').notNull(),
    id: text('id').notNull().unique(),
    referral: text('referral')
      .notNull()
      .references(() => referral.id),
    child: text('child')
      .notNull()
      .references(() => child.id),
    version: integer('version').notNull(),
    place: integer('place').notNull(),
    act: text('act')
      .notNull()
      .references(() => accessLog.id),
    chart: text('chart').notNull(),
    delivery: text('delivery'),
    type: text('type').notNull(),
    at: text('at').notNull(),
    actor: text('actor').notNull(),
    body: text('body').notNull(),
  },
  (one) => [
    primaryKey({ columns: [one.partnership, one.seq] }),
    uniqueIndex('case_event_of_case').on(one.referral, one.version, one.place),
  ],
)
