import type { StoredServiceKey, StoredSession } from '../../src/casework/ports.ts'
import { type Doing, ofService, type Removed, type Written, written } from './log.ts'
import type { Put } from './tables.ts'

/**
 * What is done to the service itself: who is signed in, which systems hold keys. Acts in a chain of
 * their own, so that a session or a key that nobody made is found, and so is an ending undone.
 */

/** The service acts by itself, or whoever sits at its terminal does. */
export const byTheService = (action: string, at: string): Doing => ({
  actor: { person: 'waymark', role: 'service', agency: 'partnership' },
  at,
  action,
  requestId: 'service',
})

const instant = (at: number): string => new Date(at).toISOString()

/** A person's session begins. */
export function sessionBegun(session: StoredSession): Written {
  const { holds, hashedId, startedAt, lastSeenAt } = session
  const by = byTheService('session.begin', instant(startedAt))
  const doing = holds.kind === 'session' ? personOf(holds.caller, by) : by
  const row = { hashedId, startedAt, lastSeenAt, holds: JSON.stringify(holds) }
  return written(ofService(), doing, [{ table: 'session', row }])
}

function personOf({ person, grants }: { person: string; grants: readonly Granted[] }, by: Doing) {
  const [held] = grants
  const { role = 'none', agency = 'partnership' } = held ?? {}
  return { ...by, actor: { person, role, agency } }
}
type Granted = { role: string; agency: string }

/** Sessions end: their person signs out, or their time is over. @param at milliseconds */
export function sessionsEnded(hashedIds: readonly string[], at: number): Written {
  const removed = hashedIds.map((id): Removed => ({ table: 'session', key: [id] }))
  return written(ofService(), byTheService('session.end', instant(at)), [], removed)
}

/** A key for a system is made, or ended. */
export function serviceKeyWritten(key: StoredServiceKey): Written {
  const { grants, revokedAt = null, ...plain } = key
  const row = { ...plain, grants: JSON.stringify(grants), revokedAt }
  const put: Put = { table: 'service_key', row }
  const action = revokedAt === null ? 'service-key.make' : 'service-key.revoke'
  return written(ofService(), byTheService(action, instant(revokedAt ?? plain.madeAt)), [put])
}
