import 'better-sqlite3'
import 'canonicalize'
import 'drizzle-orm/better-sqlite3'
import 'jose'
import 'nunjucks'
import 'openid-client'
import 'pino'
import 'prom-client'
import 'temporal-polyfill'
import 'xstate'
import 'yaml'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'

/** The peer of `npm start`: a bare Hono with the libraries of the service loaded and not used. */
const app = new OpenAPIHono().get('/', (c) => c.text('hello'))
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) =>
  process.stdout.write(`answers at ${port}\n`),
)
