import type { OpenAPIHono } from '@hono/zod-openapi'
import { version } from '../domain/version.ts'
import type { Identified } from '../http/guard.ts'
import { madeOnce } from '../http/made-once.ts'
import { groups } from './groups.ts'

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
  tags: [...groups],
}

/** The OpenAPI document of all calls that are there when it is first asked for. */
export function addDescription(app: OpenAPIHono<Identified>): void {
  const document = madeOnce({ type: 'application/json' }, () =>
    JSON.stringify(app.getOpenAPI31Document(apiDescription)),
  )
  app.get('/openapi.json', (c) => document(c))
}
