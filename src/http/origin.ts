import type { MiddlewareHandler } from 'hono'
import type { CookieJar } from './cookies.ts'
import type { Identified } from './guard.ts'
import { problem } from './problem.ts'

const reading = ['GET', 'HEAD', 'OPTIONS']

/**
 * A browser sends our cookie along with what another site makes it send. Whatever writes with a
 * cookie is taken from our own pages alone; a browser says where it comes from, in headers that no
 * page can change. From our own forms it says `Origin: null`, since our pages send no referrer.
 * @param address our own address, as people type it
 */
export function fromOurPages(
  address: string,
  cookies: Pick<CookieJar, 'isSent'>,
): MiddlewareHandler<Identified> {
  const ours = new URL(address).origin
  return async (c, next) => {
    if (reading.includes(c.req.method) || !cookies.isSent(c)) return next()
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    const good =
      site === undefined
        ? origin === ours
        : site === 'same-origin' && [undefined, 'null', ours].includes(origin)
    if (good) return next()
    const detail = 'With a session, things are changed from our own pages alone.'
    return problem(c, 'from-elsewhere', detail)
  }
}
