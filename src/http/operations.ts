import type { MiddlewareHandler } from 'hono'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Identified } from './guard.ts'
import { placeOf } from './place.ts'

/** One line of the log for one request: codes and counts, nothing that anybody sent. */
export type RequestLine = {
  requestId: string
  method: string
  route: string
  status: number
  milliseconds: number
}

/** Counts and logs requests by their route, never by their address, which may hold what was typed. */
export type Operations = { watch: MiddlewareHandler<Identified>; registry: Registry }

/**
 * @param log takes a line for each request
 * @param clock milliseconds that only go forward
 */
export function operations(log: (line: RequestLine) => void, clock: () => number): Operations {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const took = new Histogram({
    name: 'waymark_request_seconds',
    help: 'How long requests took, by route',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const refused = new Counter({
    name: 'waymark_refused_total',
    help: 'Requests that were refused, by route and status',
    labelNames: ['route', 'status'] as const,
    registers: [registry],
  })
  const watch: MiddlewareHandler<Identified> = async (c, next) => {
    const begun = clock()
    await next()
    const milliseconds = Math.round(clock() - begun)
    const { method } = c.req
    const route = placeOf(method, c.req.path)
    const { status } = c.res
    took.observe({ method: known(method), route, status }, milliseconds / 1_000)
    if (status >= 400) refused.inc({ route, status })
    log({ requestId: c.var.requestId, method: known(method), route, status, milliseconds })
  }
  return { watch, registry }
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']
/** A method is a word that the caller chose; only the usual ones are written down. */
const known = (method: string): string => (methods.includes(method) ? method : 'other')
