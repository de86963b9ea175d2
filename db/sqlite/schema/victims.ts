import { foreignKey, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { offence, referral } from './cases.ts'
import { entry, entryKeys } from './entry.ts'

/** The victims of a case by their number, apart from the child. Each has a key of their own. */
export const victim = sqliteTable(
  'victim',
  {
    referral: text('referral')
      .notNull()
      .references(() => referral.id),
    number: integer('number').notNull(),
    offences: text('offences'),
  },
  (one) => [primaryKey({ columns: [one.referral, one.number] })],
)

/** Answers about victims, sealed with the victim's key. */
export const victimAnswer = sqliteTable(
  'victim_answer',
  {
    ...entry(),
    offence: integer('offence'),
    victim: integer('victim'),
    fact: text('fact').notNull(),
    agency: text('agency').notNull(),
    supersedes: text('supersedes'),
  },
  (one) => [
    ...entryKeys('victim_answer', one),
    foreignKey({
      columns: [one.referral, one.offence],
      foreignColumns: [offence.referral, offence.number],
    }),
    foreignKey({
      columns: [one.referral, one.victim],
      foreignColumns: [victim.referral, victim.number],
    }),
  ],
)

/** What was recorded about a victim beside the facts. */
export const victimEntry = sqliteTable(
  'victim_entry',
  { ...entry(), victim: integer('victim').notNull(), kind: text('kind').notNull() },
  (one) => [
    ...entryKeys('victim_entry', one),
    foreignKey({
      columns: [one.referral, one.victim],
      foreignColumns: [victim.referral, victim.number],
    }),
  ],
)
