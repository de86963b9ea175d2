import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { RuleSetVersions } from '../../src/casework/rule-sets.ts'
import { builtWaymark, type Started, start } from '../support/built.ts'
import { smallRules, smallRulesWith } from '../support/console.ts'
import { redirectUri, startProvider, testAudience, testClient } from '../support/provider.ts'

const own = mkdtempSync(join(tmpdir(), 'waymark-server-'))
const started: Started[] = []
afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await Promise.all(started.map(({ ended }) => ended))
  rmSync(own, { recursive: true })
})

/** What a browser sends back after an answer: not what it was told to forget. */
const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .filter((cookie) => !cookie.includes('Max-Age=0'))
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

let databases = 0
/** The compiled service, on any free port, with a database and rules of its own. */
function serve(environment: Record<string, string> = {}): Started {
  databases += 1
  const one = start(builtWaymark, ['dist/src/server.js'], {
    PORT: '0',
    WAYMARK_DEMO: '0',
    WAYMARK_LOG: 'none',
    WAYMARK_RULES: smallRules,
    WAYMARK_DATABASE: join(own, String(databases), 'waymark.db'),
    ...environment,
  })
  started.push(one)
  return one
}
const address = async (one: Started) =>
  (await one.says(/^Waymark answers at (http:\/\/127\.0\.0\.1:\d+)\/\n$/))[1] as string

/** How a start that fails ends, and what it says. */
async function refused(environment: Record<string, string>) {
  const one = serve(environment)
  const code = await one.ended
  expect(one.said.out).toBe('')
  expect(one.said.error).not.toMatch(/^ +at /m)
  expect(one.said.error).toMatch(/Waymark did not start\.\n$/)
  return { code, says: one.said.error }
}

describe('the service, compiled', () => {
  it('starts with a demonstration, says where in one line, answers, stops on SIGTERM, and starts again as it was', async () => {
    const demonstration = {
      WAYMARK_DEMO: '1',
      WAYMARK_RULES: 'rules',
      WAYMARK_DATABASE: join(own, 'kept', 'waymark.db'),
    }
    const one = serve(demonstration)
    const at = await address(one)
    expect(await (await fetch(`${at}/healthz`)).json()).toEqual({ status: 'ok' })
    for (const path of ['/readyz', '/docs', '/openapi.json', '/assets/waymark.css'])
      expect((await fetch(at + path)).status).toBe(200)
    expect(await (await fetch(`${at}/`)).text()).toContain('href="/worked-case"')
    const named = (host: string) =>
      answerTo(
        Number(new URL(at).port),
        `GET / HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
      )
    expect(await named('evil.example')).toMatch(/^HTTP\/1\.1 421 /)
    expect(await named('localhost')).toMatch(/^HTTP\/1\.1 200 /)
    const worked = await (await fetch(`${at}/worked-case`)).text()
    expect(worked).toContain('DEMO-1, Derby')
    one.child.kill('SIGTERM')
    expect(await one.ended).toBe(0)
    expect(one.said).toEqual({ out: `Waymark answers at ${at}/\n`, error: '' })

    const again = await address(serve(demonstration))
    expect(await (await fetch(`${again}/worked-case`)).text()).toBe(worked)
  })

  it('goes on with the rules in force when those in its folder are others, and says so', async () => {
    const kept = { WAYMARK_DEMO: '1', WAYMARK_DATABASE: join(own, 'rules', 'waymark.db') }
    const derby = async (at: string) => {
      const answer = await (await fetch(`${at}/v1/rule-sets`)).json()
      const { ruleSets } = answer as { ruleSets: { partnership: string; digest: string }[] }
      return ruleSets.find(({ partnership }) => partnership === 'derby')
    }
    const one = serve(kept)
    const before = await derby(await address(one))
    one.child.kill('SIGTERM')
    await one.ended

    const text = readFileSync(join(smallRules, 'national/exclusions/under-ten.yaml'), 'utf8')
    const { folder, remove: tidy } = smallRulesWith({
      'national/exclusions/under-ten.yaml': text.replace('Offer help', 'Offer much help'),
    })
    const other = serve({ ...kept, WAYMARK_RULES: folder })
    const at = await address(other)
    tidy()
    expect(other.said.error).toContain(
      'Derby: the rules in the folder are not in force; cases are looked at by those that are.',
    )
    expect(await derby(at)).toEqual(before)
    const versions = await fetch(`${at}/v1/rule-sets/derby/versions`, {
      headers: { authorization: 'Demonstration policy-lead-1' },
    })
    const { inForce, versions: all } = (await versions.json()) as RuleSetVersions
    expect(inForce).toBe(before?.digest)
    expect(all.map(({ state }) => state)).toEqual(['loaded', 'inForce'])
  })

  it('finishes a request that is under way when it is stopped, and takes no other', async () => {
    const one = serve({ WAYMARK_DEMO: '1', WAYMARK_RULES: 'rules' })
    const at = await address(one)
    const { hostname, port } = new URL(at)
    const sending = request({
      hostname,
      port,
      path: '/v1/recommendations',
      method: 'POST',
      agent: false,
      headers: {
        authorization: 'Demonstration officer-1',
        'content-type': 'application/json',
        expect: '100-continue',
      },
    })
    const answered = new Promise<number | undefined>((done, fail) => {
      sending.on('response', (answer) => {
        answer.resume()
        done(answer.statusCode)
      })
      sending.on('error', fail)
    })
    const taken = new Promise((done) => sending.once('continue', done))
    sending.write('{')
    await taken
    one.child.kill('SIGTERM')
    await refusesConnections(Number(port))
    sending.end('}')
    expect(await answered).toBe(200)
    expect(await one.ended).toBe(0)
  })

  it('writes a line for each request with its route, and nothing that was sent', async () => {
    const one = serve({ WAYMARK_LOG: 'stderr' })
    const at = await address(one)
    const answer = await fetch(`${at}/v1/cases/Zebedee-Smith?name=Zebedee`, {
      headers: { authorization: 'Bearer Zebedee', 'x-request-id': '0123456789abcdef' },
    })
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([401, '0123456789abcdef'])
    await fetch(`${at}/Zebedee`)
    one.child.kill('SIGTERM')
    await one.ended
    const lines = one.said.error
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { requestId: '0123456789abcdef', method: 'GET', route: '/v1/cases/{id}', status: 401 },
      { method: 'GET', route: 'no route', status: 404 },
    ])
    expect(one.said.error).not.toContain('Zebedee')
  })

  it('lets nobody in by a word alone where it is no demonstration', async () => {
    const one = serve()
    const at = await address(one)
    const sent = { headers: { authorization: 'Demonstration chair-1' } }
    expect((await fetch(`${at}/v1/me`, sent)).status).toBe(401)
    expect((await fetch(`${at}/demonstration/people`)).status).toBe(404)
  })

  it('lets people and systems in whom a real issuer knows, and out again', async () => {
    const grants = [{ role: 'clinic-chair', agency: 'chair', partnership: 'derby' }]
    const system = [{ role: 'service', agency: 'police', partnership: 'derby' }]
    const provider = await startProvider({ 'person-1': { waymark_roles: grants } }, system)
    const one = serve({
      WAYMARK_RULES: 'rules',
      WAYMARK_ISSUER: provider.issuer,
      WAYMARK_ADDRESS: new URL(redirectUri).origin,
      WAYMARK_AUDIENCE: testAudience,
      WAYMARK_CLIENT_ID: testClient.clientId,
      WAYMARK_CLIENT_SECRET: testClient.clientSecret,
      WAYMARK_LOG: 'stderr',
    })
    const at = await address(one)
    expect(await (await fetch(`${at}/`)).text()).toContain('href="/sign-in"')
    const begun = await fetch(`${at}/sign-in`, { redirect: 'manual' })
    const pending = cookiesOf(begun)
    const back = new URL(await provider.visit(begun.headers.get('location') ?? '', 'person-1'))
    const here = at + back.pathname + back.search
    const finished = await fetch(here, { redirect: 'manual', headers: { cookie: pending } })
    expect([finished.status, finished.headers.get('location')]).toEqual([302, '/'])
    const session = { headers: { cookie: cookiesOf(finished) } }
    const me = await fetch(`${at}/v1/me`, session)
    expect([me.status, await me.json()]).toMatchObject([200, { person: 'person-1', grants }])
    // The same answer of the issuer brings nobody in a second time.
    expect((await fetch(here, { redirect: 'manual', headers: { cookie: pending } })).status).toBe(
      401,
    )

    // A person sees a page for it, with a way on.
    const shown = await fetch(here, { headers: { cookie: pending, accept: 'text/html' } })
    expect([shown.status, await shown.text()]).toEqual([
      401,
      expect.stringContaining('href="/sign-in"'),
    ])

    const token = await provider.systemToken()
    const authorization = `Bearer ${token}`
    const machine = await fetch(`${at}/v1/me`, { headers: { authorization } })
    expect(await machine.json()).toMatchObject({ by: 'bearer', grants: system })

    const forged = `${token.slice(0, -4)}AAAA`
    for (const sent of [forged, `wmk_${'a'.repeat(16)}_${'b'.repeat(64)}`])
      expect(
        (await fetch(`${at}/v1/me`, { headers: { authorization: `Bearer ${sent}` } })).status,
      ).toBe(401)
    const refused = one.said.error.split('\n').filter((line) => line.includes('"refused"'))
    expect(refused.map((line) => JSON.parse(line))).toMatchObject([
      { by: 'sign-in', code: 'not-begun' },
      { by: 'sign-in', code: 'not-begun' },
      { by: 'token', code: 'signature-or-claims' },
      { by: 'service-key', code: 'unknown' },
    ])
    for (const part of [...token.split('.'), 'person-1', 'a'.repeat(16), 'b'.repeat(64)])
      expect(refused.join('\n')).not.toContain(part)

    const foreign = { ...session.headers, origin: 'http://elsewhere.example' }
    const out = (headers: Record<string, string>) =>
      fetch(`${at}/sign-out`, { method: 'POST', redirect: 'manual', headers })
    expect((await out(foreign)).status).toBe(403)
    // Nobody who says nothing of where they come from changes anything with a cookie.
    expect((await out(session.headers)).status).toBe(403)
    expect((await fetch(`${at}/v1/me`, session)).status).toBe(200)
    const ours = { ...session.headers, origin: new URL(redirectUri).origin }
    expect((await out(ours)).status).toBe(303)
    expect((await fetch(`${at}/v1/me`, session)).status).toBe(401)
    await provider.close()
  })

  it('is not shaken by clients that break off or speak nonsense', async () => {
    const one = serve()
    const at = await address(one)
    const port = Number(new URL(at).port)
    const head = 'host: x\r\ncontent-type: application/json\r\n'
    const batch =
      'POST /v1/recommendations/batch HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{}\n\r\n'
    await breakOff(
      port,
      `POST /v1/recommendations HTTP/1.1\r\n${head}content-length: 100\r\n\r\n{`,
      false,
    )
    await breakOff(port, batch, true)
    for (const nonsense of [
      'GET / HTTP/1.1\r\n\r\n',
      'GET / HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n',
      'GET http://elsewhere.test/healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      'GET /%E0%A4%A HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      'GET //healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      'TRACE / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
      `POST /v1/recommendations HTTP/1.1\r\n${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n`,
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      '\u0000\u0001\u0002',
      '{"facts":{}}\r\n\r\n',
    ])
      expect(await answerTo(port, nonsense)).not.toMatch(/^HTTP\/1\.1 5/)
    expect((await fetch(`${at}/healthz`)).status).toBe(200)
    one.child.kill('SIGTERM')
    expect(await one.ended).toBe(0)
    expect(one.said.error).toBe('')
  })
})

describe('the service does not start', () => {
  it('with a setting that it does not know or a port that is none, and names both', async () => {
    const { code, says } = await refused({ WAYMARK_DATABSE: 'x.db', PORT: '65536' })
    expect(code).toBe(1)
    expect(says).toContain(
      'I don\'t know the setting WAYMARK_DATABSE. Did you mean "WAYMARK_DATABASE"?',
    )
    expect(says).toContain('PORT is "65536"; it must be a port from 0 to 65535')
  })

  it('on a port that is taken', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const { port } = other.address() as AddressInfo
    const { code, says } = await refused({ PORT: String(port) })
    await new Promise((done) => other.close(done))
    expect(code).toBe(1)
    expect(says).toContain(`Port ${port} is taken. Choose another with PORT=…`)
  })

  it('on rules that have a mistake, which it names by file, line and column', async () => {
    const { folder, remove: tidy } = smallRulesWith({ 'national/exclusions/empty.yaml': 'id: [\n' })
    const { code, says } = await refused({ WAYMARK_RULES: folder })
    tidy()
    expect(code).toBe(1)
    expect(says).toMatch(/^rules\/national\/exclusions\/empty\.yaml:\d+:\d+\n {2}/)
  })

  it.each([
    ['under a file', 'a-file/waymark.db'],
    ['that is not a database', 'a-file'],
  ])('on a database %s', async (_, path) => {
    writeFileSync(
      join(own, 'a-file'),
      'This is a shopping list, and long enough to be read as one.',
    )
    const { code, says } = await refused({ WAYMARK_DATABASE: join(own, path) })
    expect(code).toBe(1)
    expect(says).toMatch(/^ {2}The database ".*" cannot be opened: .+\.\n {2}Set WAYMARK_DATABASE/)
  })

  it.each([
    ['a record, for a demonstration', '0', '1', /It holds real cases.*\n {2}Set WAYMARK_DEMO=0/],
    ['a demonstration, for a record', '1', '0', /It holds the made-up.*\n {2}Name another file/],
  ])('on %s', async (_, before, after, says) => {
    const kept = { WAYMARK_DATABASE: join(own, `kind-${before}`, 'waymark.db') }
    const one = serve({ ...kept, WAYMARK_DEMO: before })
    await address(one)
    one.child.kill('SIGTERM')
    expect(await one.ended).toBe(0)
    const again = await refused({ ...kept, WAYMARK_DEMO: after })
    expect([again.code, again.says]).toEqual([1, expect.stringMatching(says)])
  })
})

/** All that the service answers to some bytes until it ends the connection. */
function answerTo(port: number, bytes: string): Promise<string> {
  return new Promise((done) => {
    let said = ''
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes))
    socket.on('data', (chunk) => {
      said += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => done(said))
  })
}

/** Sends some bytes and breaks off, with or without waiting for a first answer. */
function breakOff(port: number, bytes: string, afterAnswer: boolean): Promise<void> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes, () => {
        if (!afterAnswer) socket.destroy()
      })
    })
    socket.on('data', () => socket.destroy())
    socket.on('error', () => {})
    socket.on('close', () => done())
  })
}

/** Until nothing listens there any more. */
async function refusesConnections(port: number): Promise<void> {
  const open = () =>
    new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        done(true)
      })
      socket.on('error', () => done(false))
    })
  while (await open());
}
