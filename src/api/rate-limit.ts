import type { MiddlewareHandler } from 'hono'
import type { Identified } from './identify.ts'
import { problem } from './problem.ts'

/**
 * Lets each caller do so much in a minute and no more, so that one that runs wild holds nobody else
 * up. Counted in this process alone; health and pages are never limited.
 * @param clock milliseconds that only go forward
 */
export function rateLimit(perMinute: number, clock: () => number): MiddlewareHandler<Identified> {
  const counts = new Map<string, number>()
  let minute = 0
  return async (c, next) => {
    const { caller } = c.var
    if (!caller) return next()
    const now = Math.floor(clock() / 60_000)
    if (now !== minute) counts.clear()
    minute = now
    const name = `${caller.by} ${caller.person}`
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    if (count <= perMinute) return next()
    const seconds = 60 - (Math.floor(clock() / 1_000) % 60)
    return problem(c, 'too-many', `At most ${perMinute} requests a minute.`, [], {
      'retry-after': String(seconds),
    })
  }
}
