import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** The made-up referral of the demonstration, until casework opens it like any other. */
export const demonstrationReferral = sqliteTable('demonstration_referral', {
  reference: text('reference').primaryKey(),
  partnership: text('partnership').notNull(),
  openedAt: text('opened_at').notNull(),
  machineVersion: integer('machine_version').notNull(),
  state: text('state').notNull(),
  given: text('given', { mode: 'json' }).notNull(),
  recommendation: text('recommendation', { mode: 'json' }).notNull(),
})
