import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { referral } from './cases.ts'

/** Meetings of a partnership. */
export const clinic = sqliteTable(
  'clinic',
  {
    id: text('id').primaryKey(),
    partnership: text('partnership').notNull(),
    area: text('area'),
    heldOn: text('held_on').notNull(),
    state: text('state').notNull(),
    version: integer('version').notNull(),
    minutes: blob('minutes', { mode: 'buffer' }),
  },
  (one) => [
    index('clinic_by_day').on(one.partnership, one.heldOn, one.id),
    index('clinic_by_day_of_area').on(one.partnership, one.area, one.heldOn, one.id),
  ],
)

const ofClinic = () => ({
  clinic: text('clinic')
    .notNull()
    .references(() => clinic.id),
})
const ofCase = () => ({
  referral: text('referral')
    .notNull()
    .references(() => referral.id),
})

/** Who was there, in which role and in what way. */
export const attendance = sqliteTable(
  'attendance',
  {
    ...ofClinic(),
    place: integer('place').notNull(),
    person: text('person').notNull(),
    role: text('role').notNull(),
    agency: text('agency').notNull(),
    way: text('way').notNull(),
    name: blob('name', { mode: 'buffer' }),
  },
  (one) => [primaryKey({ columns: [one.clinic, one.place] })],
)

/** Who took no part in which case because of a conflict of interest. */
export const conflict = sqliteTable(
  'conflict',
  {
    ...ofClinic(),
    ...ofCase(),
    person: text('person').notNull(),
    at: text('at').notNull(),
  },
  (one) => [primaryKey({ columns: [one.clinic, one.referral, one.person] })],
)

/** The agenda. */
export const clinicItem = sqliteTable(
  'clinic_item',
  { ...ofClinic(), ...ofCase(), state: text('state').notNull() },
  (one) => [primaryKey({ columns: [one.clinic, one.referral] })],
)
