import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { whereFrom } from '../../src/http/from.ts'
import { smallBook } from '../support/api.ts'
import { noDesk } from '../support/sign-in.ts'

/** Where a request is said to come from. */
async function from(trusted: string[], connection: string | undefined, forwarded?: string) {
  const where = whereFrom(trusted)
  const app = new Hono().get('/', (c) => c.text(where(c)))
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  const env = { incoming: { socket: { remoteAddress: connection } } }
  return (await app.request('/', { headers }, env)).text()
}

describe('where a request comes from', () => {
  it.each<[string, string[], string | undefined, string | undefined, string]>([
    ['the connection', [], '192.0.2.1', undefined, '192.0.2.1'],
    ['the connection, whatever a header says', [], '192.0.2.1', '198.51.100.9', '192.0.2.1'],
    [
      'the connection of somebody who is no proxy',
      ['10.0.0.7'],
      '10.0.0.8',
      '192.0.2.1',
      '10.0.0.8',
    ],
    ['what a proxy says', ['10.0.0.7'], '10.0.0.7', '192.0.2.1', '192.0.2.1'],
    ['the last that a proxy says', ['10.0.0.7'], '10.0.0.7', '203.0.113.5, 192.0.2.1', '192.0.2.1'],
    [
      'what is before a second proxy',
      ['10.0.0.0/8'],
      '10.0.0.7',
      '203.0.113.5, 192.0.2.1, 10.9.9.9',
      '192.0.2.1',
    ],
    ['the proxy, where it says nothing', ['10.0.0.7'], '10.0.0.7', undefined, '10.0.0.7'],
    ['the proxy, where it names itself alone', ['10.0.0.7'], '10.0.0.7', '10.0.0.7', '10.0.0.7'],
    [
      'the proxy, where what it says is no address',
      ['10.0.0.7'],
      '10.0.0.7',
      '192.0.2.1, unknown',
      '10.0.0.7',
    ],
    ['an address with its port', ['10.0.0.7'], '10.0.0.7', '192.0.2.1:443', '192.0.2.1'],
    ['IPv4 as IPv6 writes it', ['10.0.0.7'], '::ffff:10.0.0.7', '192.0.2.1', '192.0.2.1'],
    ['the first address of a network', ['10.0.0.8/30'], '10.0.0.8', '192.0.2.1', '192.0.2.1'],
    ['the last address of a network', ['10.0.0.8/30'], '10.0.0.11', '192.0.2.1', '192.0.2.1'],
    ['the address after a network', ['10.0.0.8/30'], '10.0.0.12', '192.0.2.1', '10.0.0.12'],
    ['the address before a network', ['10.0.0.8/30'], '10.0.0.7', '192.0.2.1', '10.0.0.7'],
    ['a proxy of IPv6', ['fd00::/8'], 'fd00::1', '192.0.2.1', '192.0.2.1'],
    ['nowhere, without a connection', ['10.0.0.7'], undefined, '192.0.2.1', 'nowhere'],
  ])('is %s', async (_, trusted, connection, forwarded, expected) => {
    expect(await from(trusted, connection, forwarded)).toBe(expected)
  })

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::9', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['2001:0DB8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['[2001:db8:1:2::1]:443', '2001:db8:1:2::/64'],
  ])('is one for the whole /64 of %s, which one household has', async (address, counted) => {
    expect(await from([], address)).toBe(counted)
  })
})

describe('one stranger behind a proxy', () => {
  const site = (trusted: string[]) =>
    createApi(smallBook(), {
      signIn: noDesk,
      rate: {
        ...{ perMinute: 2, publicPerMinute: 2, signInsPerMinute: 1, clock: () => 0 },
        from: whereFrom(trusted),
      },
    })
  const signIn = async (app: ReturnType<typeof site>, person: string) => {
    const env = { incoming: { socket: { remoteAddress: '10.0.0.7' } } }
    const headers = { 'x-forwarded-for': person }
    return (await app.request('/sign-in', { headers }, env)).status
  }

  it('cannot block sign-in for the others', async () => {
    const app = site(['10.0.0.7'])
    expect([await signIn(app, '192.0.2.1'), await signIn(app, '192.0.2.1')]).toEqual([503, 429])
    expect(await signIn(app, '192.0.2.2')).toBe(503)
    // What the stranger puts in front of it makes nobody else of the stranger.
    expect(await signIn(app, '192.0.2.3, 192.0.2.1')).toBe(429)
  })

  it('would block it for all where no proxy is trusted', async () => {
    const app = site([])
    expect([await signIn(app, '192.0.2.1'), await signIn(app, '192.0.2.2')]).toEqual([503, 429])
  })
})
