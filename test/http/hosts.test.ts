import { describe, expect, it } from 'vitest'
import { loopbackNames } from '../../src/http/hosts.ts'
import { smallApi } from '../support/api.ts'

const statusOf = async (app: ReturnType<typeof smallApi>, host: string, path = '/v1/rule-sets') =>
  (await app.request(`http://${host}${path}`, { headers: { host } })).status

describe('a demonstration', () => {
  const app = smallApi({ hosts: loopbackNames, demonstration: true })

  it.each(['localhost', '127.0.0.1', '[::1]', 'localhost:3000', '127.0.0.1:8080', 'LOCALHOST'])(
    'answers to %s, whatever the port',
    async (host) => {
      expect(await statusOf(app, host)).toBe(200)
    },
  )

  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.2',
    '127.0.0.1.evil.example',
    '[::2]',
  ])('does not answer to %s, not even that something is not there', async (host) => {
    for (const path of ['/', '/v1/rule-sets', '/v1/me', '/nothing', '/docs'])
      expect(await statusOf(app, host, path)).toBe(421)
  })

  it('says so in a problem, with its headers', async () => {
    const answer = await app.request('http://evil.example/v1/me')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await answer.json()).toEqual({
      type: 'urn:waymark:problem:misdirected',
      title: 'This service is not called so',
      status: 421,
      detail: 'Ask by the address of this service.',
      instance: '/v1/me',
    })
  })

  it('would answer to any name where none is set', async () => {
    expect(await statusOf(smallApi(), 'evil.example')).toBe(200)
  })
})

describe('a service with an address', () => {
  const app = smallApi({ hosts: ['waymark.example'] })

  it('answers to that, and not to the names of its own machine', async () => {
    expect(await statusOf(app, 'waymark.example')).toBe(200)
    expect(await statusOf(app, 'Waymark.example:8443')).toBe(200)
    for (const host of ['localhost', '127.0.0.1', 'www.waymark.example', 'waymark.example.org'])
      expect([host, await statusOf(app, host)]).toEqual([host, 421])
  })

  it('tells monitors by whatever address whether it is well, since they ask each machine', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect(await statusOf(app, '10.0.0.7:3000', path)).toBe(200)
  })
})
