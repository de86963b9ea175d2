import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { version } from '../domain/version.ts'
import { batchPath } from './batch.ts'
import { health } from './health.ts'
import { methodsAt } from './methods.ts'
import { problem } from './problem.ts'
import { recommendations } from './recommendations.ts'
import type { RuleBook } from './rule-book.ts'
import { ruleSets } from './rule-sets.ts'

const largest = 256 * 1024

export type ApiOptions = {
  ready?: () => boolean
  /** Where a bug is reported: one line, without anything that was sent. */
  report?: (line: string) => void
}

/** The HTTP interface over a rule book. Thin: parse, ask, answer. */
export function createApi(
  book: RuleBook,
  { ready = () => true, report = () => {} }: ApiOptions = {},
): OpenAPIHono {
  const app = new OpenAPIHono()
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
    }),
  )
  app.use('/v1/*', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })
  const limit = bodyLimit({
    maxSize: largest,
    onError: (c) => problem(c, 'too-large', 'A body may have at most 256 KiB.'),
  })
  // The batch is a stream with a limit for each line instead.
  app.use('/v1/*', (c, next) => (c.req.path === batchPath ? next() : limit(c, next)))
  app.route('/', recommendations(book, report))
  app.route('/', ruleSets(book))
  app.route('/', health(ready))
  app.doc31('/openapi.json', apiDescription)
  app.notFound((c) => nothingHere(c, methodsAt(app.routes, c.req.path)))
  // A bug: it is reported without its message, which might hold what was sent.
  app.onError((error, c) => {
    if (!c.req.raw.signal.aborted) report(`${c.req.method} ${c.req.path} failed: ${error.name}`)
    return problem(c, 'internal', 'The request was not carried out. Nothing was stored.')
  })
  return app
}

/** Nothing at this address at all, or nothing for this method. */
function nothingHere(c: Context, methods: readonly string[]) {
  if (methods.length === 0 || methods.includes(c.req.method))
    return problem(c, 'not-found', 'There is nothing at this address.')
  const allow = methods.join(', ')
  const detail = `This address answers ${allow}.`
  return problem(c, 'method-not-allowed', detail, [], { allow })
}

/** What the OpenAPI document says of the whole. */
export const apiDescription = {
  openapi: '3.1.0',
  info: {
    title: 'Waymark',
    version,
    description:
      'Facts about a referral in, a recommendation out: what the law, national guidance and the local protocol make of it, what is excluded, what is open, what is not known and who could tell. It recommends; people decide. A fact that is not known is left out and is never taken as "no".',
    license: { name: 'MIT' },
  },
  servers: [{ url: '/' }],
}
