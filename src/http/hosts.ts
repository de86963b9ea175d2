import type { MiddlewareHandler } from 'hono'
import type { Identified } from './guard.ts'
import { actionFor } from './place.ts'
import { problem } from './problem.ts'

/** How this machine calls itself. No name of the internet can be made to stand for one of them. */
export const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/**
 * Answers only to names that the service is called by, whatever the port: a page of another site
 * whose name was made to point here (DNS rebinding) is refused. Monitors ask a machine by its
 * address, and are answered under any name.
 */
export function knownHost(names: readonly string[]): MiddlewareHandler<Identified> {
  const known = new Set(names.map((name) => name.toLowerCase()))
  return async (c, next) => {
    if (known.has(new URL(c.req.url).hostname)) return next()
    const action = actionFor(c.req.method, c.req.path)
    if (action === 'operations.read' || action === 'metrics.read') return next()
    return problem(c, 'misdirected', 'Ask by the address of this service.')
  }
}
