import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createApi } from '../../src/api/app.ts'
import { ruleBook } from '../../src/api/rule-book.ts'
import { operations } from '../../src/http/operations.ts'
import { asDemonstrated } from '../../src/http/who-calls.ts'
import type { Call, Called } from './caller.ts'
import type { Site } from './site.ts'

type Served = { fetch: Parameters<typeof serve>[0]['fetch'] }

/** Listens on a free port of loopback. */
export const listening = (app: Served) =>
  new Promise<{ port: number; close(): void }>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (at: AddressInfo) =>
      resolve({ port: at.port, close: () => closed(server as Server) }),
    )
  })

function closed(server: Server): void {
  server.close()
  server.closeAllConnections()
}

export const hello = (): Served => new Hono().get('/', (c) => c.text('hello'))

/** The service itself, with its guard, its counts and its cases. */
export const service = ({ deps, policy }: Site): Served =>
  createApi(ruleBook(policy, deps.evaluate, deps.today), {
    casework: deps,
    identify: asDemonstrated,
    operations: operations(
      () => {},
      () => performance.now(),
    ),
    demonstration: true,
  })

/** Somebody who calls from a thread of their own. */
export function callerThread() {
  const worker = new Worker(new URL('./caller.js', import.meta.url))
  return {
    call: (lines: readonly (readonly Call[])[]) =>
      new Promise<Called>((resolve, reject) => {
        worker.once('message', (came: Called | { failed: string }) =>
          'failed' in came ? reject(new Error(came.failed)) : resolve(came),
        )
        worker.postMessage(lines)
      }),
    end: () => worker.terminate(),
  }
}
