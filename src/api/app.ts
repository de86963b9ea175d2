import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { health } from './health.ts'
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
  app.use('/v1/*', (c, next) =>
    c.req.path === '/v1/recommendations/batch' ? next() : limit(c, next),
  )
  app.route('/', recommendations(book))
  app.route('/', ruleSets(book))
  app.route('/', health(ready))
  app.doc31('/openapi.json', apiDescription)
  app.notFound((c) => problem(c, 'not-found', 'There is nothing at this address.'))
  // A bug: it is reported without its message, which might hold what was sent.
  app.onError((error, c) => {
    report(`${c.req.method} ${c.req.path} failed: ${error.name}`)
    return problem(c, 'internal', 'The request was not carried out. Nothing was stored.')
  })
  return app
}

/** What the OpenAPI document says of the whole. */
export const apiDescription = {
  openapi: '3.1.0',
  info: {
    title: 'Waymark',
    version: '0.1.0',
    description:
      'Facts about a referral in, a recommendation out: what the law, national guidance and the local protocol make of it, what is excluded, what is open, what is not known and who could tell. It recommends; people decide. A fact that is not known is left out and is never taken as "no".',
    license: { name: 'MIT' },
  },
  servers: [{ url: '/' }],
}
