import { randomUUID } from 'node:crypto'
import { bringUpToDate } from '../../db/sqlite/migrate.ts'
import { openDatabase } from '../../db/sqlite/open-database.ts'

const at = '2026-11-02T09:30:00.000Z'
const hash = 'a'.repeat(64)
const officer = '{"agency":"youth-justice","person":"practitioner-1","role":"practitioner"}'
const body = `{"at":"${at}","by":${officer},"type":"contact.made"}`
const context = '{"conditions":["00000000-0000-4000-8000-000000000000"],"met":[],"contacts":1}'

/**
 * The rows of one event as somebody would write them with better-sqlite3 alone, into the same tables
 * and indexes: no chain, no check, nothing read. What remains is what the disk and SQLite ask.
 */
export function sameRows(file: string) {
  const database = openDatabase(file)
  bringUpToDate(database, 'db/sqlite/migrations')
  const referral = randomUUID()
  const child = randomUUID()
  database.prepare('INSERT INTO child VALUES (?, NULL, NULL)').run(child)
  database
    .prepare(
      `INSERT INTO referral VALUES
        (?, 'derby', NULL, ?, NULL, 'referral', 2, 'delivering', '{}', 1, ?, ?, 1, 'open', NULL,
         '2026-12-20', NULL, '[]', NULL, 'salt')`,
    )
    .run(referral, child, at, at)
  const delivery = `INSERT INTO delivery VALUES (?, 'd', 'd', 'delivery', 1, 'inDelivery', ?)
    ON CONFLICT DO UPDATE SET state = excluded.state, context = excluded.context`
  const statements = {
    log: database.prepare(
      `INSERT INTO access_log VALUES
        ('derby', ?, ?, ?, ?, ?, 'practitioner-1', 'practitioner', 'youth-justice',
         'event:contact.made', ?, NULL, NULL, NULL, ?, ?, ?)`,
    ),
    named: database.prepare(`INSERT INTO access_case VALUES (?, ?, 'derby', ?)`),
    told: database.prepare(`INSERT INTO outbox VALUES (NULL, ?, ?, 'audit', ?, ?, NULL)`),
    event: database.prepare(
      `INSERT INTO case_event VALUES
        ('derby', ?, ?, ?, ?, ?, 0, ?, 'delivery', 'd', 'contact.made', ?, ?, ?)`,
    ),
    row: database.prepare('UPDATE referral SET version = ?, updated_at = ?, salt = ? WHERE id = ?'),
    delivery: database.prepare(delivery),
  }
  const cases = JSON.stringify([[referral, child]])
  const line = ['delivery', [referral, randomUUID()], hash]
  const covers = JSON.stringify([line, line, line])
  let seq = 0
  const write = database.transaction(() => {
    seq += 1
    const now = new Date(Date.parse(at) + seq * 1_000).toISOString()
    const act = randomUUID()
    statements.log.run(seq, hash, hash, act, now, randomUUID(), seq, cases, covers)
    statements.row.run(seq, now, act.slice(0, 22), referral)
    statements.event.run(seq, randomUUID(), referral, child, seq, act, now, officer, body)
    statements.delivery.run(referral, context)
    statements.named.run(referral, child, seq)
    statements.told.run(`audit:derby:${seq}`, act, body.repeat(2), now)
  })
  return {
    write: () => write.immediate(),
    /** About as many as one event takes: six rows, what the act covers, a message and a body. */
    bytes: 2_200,
    close: () => database.close(),
  }
}
