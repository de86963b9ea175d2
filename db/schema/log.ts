import {
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { referral } from './cases.ts'
import { child } from './children.ts'

/** Each row's place in its partnership's chain (db/chain.ts). */
const link = () => ({
  partnership: text('partnership').notNull(),
  seq: integer('seq').notNull(),
  prev: text('prev').notNull(),
  hash: text('hash').notNull(),
})

/** Who read or wrote what, and when. Never changed, never removed. */
export const accessLog = sqliteTable(
  'access_log',
  {
    ...link(),
    at: text('at').notNull(),
    person: text('person').notNull(),
    role: text('role').notNull(),
    agency: text('agency').notNull(),
    action: text('action').notNull(),
    request: text('request').notNull(),
    purpose: text('purpose'),
    area: text('area'),
    referral: text('referral').references(() => referral.id),
    child: text('child').references(() => child.id),
    clinic: text('clinic'),
    covers: text('covers'),
  },
  (one) => [
    primaryKey({ columns: [one.partnership, one.seq] }),
    index('access_log_of_area').on(one.partnership, one.area, one.seq),
    index('access_log_of_case').on(one.referral, one.partnership, one.seq),
    index('access_log_of_child').on(one.child, one.partnership, one.seq),
  ],
)

/** Everything that happened to a case, in ids and codes. Never changed, never removed. */
export const caseEvent = sqliteTable(
  'case_event',
  {
    ...link(),
    id: text('id').notNull().unique(),
    referral: text('referral')
      .notNull()
      .references(() => referral.id),
    child: text('child')
      .notNull()
      .references(() => child.id),
    version: integer('version').notNull(),
    place: integer('place').notNull(),
    access: integer('access').notNull(),
    chart: text('chart').notNull(),
    delivery: text('delivery'),
    type: text('type').notNull(),
    at: text('at').notNull(),
    actor: text('actor').notNull(),
    body: text('body').notNull(),
    covers: text('covers'),
  },
  (one) => [
    primaryKey({ columns: [one.partnership, one.seq] }),
    uniqueIndex('case_event_of_case').on(one.referral, one.version, one.place),
    foreignKey({
      columns: [one.partnership, one.access],
      foreignColumns: [accessLog.partnership, accessLog.seq],
    }),
  ],
)
