import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { cookieJar } from '../../src/http/cookies.ts'

const id = 'a'.repeat(43)
const other = 'b'.repeat(43)

/** What a browser is told to keep, and what is read of what it sends. */
function site(secure: boolean) {
  const jar = cookieJar(secure)
  const app = new Hono()
  app.get('/give', (c) => {
    jar.give(c, 'sign-in', id, 600)
    jar.give(c, 'session', id)
    return c.text('')
  })
  app.get('/take-back', (c) => {
    jar.takeBack(c, 'session')
    return c.text('')
  })
  app.get('/read', (c) => c.json([jar.idIn(c, 'session') ?? null, jar.isSent(c)]))
  const told = async (path: string) => (await app.request(path)).headers.getSetCookie()
  const read = async (cookie?: string) =>
    (await app.request('/read', { headers: cookie === undefined ? {} : { cookie } })).json()
  return { told, read }
}

describe('our cookies', () => {
  it('are for this host alone, over https, and no script reads them', async () => {
    const { told } = site(true)
    const kept = 'Path=/; HttpOnly; Secure; SameSite=Lax'
    expect(await told('/give')).toEqual([
      `__Host-waymark-sign-in=${id}; Max-Age=600; ${kept}`,
      `__Host-waymark-session=${id}; ${kept}`,
    ])
    expect(await told('/take-back')).toEqual([`__Host-waymark-session=; Max-Age=0; ${kept}`])
  })

  it('are plain on one’s own computer, where browsers refuse the others', async () => {
    const { told } = site(false)
    const kept = 'Path=/; HttpOnly; SameSite=Lax'
    expect(await told('/give')).toEqual([
      `waymark-sign-in=${id}; Max-Age=600; ${kept}`,
      `waymark-session=${id}; ${kept}`,
    ])
  })

  it('are read among others', async () => {
    expect(await site(false).read(`theme=dark; waymark-session=${id}`)).toEqual([id, true])
    expect(await site(true).read(`__Host-waymark-session=${id};theme=dark`)).toEqual([id, true])
  })

  it.each([
    ['none', undefined, false],
    ['an empty header', '', false],
    ['an empty one', 'waymark-session=', true],
    ['one too short', `waymark-session=${id.slice(1)}`, true],
    ['one too long', `waymark-session=${id}a`, true],
    ['one with another sign', `waymark-session=${id.slice(1)}.`, true],
    ['two, one of which somebody planted', `waymark-session=${id}; waymark-session=${other}`, true],
    ['two alike', `waymark-session=${id};waymark-session=${id}`, true],
    ['one of another name', `waymark-sessions=${id}`, false],
    ['the one of https', `__Host-waymark-session=${id}`, false],
    ['the one of a sign-in begun', `waymark-sign-in=${id}`, false],
  ])('hold nobody’s session with %s', async (_, cookie, sent) => {
    expect(await site(false).read(cookie)).toEqual([null, sent])
  })
})
