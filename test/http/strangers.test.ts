import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { serve } from '@hono/node-server'
import { afterEach, describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import type { DoorOptions } from '../../src/http/door.ts'
import { connectionPlaces, type Places } from '../../src/http/places.ts'
import type { Turns } from '../../src/http/turns.ts'
import { asDemonstrated, smallBook } from '../support/api.ts'

const rate = { perMinute: 100, publicPerMinute: 3, signInsPerMinute: 1, clock: () => 0 }
const atOnce: Turns = async () => {}
const member = { headers: { authorization: 'Demonstration chair-1' } }

describe('fifty greedy strangers and a member', () => {
  /** Who is answered when, where the strangers came first. */
  async function order(guard: DoorOptions['guard'], ask: RequestInit = {}, path = '/v1/rule-sets') {
    const app = createApi(smallBook(), { identify: asDemonstrated, guard: guard ?? {} })
    const answered: string[] = []
    const strangers = Array.from({ length: 50 }, async (_, i) => {
      await (await app.request(path, ask)).text()
      answered.push(`stranger ${i}`)
    })
    await Promise.all([
      ...strangers,
      (async () => {
        await (await app.request('/v1/me', member)).text()
        answered.push('member')
      })(),
    ])
    return answered
  }

  it.each([
    ['who read what anybody may', '/v1/rule-sets', {}],
    ['who are not let in', '/v1/me', {}],
    ['who ask for what is not there', '/nothing', {}],
    [
      'who send what does not say who they are',
      '/v1/me',
      { headers: { authorization: 'Bearer x' } },
    ],
  ])('%s: the member, who came last, is answered first', async (_, path, ask) => {
    expect((await order({}, ask, path))[0]).toBe('member')
  })

  it('would be answered in the order in which they came where strangers take no turns', async () => {
    expect((await order({ turns: atOnce })).indexOf('member')).toBeGreaterThan(10)
  })

  it('are all answered, one after the other', async () => {
    const answered = await order({})
    expect(answered).toHaveLength(51)
    expect(answered.slice(1)).toEqual(Array.from({ length: 50 }, (_, i) => `stranger ${i}`))
  })

  it('who sent too much are looked at only when nobody waits', async () => {
    const looked: string[] = []
    const app = createApi(smallBook(), {
      rate: { ...rate, perMinute: 3 },
      identify: async (c) => {
        looked.push(c.req.header('authorization') ?? 'nobody')
        return asDemonstrated(c)
      },
    })
    const ask = async (authorization: string, from: string) => {
      const env = { incoming: { socket: { remoteAddress: from } } }
      return (await app.request('/v1/me', { headers: { authorization } }, env)).status
    }
    for (let i = 0; i < 4; i += 1) await ask('Bearer x', '192.0.2.1')
    looked.length = 0
    const late = ask('Bearer x', '192.0.2.1')
    expect(await ask(member.headers.authorization, '192.0.2.2')).toBe(200)
    expect(looked).toEqual([member.headers.authorization])
    expect(await late).toBe(429)
    expect(looked).toEqual([member.headers.authorization, 'Bearer x'])
  })
})

const servers: Server[] = []
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const server of servers.splice(0)) server.closeAllConnections()
  for (const server of servers) server.close()
})

/** The service on a free port of this machine, with so many places. */
async function listening(places: Places | undefined, most: number) {
  const app = createApi(smallBook(), {
    identify: asDemonstrated,
    rate: { ...rate, publicPerMinute: 1 },
    ...(places ? { guard: { onKnown: places.isKnown } } : {}),
  })
  const server = await new Promise<Server>((done) => {
    const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', createServer }, () =>
      done(made as Server),
    ) as Server
  })
  servers.push(server)
  if (places) places.on(server)
  else server.maxConnections = most
  return (server.address() as AddressInfo).port
}

/** A stranger who begins a request and does not go on. */
const slow = (port: number) =>
  new Promise<{ closed: Promise<void> }>((done) => {
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    const closed = new Promise<void>((gone) => socket.once('close', () => gone()))
    socket.on('error', () => {})
    socket.once('connect', () =>
      socket.write('GET / HTTP/1.1\r\nhost: x\r\n', () => done({ closed })),
    )
  })

/** What is answered over a connection of one's own. */
const asked = (port: number, path: string, headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close', ...headers } }).then(
    (answer) => answer.status,
    () => 'shut out' as const,
  )

describe('slow and greedy strangers together', () => {
  it('hold every place and use up what they may read, and a member is answered', async () => {
    const port = await listening(connectionPlaces(4), 4)
    const strangers = await Promise.all([slow(port), slow(port), slow(port), slow(port)])
    expect(await asked(port, '/v1/rule-sets', {})).toBe(200)
    for (let i = 0; i < 3; i += 1) expect(await asked(port, '/v1/rule-sets', {})).toBe(429)
    expect(await asked(port, '/v1/me', member.headers)).toBe(200)
    await strangers[0]?.closed
  })

  it('would shut a member out where whoever came first kept their place', async () => {
    const port = await listening(undefined, 4)
    await Promise.all([slow(port), slow(port), slow(port), slow(port)])
    expect(await asked(port, '/v1/me', member.headers)).toBe('shut out')
  })

  it('take no place from somebody who is known on their connection', async () => {
    const port = await listening(connectionPlaces(2), 2)
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    const said = () =>
      new Promise<string>((heard) => socket.once('data', (all) => heard(String(all))))
    const me = `GET /v1/me HTTP/1.1\r\nhost: x\r\nauthorization: ${member.headers.authorization}\r\n\r\n`
    socket.write(me)
    expect(await said()).toContain('HTTP/1.1 200')
    const first = await slow(port)
    await slow(port)
    await first.closed
    socket.write(me)
    expect(await said()).toContain('HTTP/1.1 200')
  })
})
