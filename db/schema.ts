import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** One row a referral. Its recommendation is frozen when it is opened. */
export const referral = sqliteTable('referral', {
  reference: text('reference').primaryKey(),
  partnership: text('partnership').notNull(),
  openedAt: text('opened_at').notNull(),
  machineVersion: integer('machine_version').notNull(),
  state: text('state').notNull(),
  given: text('given', { mode: 'json' }).notNull(),
  recommendation: text('recommendation', { mode: 'json' }).notNull(),
})
