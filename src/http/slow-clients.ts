import type { Server } from 'node:http'

/** How long the service waits for a client, in milliseconds. */
export type Waiting = {
  /** For the headers of a request. */
  headers: number
  /** How often it is looked whether headers took too long: they have so much longer at most. */
  look: number
  /** For the whole body of a request that is not a stream. */
  body: number
  /** For anything to move on a connection, in either direction; this alone bounds a stream. */
  idle: number
  /** For requests under way when the service stops. */
  atTheEnd: number
}

/** Whoever is slow is cut off within fifteen seconds: headers, the look at them and body together. */
export const patience: Waiting = {
  headers: 4_000,
  look: 1_000,
  body: 10_000,
  idle: 15_000,
  atTheEnd: 4_000,
}

/** What a server has to be made with, so that its limits hold. */
export const serverOptions = { connectionsCheckingInterval: patience.look }

/**
 * Keeps slow clients from holding the service. Node's own limit for a whole request is put aside,
 * because it would also cut a long batch that flows as it should.
 * @param isStream whether a request of this address may last as long as it moves
 */
export function limitWaiting(
  server: Server,
  isStream: (address: string) => boolean,
  waiting: Waiting = patience,
): void {
  server.headersTimeout = waiting.headers
  server.requestTimeout = 0
  server.setTimeout(waiting.idle)
  server.on('request', (request) => {
    if (isStream(request.url ?? '')) return
    // Also where it was answered before its body had come: what is left of that must come in time.
    const timer = setTimeout(() => request.socket.destroy(), waiting.body)
    const { socket } = request
    const enough = () => {
      clearTimeout(timer)
      // The connection outlives the request: nothing of it stays behind.
      socket.off('close', enough)
    }
    request.once('end', enough)
    socket.once('close', enough)
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
