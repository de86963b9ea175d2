import type { Context, MiddlewareHandler } from 'hono'
import type { Identified } from './guard.ts'
import type { DrawRefusal } from './problem.ts'

/** Said on every answer: a page loads nothing from elsewhere, runs no script, and stands in no frame. */
const security = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=15552000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}

export type OnEveryAnswer = {
  newId: () => string
  demonstration: boolean
  drawRefusal?: DrawRefusal | undefined
}

/**
 * Gives each request a name for the logs, and says on each answer what every answer says. It is said
 * before the answer is made: afterwards, a light answer would have to be made again as a heavy one.
 */
export function onEveryAnswer(given: OnEveryAnswer): MiddlewareHandler<Identified> {
  const always = Object.entries({
    ...security,
    ...(given.demonstration ? { 'waymark-demonstration': '1' } : {}),
  })
  return async (c, next) => {
    const requestId = requestIdOf(c) ?? given.newId()
    c.set('requestId', requestId)
    c.set('drawRefusal', given.drawRefusal)
    c.header('x-request-id', requestId)
    for (const [name, value] of always) c.header(name, value)
    if (c.req.path.startsWith('/v1/') || c.req.path === '/metrics')
      c.header('cache-control', 'no-store')
    await next()
  }
}

/** The name that a caller gives a request, where it is an id and nothing that could be read. */
function requestIdOf(c: Context): string | undefined {
  const given = c.req.header('x-request-id') ?? ''
  const isId = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,32})$/.test(given)
  return isId ? given : undefined
}
