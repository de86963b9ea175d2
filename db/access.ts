import type { Access } from '../src/casework/ports.ts'
import { auditMessage } from './audit-message.ts'
import { chainOf, type Link } from './links.ts'
import type { OutboxWriter } from './outbox.ts'
import { accessLog } from './schema.ts'
import type { Connection } from './statements.ts'

/** What was read or written: a case of a child, or a clinic. */
export type Subject = {
  partnership: string
  area: string | null
  referral: string | null
  child: string | null
  clinic: string | null
}

export const caseSubject = (row: {
  id: string
  partnership: string
  area: string | null
  child: string
}): Subject => {
  const { id, partnership, area, child } = row
  return { partnership, area, referral: id, child, clinic: null }
}

/** Writes the access log, and the message to the audit service with each of its rows. */
export function accessWriter(connection: Connection, send: OutboxWriter) {
  const chain = chainOf(connection, accessLog)
  const log = (
    subject: Subject,
    { actor, at, action, requestId, purpose }: Access,
    { covers = null, link }: { covers?: string | null; link?: Link } = {},
  ) => {
    const { person, role, agency } = actor
    const row = { ...subject, at, person, role, agency, action, request: requestId }
    const { seq } = chain.append({ ...row, purpose: purpose ?? null, covers }, link)
    send(auditMessage({ ...row, seq }), at)
  }
  return { next: chain.next, log }
}
export type AccessWriter = ReturnType<typeof accessWriter>
