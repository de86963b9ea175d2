import { auditMessage } from './audit-message.ts'
import { bodyOfStored } from './canonical.ts'
import { linesIn, type RowOfLog } from './log.ts'
import type { Mismatch, RecordReader } from './reader.ts'

/** Every message that an act sent is there, unless a later act cleared it; and no other. */
export async function checkMessages(
  reader: RecordReader,
  cleared: ReadonlySet<string>,
  found: Mismatch[],
) {
  const outbox = (id: string, says: string) => found.push({ table: 'outbox', row: id, says })
  let there = 0
  for await (const act of reader.acts())
    for (const [id, body] of messagesOf(act)) {
      const row = await reader.row('outbox', [id])
      if (row) there += 1
      if (!row && !cleared.has(id)) outbox(id, 'was taken out')
      if (row && cleared.has(id)) outbox(id, 'was cleared, and is back')
      if (row && bodyOfStored('outbox', row) !== body) outbox(id, 'is not as it was written')
    }
  if (there !== (await reader.count('outbox'))) outbox('', 'holds messages that no act sent')
}

/** The messages of an act, by id, with their digests: what it names, and what tells of itself. */
function messagesOf(act: RowOfLog): [string, string][] {
  const named = linesIn(act).flatMap(([table, [id], body]): [string, string][] =>
    table === 'outbox' && body !== null ? [[String(id), body]] : [],
  )
  const audit = auditMessage(act)
  return audit ? [...named, [audit.id, bodyOfStored('outbox', audit)]] : named
}
