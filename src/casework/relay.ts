import type { Deps } from './casework.ts'
import type { Sent } from './ports.ts'

/**
 * Hands on what stands in the outbox, in order: notices, and audit messages in the form that the
 * prisons and probation services use (what, who, when, service, subjectId, subjectType,
 * correlationId, details). Each at least once: a message is marked when it was taken, so one that
 * was taken just before a failure comes again, with the same id.
 * @param send takes a batch wholly, or throws; then nothing of it is marked
 * @returns how many were handed on
 */
export async function relay(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  send: (messages: readonly Sent[]) => Promise<void>,
  { batch = 200, most = 2_000 }: { batch?: number; most?: number } = {},
): Promise<number> {
  let count = 0
  while (count < most) {
    const taken = await store.handOn(Math.min(batch, most - count), send, now)
    if (taken === 0) return count
    count += taken
  }
  return count
}

/** How many days a message stays: once it was handed on, and where nobody takes any. */
export const outboxDays = { delivered: 30, waiting: 90 } as const

/**
 * Clears old messages from the outbox, so many at once: those that were handed on long ago, and
 * where nobody takes any, those that have waited for longer still. What they told of stands in the
 * record and in the access log.
 * @param taken whether somebody takes messages; then what waits is never cleared
 * @returns how many were cleared
 */
export async function clearOutbox(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  taken: boolean,
  limit = 1_000,
): Promise<number> {
  const at = now()
  const ago = (days: number) => new Date(Date.parse(at) - days * 24 * 60 * 60_000).toISOString()
  return store.clearOutbox({
    delivered: ago(outboxDays.delivered),
    ...(taken ? {} : { waiting: ago(outboxDays.waiting) }),
    limit,
    at,
  })
}
