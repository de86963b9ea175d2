import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { madeOnce } from '../../src/http/made-once.ts'
import { wholeSite } from '../support/pages.ts'

/** A page that counts how often it is made. */
function page(text: () => string | undefined = () => 'A page. '.repeat(200)) {
  const made = { times: 0, key: '' }
  const send = madeOnce({ type: 'text/plain' }, async () => {
    made.times += 1
    return text()
  })
  const app = new Hono().get('/', (c) => send(c, made.key))
  app.onError((_, c) => c.text('', 500))
  const get = (headers: Record<string, string> = {}) => app.request('/', { headers })
  return { made, get }
}

describe('a page that is made once', () => {
  it('is made once for fifty who ask at the same time', async () => {
    const { made, get } = page()
    expect(made.times).toBe(0)
    const answers = await Promise.all(Array.from({ length: 50 }, () => get()))
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200))
    expect(made.times).toBe(1)
  })

  it('is made again when what it shows has changed, and not before', async () => {
    const { made, get } = page(() => `As of ${made.key}.`)
    made.key = 'Monday'
    expect(await (await get()).text()).toBe('As of Monday.')
    await get()
    expect(made.times).toBe(1)
    made.key = 'Tuesday'
    expect(await (await get()).text()).toBe('As of Tuesday.')
    expect(made.times).toBe(2)
  })

  it('is tried again where it could not be made', async () => {
    let broken = true
    const { get } = page(() => {
      if (broken) throw new Error('No paper.')
      return 'Here it is.'
    })
    expect((await get()).status).toBe(500)
    broken = false
    expect(await (await get()).text()).toBe('Here it is.')
  })

  it('is not there where there is nothing to show', async () => {
    expect((await page(() => undefined).get()).status).toBe(404)
  })

  it.each([
    ['nothing', undefined, null],
    ['gzip', 'gzip', 'gzip'],
    ['br', 'br', 'br'],
    ['all as browsers do', 'gzip, deflate, br, zstd', 'br'],
    ['gzip rather than br', 'br;q=0.5, gzip', 'gzip'],
    ['no br', 'br;q=0, gzip', 'gzip'],
    ['neither', 'br;q=0, gzip;q=0', null],
    ['none of ours', 'zstd', null],
    ['it as it is', 'identity, gzip;q=0.5', null],
    ['capitals', 'GZIP', 'gzip'],
  ])('comes compressed to who takes %s', async (_, accepted, encoding) => {
    const { get } = page()
    const plain = await (await get()).text()
    const answer = await get(accepted ? { 'accept-encoding': accepted } : {})
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('vary')).toBe('Accept-Encoding')
    const bytes = Buffer.from(await answer.arrayBuffer())
    const open = { br: brotliDecompressSync, gzip: gunzipSync, none: (all: Buffer) => all }
    expect(open[(encoding ?? 'none') as keyof typeof open](bytes).toString()).toBe(plain)
    if (encoding) expect(bytes.length).toBeLessThan(plain.length / 10)
  })

  it('is sent again only to who has another one', async () => {
    const { made, get } = page(() => `Page ${made.key}`)
    const etag = (await get()).headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/)
    for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const answer = await get({ 'if-none-match': known })
      expect([known, answer.status, await answer.text()]).toEqual([known, 304, ''])
      expect(answer.headers.get('etag')).toBe(etag)
    }
    for (const known of ['"other"', '', etag.slice(0, -2)])
      expect((await get({ 'if-none-match': known })).status).toBe(200)
    made.key = 'another'
    expect((await get({ 'if-none-match': etag })).status).toBe(200)
  })
})

describe('what anybody may read of the service', () => {
  const site = wholeSite()

  it.each(['/docs', '/openapi.json', '/', '/assets/waymark.css', '/assets/icon.svg'])(
    '%s comes compressed, with its ETag, and once to who has it',
    async (path) => {
      const answer = await site.request(path, { headers: { 'accept-encoding': 'br' } })
      expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, 'br'])
      const etag = answer.headers.get('etag') ?? ''
      const again = await site.request(path, { headers: { 'if-none-match': etag } })
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect(again.headers.get('content-security-policy')).toContain("default-src 'none'")
    },
  )

  it('/docs may be kept, and is asked for again each time', async () => {
    expect((await site.request('/docs')).headers.get('cache-control')).toBe('no-cache')
  })

  it('HEAD says the same without it', async () => {
    const answer = await site.request('/docs', { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(answer.headers.get('etag')).toMatch(/^W\//)
  })
})
