import { desc, eq, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { auditMessage } from '../record/audit-message.ts'
import { hashAt, linkAfter } from '../record/chain.ts'
import { type Act, casesOf, type Written } from '../record/log.ts'
import { type Put, type TableName, tables } from '../record/tables.ts'
import * as schema from './schema.ts'
import { type Connection, getter, inserter, remover, updater, upserter } from './statements.ts'

/** Each table of the record as drizzle knows it. */
export const tableOf = {
  child: schema.child,
  referral: schema.referral,
  offence: schema.offence,
  victim: schema.victim,
  answer: schema.answer,
  protected_answer: schema.protectedAnswer,
  victim_answer: schema.victimAnswer,
  note: schema.note,
  recommendation: schema.recommendation,
  decision: schema.decision,
  departure: schema.departure,
  checklist: schema.checklist,
  victim_entry: schema.victimEntry,
  case_event: schema.caseEvent,
  delivery: schema.delivery,
  condition: schema.condition,
  task: schema.task,
  clock: schema.clock,
  clinic: schema.clinic,
  attendance: schema.attendance,
  conflict: schema.conflict,
  clinic_item: schema.clinicItem,
  rule_set: schema.ruleSet,
  rule_set_event: schema.ruleSetEvent,
  idempotency_key: schema.idempotencyKey,
  outbox: schema.outbox,
  session: schema.session,
  service_key: schema.serviceKey,
} as const satisfies Record<TableName, SQLiteTable>

/** Writes acts with all their rows. To be run in one immediate transaction: all of it, or it throws. */
export type Runner = {
  run(written: Written, before?: (typeof schema.referral)['$inferSelect']): void
  /** An act that writes nothing but that it happened. */
  log(acts: readonly Act[]): void
}

export function rowRunner(connection: Connection): Runner {
  const append = appender(connection)
  const put = putter(connection)
  const remove = removers(connection)
  const log = (acts: readonly Act[]) => {
    for (const act of acts) append(act).tell()
  }
  return {
    log,
    run: ({ acts, puts, removed }, before) => {
      const appended = acts.map(append)
      for (const one of puts) put(one, before)
      for (const { table, key } of removed) remove[table](key)
      for (const { tell } of appended) tell()
    },
  }
}

/**
 * Links an act to the end of its partnership's chain and inserts it. What names the cases, and the
 * message about it, follow once the rows that they name are there.
 */
function appender(connection: Connection) {
  const { accessLog, accessCase, outbox } = schema
  const insert = inserter(connection, accessLog)
  const index = inserter(connection, accessCase)
  const send = inserter(connection, outbox)
  const end = getter<{ seq: number; hash: string }>(
    connection,
    connection.orm
      .select({ seq: accessLog.seq, hash: accessLog.hash })
      .from(accessLog)
      .where(eq(accessLog.partnership, sql.placeholder('partnership')))
      .orderBy(desc(accessLog.seq))
      .limit(sql.placeholder('limit')),
  )
  return ({ body, ...act }: Act) => {
    const link = linkAfter(act.partnership, end(act.partnership, 1))
    insert({ ...act, ...link, hash: hashAt(link, body) })
    const tell = () => {
      const { partnership, seq } = link
      for (const [referral, child] of casesOf(act)) index({ referral, child, partnership, seq })
      const message = auditMessage({ ...act, seq })
      if (message) send(message)
    }
    return { tell }
  }
}

type PutRow = (row: never) => void

function putter(connection: Connection) {
  const byTable = Object.fromEntries(
    Object.entries(tables).map(([name, { kept, key }]) => {
      const table: SQLiteTable = tableOf[name as TableName]
      const prepared =
        kept === 'as-it-stands'
          ? upserter(connection, table, ...(key as never[]))
          : inserter(connection, table)
      return [name, prepared as PutRow]
    }),
  ) as Record<TableName, PutRow>
  const changeCase = updater(connection, schema.referral, 'id')
  const number = eventNumbers(connection)
  return (one: Put, before: (typeof schema.referral)['$inferSelect'] | undefined) => {
    if (one.table === 'referral' && before) return changeCase(one.row, before)
    if (one.table === 'case_event') return byTable.case_event(number(one.row) as never)
    byTable[one.table](one.row as never)
  }
}

/** Events of a partnership are numbered in their order, without gaps. */
function eventNumbers(connection: Connection) {
  const { caseEvent } = schema
  const last = getter<{ seq: number }>(
    connection,
    connection.orm
      .select({ seq: caseEvent.seq })
      .from(caseEvent)
      .where(eq(caseEvent.partnership, sql.placeholder('partnership')))
      .orderBy(desc(caseEvent.seq))
      .limit(sql.placeholder('limit')),
  )
  return <R extends { partnership: string }>(row: R) => ({
    ...row,
    seq: (last(row.partnership, 1)?.seq ?? 0) + 1,
  })
}

const removers = (connection: Connection) =>
  Object.fromEntries(
    Object.entries(tables).map(([name, { key }]) => [
      name,
      remover(connection, tableOf[name as TableName] as SQLiteTable, ...(key as never[])),
    ]),
  ) as Record<TableName, (key: readonly unknown[]) => void>
