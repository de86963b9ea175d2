import { sql } from 'drizzle-orm'
import {
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { child } from './children.ts'

/** A snapshot of a chart, as four columns. `context` holds ids and codes alone. */
const snapshot = () => ({
  machine: text('machine').notNull(),
  machineVersion: integer('machine_version').notNull(),
  state: text('state').notNull(),
  context: text('context').notNull(),
})

/** Where each case stands: what lists show, and what the next event is stepped from. */
export const referral = sqliteTable(
  'referral',
  {
    id: text('id').primaryKey(),
    partnership: text('partnership').notNull(),
    area: text('area'),
    child: text('child')
      .notNull()
      .references(() => child.id),
    reference: text('reference'),
    ...snapshot(),
    version: integer('version').notNull(),
    openedAt: text('opened_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    offences: integer('offences').notNull(),
    status: text('status'),
    // No foreign key: the recommendation names its case, and both are written at once.
    recommendation: text('recommendation'),
    dueOn: text('due_on'),
    clinic: text('clinic'),
    barred: text('barred').notNull(),
    erasedAt: text('erased_at'),
    salt: text('salt').notNull(),
  },
  (one) => [
    uniqueIndex('referral_reference')
      .on(one.partnership, one.reference)
      .where(sql`reference IS NOT NULL`),
    index('referral_latest').on(one.partnership, one.updatedAt, one.id),
    index('referral_latest_of_area').on(one.partnership, one.area, one.updatedAt, one.id),
    index('referral_latest_in_state').on(one.partnership, one.state, one.updatedAt, one.id),
    index('referral_latest_by_status').on(one.partnership, one.status, one.updatedAt, one.id),
    index('referral_due').on(one.partnership, one.dueOn).where(sql`due_on IS NOT NULL`),
    index('referral_of_child').on(one.child),
  ],
)

/** The offences of a referral by their number, so that nothing is said of one that is not there. */
export const offence = sqliteTable(
  'offence',
  {
    referral: text('referral')
      .notNull()
      .references(() => referral.id),
    number: integer('number').notNull(),
  },
  (one) => [primaryKey({ columns: [one.referral, one.number] })],
)

/** The carrying out of a disposal. */
export const delivery = sqliteTable(
  'delivery',
  {
    referral: text('referral')
      .notNull()
      .references(() => referral.id),
    id: text('id').notNull(),
    decision: text('decision').notNull(),
    ...snapshot(),
  },
  (one) => [primaryKey({ columns: [one.referral, one.id] })],
)

/** A condition while it is carried out. Its words stand in the decision, sealed. */
export const condition = sqliteTable(
  'condition',
  {
    referral: text('referral').notNull(),
    id: text('id').notNull(),
    delivery: text('delivery').notNull(),
    decision: text('decision').notNull(),
    state: text('state').notNull(),
    startBy: text('start_by'),
    dueOn: text('due_on'),
  },
  (one) => [
    primaryKey({ columns: [one.referral, one.id] }),
    foreignKey({
      columns: [one.referral, one.delivery],
      foreignColumns: [delivery.referral, delivery.id],
    }),
  ],
)

/** What somebody owes. */
export const task = sqliteTable(
  'task',
  {
    referral: text('referral')
      .notNull()
      .references(() => referral.id),
    id: text('id').notNull(),
    task: text('task').notNull(),
    agency: text('agency').notNull(),
    dueOn: text('due_on'),
    since: text('since').notNull(),
    doneAt: text('done_at'),
    toldAt: text('told_at'),
    salt: text('salt').notNull(),
  },
  (one) => [
    primaryKey({ columns: [one.referral, one.id] }),
    index('task_overdue')
      .on(one.dueOn, one.referral, one.id)
      .where(sql`due_on IS NOT NULL AND done_at IS NULL AND told_at IS NULL`),
  ],
)

/** A due date. */
export const clock = sqliteTable(
  'clock',
  {
    referral: text('referral')
      .notNull()
      .references(() => referral.id),
    id: text('id').notNull(),
    what: text('what').notNull(),
    rule: text('rule'),
    about: text('about').notNull(),
    dueOn: text('due_on').notNull(),
    hard: integer('hard').notNull(),
    state: text('state').notNull(),
    salt: text('salt').notNull(),
  },
  (one) => [
    primaryKey({ columns: [one.referral, one.id] }),
    index('clock_running').on(one.dueOn, one.referral, one.id).where(sql`state = 'running'`),
  ],
)
