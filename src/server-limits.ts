import type { Server } from 'node:http'

/** How long the service waits for a client, in milliseconds. */
export type Waiting = {
  /** For the headers of a request. */
  headers: number
  /** For the whole body of a request that is not a stream. */
  body: number
  /** For anything to move on a connection, in either direction; this alone bounds a stream. */
  idle: number
  /** For requests under way when the service stops. */
  atTheEnd: number
}

export const patience: Waiting = { headers: 10_000, body: 20_000, idle: 60_000, atTheEnd: 4_000 }

/**
 * Keeps slow and many clients from holding the service. Node's own limit for a whole request is put
 * aside, because it would also cut a long batch that flows as it should.
 * @param isStream whether a request of this address may last as long as it moves
 */
export function limitWaiting(
  server: Server,
  isStream: (address: string) => boolean,
  waiting: Waiting = patience,
): void {
  server.headersTimeout = waiting.headers
  server.requestTimeout = 0
  server.maxConnections = 1_000
  server.setTimeout(waiting.idle)
  server.on('request', (request, response) => {
    if (isStream(request.url ?? '')) return
    const timer = setTimeout(() => request.destroy(), waiting.body)
    const enough = () => clearTimeout(timer)
    request.once('end', enough)
    response.once('close', enough)
  })
}

/**
 * Takes no more requests, finishes those under way, and calls back when no connection is left. One
 * that stays open is cut when the waiting is over.
 */
export function closeSoon(server: Server, closed: () => void, waiting: Waiting = patience): void {
  server.keepAliveTimeout = 1
  server.close(closed)
  setTimeout(() => server.closeAllConnections(), waiting.atTheEnd).unref()
}
