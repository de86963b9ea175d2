import { randomUUID } from 'node:crypto'
import { bringUpToDate } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open-database.ts'

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
  bringUpToDate(database, 'db/migrations')
  const referral = randomUUID()
  const child = randomUUID()
  database.prepare('INSERT INTO child VALUES (?, NULL, NULL)').run(child)
  database
    .prepare(
      `INSERT INTO referral VALUES
        (?, 'derby', NULL, ?, NULL, 'referral', 2, 'delivering', '{}', 1, ?, ?, 1, 'open', NULL,
         '2026-12-20', NULL, '[]', NULL)`,
    )
    .run(referral, child, at, at)
  const delivery = `INSERT INTO delivery VALUES (?, 'd', 'd', 'delivery', 1, 'inDelivery', ?)
    ON CONFLICT DO UPDATE SET state = excluded.state, context = excluded.context`
  const statements = {
    event: database.prepare(
      `INSERT INTO case_event VALUES
        ('derby', ?, ?, ?, ?, ?, ?, ?, 0, ?, 'delivery', 'd', 'contact.made', ?, ?, ?, NULL)`,
    ),
    log: database.prepare(
      `INSERT INTO access_log VALUES
        ('derby', ?, ?, ?, ?, 'practitioner-1', 'practitioner', 'youth-justice', 'event:contact.made',
         ?, NULL, NULL, ?, ?, NULL, NULL)`,
    ),
    told: database.prepare(`INSERT INTO outbox VALUES (NULL, ?, 'audit', ?, ?, NULL)`),
    row: database.prepare('UPDATE referral SET version = ?, updated_at = ? WHERE id = ?'),
    delivery: database.prepare(delivery),
  }
  let seq = 0
  const write = database.transaction(() => {
    seq += 1
    const now = new Date(Date.parse(at) + seq * 1_000).toISOString()
    statements.row.run(seq, now, referral)
    statements.log.run(seq, hash, hash, now, randomUUID(), referral, child)
    statements.told.run(`audit:derby:${seq}`, body.repeat(2), now)
    statements.event.run(
      seq,
      hash,
      hash,
      randomUUID(),
      referral,
      child,
      seq,
      seq,
      now,
      officer,
      body,
    )
    statements.delivery.run(referral, context)
  })
  return {
    write: () => write.immediate(),
    /** About as many as one event takes: five rows, four hashes, a message and a body. */
    bytes: 1_400,
    close: () => database.close(),
  }
}
