import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import {
  closeSoon,
  limitWaiting,
  patience,
  serverOptions,
  type Waiting,
} from '../../src/http/slow-clients.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
})

/** A server that answers with all that it was sent, on any free port. */
async function echo(waiting: Partial<Waiting>) {
  const limits = { ...patience, ...waiting }
  const server = createServer({ connectionsCheckingInterval: limits.look }, (request, response) => {
    if (request.url === '/refused') return void response.writeHead(401).end()
    response.flushHeaders()
    request.pipe(response)
  })
  servers.push(server)
  limitWaiting(server, (address) => address === '/stream', limits)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, limits, port: (server.address() as AddressInfo).port }
}

/** A request of two bytes of which only the first is sent. */
async function halfSent(port: number, path: string) {
  const socket: Socket = connect(port, '127.0.0.1')
  const closed = new Promise<string>((done) => {
    let said = ''
    socket.on('data', (chunk) => {
      said += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => done(said))
  })
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\na`,
  )
  await Promise.race([closed, new Promise((first) => socket.once('data', first))])
  return { socket, closed }
}

describe('a client that sends its body slowly', () => {
  it('is cut off when its time is over, but for a stream, which may take as long as it moves', async () => {
    const { port } = await echo({ body: 50 })
    const stream = await halfSent(port, '/stream')
    const body = await halfSent(port, '/body')
    await body.closed
    stream.socket.write('b')
    expect(await stream.closed).toContain('b')
  })

  it('is cut off although it was answered before its body had come', async () => {
    const { port } = await echo({ body: 50 })
    const socket = connect(port, '127.0.0.1')
    const closed = new Promise<void>((done) => socket.once('close', () => done()))
    const answered = new Promise<string>((done) => socket.once('data', (all) => done(String(all))))
    socket.on('error', () => {})
    socket.write('POST /refused HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\na')
    expect(await answered).toContain('HTTP/1.1 401')
    await closed
  })

  it('is not cut off between two requests that each come in time', async () => {
    // Long enough for the slowest machine: what is looked at is that the first does not count on.
    const { port } = await echo({ body: 5_000 })
    for (let i = 0; i < 2; i += 1) {
      const body = await halfSent(port, '/body')
      body.socket.write('b')
      expect(await body.closed).toContain('b')
    }
  })

  it('leaves nothing of its requests behind on a connection that goes on', async () => {
    const { server, port } = await echo({})
    const taken = new Promise<Socket>((done) => server.once('connection', done))
    const socket = connect(port, '127.0.0.1')
    const theirs = await taken
    const before = theirs.listenerCount('close')
    for (let i = 0; i < 20; i += 1) {
      socket.write('POST /body HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\na')
      await new Promise((answered) => socket.once('data', answered))
    }
    expect(theirs.listenerCount('close')).toBeLessThan(before + 4)
    socket.destroy()
  })

  it('is cut off when its headers do not come', async () => {
    const { port } = await echo({ headers: 50, look: 10 })
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    const closed = new Promise<void>((done) => socket.once('close', () => done()))
    socket.resume().write('GET / HTTP/1.1\r\nhost: x\r\n')
    await closed
  })

  it('is cut off in a stream too when nothing moves any more', async () => {
    const { port } = await echo({ idle: 50 })
    const stream = await halfSent(port, '/stream')
    expect(await stream.closed).not.toContain('b')
  })

  it('has fifteen seconds at most for headers, the look at them and body, and as long for nothing', () => {
    const { headers, look, body, idle } = patience
    expect(headers + look + body).toBe(15_000)
    expect(idle).toBe(15_000)
    expect(serverOptions.connectionsCheckingInterval).toBe(look)
  })
})

describe('a server that stops', () => {
  const stopped = (server: Server, limits: Waiting) =>
    new Promise<void>((done) => closeSoon(server, done, limits))

  it('waits for a request under way', async () => {
    const { server, limits, port } = await echo({})
    const body = await halfSent(port, '/body')
    const done = stopped(server, limits)
    body.socket.write('b')
    expect(await body.closed).toContain('b')
    await done
  })

  it('cuts off a request that does not end', async () => {
    const { server, limits, port } = await echo({ atTheEnd: 50 })
    const body = await halfSent(port, '/body')
    await stopped(server, limits)
    expect(await body.closed).not.toContain('b')
  })

  it('is done before five seconds are over, however long a client stays', () => {
    expect(patience.atTheEnd).toBeLessThan(5_000)
  })
})
