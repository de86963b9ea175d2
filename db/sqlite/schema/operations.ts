import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { referral } from './cases.ts'
import { child } from './children.ts'
import { accessLog } from './log.ts'

/** Rule sets by their digest, so that an old case can be explained for ever. */
export const ruleSet = sqliteTable('rule_set', {
  digest: text('digest').primaryKey(),
  partnership: text('partnership').notNull(),
  act: text('act')
    .notNull()
    .references(() => accessLog.id),
  at: text('at').notNull(),
  content: blob('content', { mode: 'buffer' }).notNull(),
})

/** What happened to each rule set: who proposed it, who approved it, from which day it holds. */
export const ruleSetEvent = sqliteTable(
  'rule_set_event',
  {
    partnership: text('partnership').notNull(),
    seq: integer('seq').notNull(),
    id: text('id').notNull().unique(),
    act: text('act')
      .notNull()
      .references(() => accessLog.id),
    ruleSet: text('rule_set')
      .notNull()
      .references(() => ruleSet.digest),
    type: text('type').notNull(),
    at: text('at').notNull(),
    actor: text('actor').notNull(),
    body: text('body').notNull(),
    /** The words that the event names by id. About rules, never about a person. */
    notes: text('notes').notNull(),
  },
  (one) => [primaryKey({ columns: [one.partnership, one.seq] })],
)

/** Answers that a repeated request gets again. */
export const idempotencyKey = sqliteTable(
  'idempotency_key',
  {
    owner: text('owner').notNull(),
    key: text('key').notNull(),
    referral: text('referral')
      .notNull()
      .references(() => referral.id),
    child: text('child')
      .notNull()
      .references(() => child.id),
    status: integer('status').notNull(),
    at: text('at').notNull(),
    sealed: blob('sealed', { mode: 'buffer' }).notNull(),
  },
  (one) => [primaryKey({ columns: [one.owner, one.key] })],
)

/** What others are to be told, in ids and codes alone. */
export const outbox = sqliteTable(
  'outbox',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').notNull().unique(),
    act: text('act')
      .notNull()
      .references(() => accessLog.id),
    kind: text('kind').notNull(),
    body: text('body').notNull(),
    at: text('at').notNull(),
    deliveredAt: text('delivered_at'),
  },
  (one) => [index('outbox_waiting').on(one.seq).where(sql`delivered_at IS NULL`)],
)

/** Who is signed in. */
export const session = sqliteTable('session', {
  hashedId: text('hashed_id').primaryKey(),
  startedAt: integer('started_at').notNull(),
  lastSeenAt: integer('last_seen_at').notNull(),
  holds: text('holds').notNull(),
})

/** Sign-ins that have begun and wait for the issuer. Nobody is let in by one. */
export const signIn = sqliteTable('sign_in', {
  hashedId: text('hashed_id').primaryKey(),
  startedAt: integer('started_at').notNull(),
  holds: text('holds').notNull(),
})

/** Keys of other systems, without their secrets. */
export const serviceKey = sqliteTable('service_key', {
  id: text('id').primaryKey(),
  hashedSecret: text('hashed_secret').notNull(),
  system: text('system').notNull(),
  grants: text('grants').notNull(),
  madeAt: integer('made_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  revokedAt: integer('revoked_at'),
})
