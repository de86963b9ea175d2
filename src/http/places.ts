import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Context } from 'hono'
import type { Incoming } from './from.ts'

/** How many connections there are at most. */
export const mostConnections = 1_000

/** The places that connections take. */
export type Places = {
  /** The connection of a request has somebody known on it, and keeps its place. */
  isKnown(c: Context): void
  /** Gives each connection of a server its place. */
  on(server: Server): void
}

/**
 * Strangers who hold connections shut nobody out: when all places are taken, whoever has been there
 * longest without having said who they are gives way to the next.
 */
export function connectionPlaces(most = mostConnections): Places {
  const strangers = new Set<Socket>()
  const take = (server: Server, socket: Socket) => {
    strangers.add(socket)
    socket.once('close', () => strangers.delete(socket))
    server.getConnections((_, open) => {
      if (open <= most) return
      const [longest] = strangers
      longest?.destroy()
    })
  }
  return {
    isKnown: (c) => {
      const { incoming } = (c.env ?? {}) as Incoming
      if (incoming?.socket) strangers.delete(incoming.socket as Socket)
    },
    on: (server) => void server.on('connection', (socket) => take(server, socket)),
  }
}
