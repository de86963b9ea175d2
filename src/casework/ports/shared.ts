import type { Actor } from '../../domain/roles.ts'

/** What the access log keeps of a read or a write: who, when, what was done, on which request. */
export type Access = {
  actor: Actor
  at: string
  action: string
  requestId: string
  /** Optional since the Data (Use and Access) Act 2025, section 82. */
  purpose?: string | undefined
}

/** Something others are to be told, in ids and codes alone. */
export type OutboxMessage = { id: string; kind: 'notice' | 'audit'; body: Record<string, unknown> }

/** A partnership, or one area of it. */
export type Scope = { partnership: string; area?: string | undefined }
