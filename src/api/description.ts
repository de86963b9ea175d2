import type { OpenAPIHono } from '@hono/zod-openapi'
import { version } from '../domain/version.ts'
import { largestBody } from '../http/door.ts'
import type { Identified } from '../http/guard.ts'
import { madeOnce } from '../http/made-once.ts'
import { mostProblems } from '../http/problem.ts'
import { usualRate } from '../http/rate.ts'
import { patience } from '../http/slow-clients.ts'
import { groups } from './groups.ts'

const inThousands = (number: number) => number.toLocaleString('en-GB')
const kib = largestBody / 1024
const seconds = (patience.headers + patience.look + patience.body) / 1_000

/** Every limit that holds for whatever is asked. */
const limits = `Limits: ${inThousands(usualRate.perMinute)} requests a minute of one caller, and as many refused ones of one address; ${usualRate.publicPerMinute} of one address for what anybody may read, ${usualRate.signInsPerMinute} for signing in (429 beyond). A body of ${kib} KiB, 64 levels deep (413, 400), that has come with its headers after ${seconds} seconds; a stream of lines lasts as long as something moves every ${patience.idle / 1_000} seconds. A problem names the first ${mostProblems} things that are wrong, and says how many more there are. The service answers to its own name alone (421), and with a session it takes changes from its own pages alone (403).`

/** What the OpenAPI document says of the whole. */
export const apiDescription = {
  openapi: '3.1.0',
  info: {
    title: 'Waymark',
    version,
    description: `Facts about a referral in, a recommendation out: what the law, national guidance and the local protocol make of it, what is excluded, what is open, what is not known and who could tell. It recommends; people decide. A fact that is not known is left out and is never taken as "no".\n\n${limits}`,
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
