import { foreignKey, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { offence } from './cases.ts'
import { entry, entryKeys } from './entry.ts'

const answerColumns = () => ({
  ...entry(),
  offence: integer('offence'),
  fact: text('fact').notNull(),
  agency: text('agency').notNull(),
  supersedes: text('supersedes'),
})

/** Facts as they were answered. */
export const answer = sqliteTable('answer', answerColumns(), (one) => [
  ...entryKeys('answer', one),
  foreignKey({
    columns: [one.referral, one.offence],
    foreignColumns: [offence.referral, offence.number],
  }),
])

/** Answers that are kept for monitoring alone; no rule may test them. */
export const protectedAnswer = sqliteTable('protected_answer', answerColumns(), (one) => [
  ...entryKeys('protected_answer', one),
  foreignKey({
    columns: [one.referral, one.offence],
    foreignColumns: [offence.referral, offence.number],
  }),
])

/** Words that somebody wrote. */
export const note = sqliteTable('note', entry(), (one) => entryKeys('note', one))

/** Recommendations as they were made, frozen. */
export const recommendation = sqliteTable(
  'recommendation',
  {
    ...entry(),
    asAt: text('as_at').notNull(),
    ruleSet: text('rule_set').notNull(),
    status: text('status').notNull(),
  },
  (one) => entryKeys('recommendation', one),
)

/** What named people decided. */
export const decision = sqliteTable(
  'decision',
  {
    ...entry(),
    clinic: text('clinic'),
    recommendation: text('recommendation')
      .notNull()
      .references(() => recommendation.id),
  },
  (one) => entryKeys('decision', one),
)

/** Where a decision went another way than a starting point or a requirement. Always counted. */
export const departure = sqliteTable(
  'departure',
  {
    ...entry(),
    fromWhat: text('from_what').notNull(),
    fromWhich: text('from_which').notNull(),
    reason: text('reason').notNull(),
    recommendation: text('recommendation')
      .notNull()
      .references(() => recommendation.id),
  },
  (one) => entryKeys('departure', one),
)

/** Versions of checklists. */
export const checklist = sqliteTable(
  'checklist',
  {
    ...entry(),
    instrument: text('instrument').notNull(),
    edition: integer('edition').notNull(),
  },
  (one) => [
    ...entryKeys('checklist', one),
    uniqueIndex('checklist_edition').on(one.referral, one.instrument, one.edition),
  ],
)
