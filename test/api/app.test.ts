import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { apiDescription } from '../../src/api/description.ts'
import { version } from '../../src/domain/version.ts'
import {
  batch,
  officer,
  post,
  questions,
  recommendations,
  smallApi,
  smallBook,
} from '../support/api.ts'
import { toRecommend } from '../support/made-up.ts'

const app = smallApi()

/** A book whose engine has a bug. */
const faulty = () =>
  createApi(
    smallBook(async () => {
      throw new RangeError('Zebedee Smith, 4 High Street')
    }),
    { identify: officer, report: () => {} },
  )

describe('whether the service is there', () => {
  it('is answered while it runs, and while it can answer', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answer = await app.request(path)
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }])
    }
  })

  it('is answered apart from whether it can answer, so that it is not killed while it stops', async () => {
    const stopping = smallApi({ ready: () => false })
    expect((await stopping.request('/healthz')).status).toBe(200)
    const answer = await stopping.request('/readyz')
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ type: 'urn:waymark:problem:unavailable' })
  })
})

describe('an address and its methods', () => {
  it.each([
    ['/nothing'],
    ['/v1'],
    ['/v1/recommendations/'],
    ['/v1/recommendations/batch/1'],
    ['/V1/recommendations'],
    ['/v1/rule-sets//rules/a/b'],
    ['/v1/rule-sets/derby/rules/exclusions'],
    ['/%2e%2e/package.json'],
    ['/.env'],
  ])('there is nothing at %s', async (path) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await app.request(path, { method })
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
  })

  it.each([
    ['GET', recommendations, 'POST'],
    ['PUT', recommendations, 'POST'],
    ['OPTIONS', batch, 'POST'],
    ['DELETE', questions, 'POST'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['PATCH', '/v1/rule-sets', 'GET, HEAD'],
    ['POST', '/v1/rule-sets/derby', 'GET, HEAD'],
    ['POST', '/v1/rule-sets/derby/rules/a/b', 'GET, HEAD'],
    ['POST', '/openapi.json', 'GET, HEAD'],
  ])('%s %s is told that it answers %s', async (method, path, allow) => {
    const answer = await app.request(path, { method })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe(allow)
    expect(await answer.json()).toEqual({
      type: 'urn:waymark:problem:method-not-allowed',
      title: 'This address does not answer that method',
      status: 405,
      detail: `This address answers ${allow}.`,
      instance: path,
    })
  })

  it('HEAD is answered wherever GET is, without a body', async () => {
    const answer = await app.request('/v1/rule-sets', { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  it('no other method can be smuggled in by a header', async () => {
    const headers = { 'x-http-method-override': 'POST', 'content-type': 'application/json' }
    expect((await app.request(recommendations, { headers })).status).toBe(405)
  })
})

/** One answer of every kind that the service gives. */
const everyAnswer: [number, () => Promise<Response>][] = [
  [200, async () => post(app, recommendations, toRecommend)],
  [200, async () => post(app, questions, {})],
  [200, async () => post(app, batch, '{}', { 'content-type': 'application/x-ndjson' })],
  [200, async () => app.request('/v1/rule-sets')],
  [200, async () => app.request('/v1/rule-sets/derby')],
  [200, async () => app.request('/healthz')],
  [200, async () => app.request('/openapi.json')],
  [400, async () => post(app, recommendations, '{')],
  [404, async () => app.request('/v1/rule-sets/atlantis')],
  [404, async () => app.request('/nothing')],
  [405, async () => app.request(recommendations)],
  [413, async () => post(app, recommendations, ' '.repeat(300_000))],
  [415, async () => post(app, recommendations, '{}', { 'content-type': 'text/plain' })],
  [422, async () => post(app, recommendations, { asAt: 'soon' })],
  [422, async () => app.request('/v1/rule-sets/derby?asAt=1&asAt=2')],
  [500, async () => post(faulty(), recommendations, {})],
  [503, async () => smallApi({ ready: () => false }).request('/readyz')],
]

describe('every answer', () => {
  it.each(everyAnswer)('(%i) carries the security headers', async (status, ask) => {
    const { headers, ...answer } = await ask().then((one) => ({
      status: one.status,
      headers: one.headers,
    }))
    expect(answer.status).toBe(status)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:|\*/)
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('under /v1 may not be stored by anything on the way, refusals and bugs included', async () => {
    for (const [, ask] of everyAnswer) {
      const answer = await ask()
      const problem = answer.headers.get('content-type') === 'application/problem+json'
      const text = await answer.text()
      const v1 = problem
        ? JSON.parse(text).instance.startsWith('/v1')
        : !/^\{"(status|openapi)"/.test(text)
      if (v1) expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })
})

describe('what goes wrong', () => {
  const name = 'Zebedee'
  const secret = `${name} Smith, 4 High Street`

  it.each<[string, unknown]>([
    ['a fact that is not known', { facts: { 'child.name': secret } }],
    ['a word that is not on the list', { facts: { 'child.care_status': secret } }],
    ['a list with a stranger in it', { facts: { 'child.care_statuses': ['none', secret] } }],
    ['a date that is none', { facts: { 'child.date_of_birth': secret } }],
    ['a number that is none', { facts: { 'child.earlier_convictions': secret } }],
    ['a text that is too long', { facts: { 'victim.view': secret.repeat(500) } }],
    ['an offence code that is none', { offences: [{ 'offence.code': secret }] }],
    ['a code with a quotation mark', { offences: [{ 'offence.code': `"${secret}"` }] }],
    [
      'a victim’s words in the wrong place',
      { victims: [{ facts: { 'child.care_status': secret } }] },
    ],
    ['a reason for an unknown fact', { notKnown: { 'child.nam': secret } }],
    ['an object for an answer', { facts: { 'victim.view': { says: secret } } }],
    ['a day that is none', { asAt: secret }],
    ['an unknown key', { name: secret }],
    ['half a body', `{"facts":{"victim.view":"${secret}`],
    ['a key twice', `{"facts":{"victim.view":"${secret}","victim.view":"${secret}"}}`],
    ['half a character', `{"facts":{"victim.view":"${secret}\\ud800"}}`],
  ])('is told without what was sent: %s', async (_, body) => {
    const sent = typeof body === 'string' ? body : JSON.stringify(body)
    expect(sent).toContain(name)
    for (const path of [recommendations, questions]) {
      const answer = await post(app, path, sent)
      expect([400, 422]).toContain(answer.status)
      expect(await answer.text()).not.toContain(name)
    }
    const line = await post(app, batch, sent, { 'content-type': 'application/x-ndjson' })
    expect(await line.text()).not.toContain(name)
  })

  it('in Waymark itself is told without its stack, its message or what was sent', async () => {
    const reported: string[] = []
    const broken = createApi(
      smallBook(async () => {
        throw new RangeError(secret)
      }),
      { identify: officer, report: (line) => reported.push(line) },
    )
    const answer = await post(broken, recommendations, { facts: { 'victim.view': secret } })
    expect(await answer.json()).toEqual({
      type: 'urn:waymark:problem:internal',
      title: 'Something went wrong here',
      status: 500,
      detail: 'The request was not carried out. Nothing was stored.',
      instance: recommendations,
    })
    expect(reported).toEqual([`POST ${recommendations} failed: RangeError`])
  })

  it('with the sender, who went away, is nobody’s bug', async () => {
    const reported: string[] = []
    const gone = new AbortController()
    const body = new ReadableStream({
      pull() {
        gone.abort()
        throw new Error('aborted')
      },
    })
    const answer = await smallApi({ report: (line) => reported.push(line) }).request(
      new Request(`http://waymark.test${recommendations}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: gone.signal,
        duplex: 'half',
      } as RequestInit),
    )
    expect(answer.status).toBe(500)
    expect(reported).toEqual([])
  })
})

type Operation = {
  summary?: string
  tags?: string[]
  parameters?: { name: string; in: string; required?: boolean }[]
  requestBody?: { content: Record<string, { schema?: object }> }
  responses: Record<string, { description?: string; content?: Record<string, { schema?: object }> }>
}
type Description = {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, object> }
}

describe('GET /openapi.json', async () => {
  const description = (await (await app.request('/openapi.json')).json()) as Description
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

  it('is OpenAPI 3.1 of this version of Waymark', () => {
    const { version: packaged } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(description.openapi).toBe('3.1.0')
    expect(description.info).toMatchObject({ title: 'Waymark', version: packaged })
    expect(version).toBe(packaged)
    expect(apiDescription.info.version).toBe(packaged)
  })

  it('has every route of the service, and no route that is not there', () => {
    const served = app.routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '/openapi.json')
      .map(({ method, path }) => `${method} ${path.replace(/:([a-z]+)/g, '{$1}')}`)
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect(described.sort()).toEqual([...new Set(served)].sort())
    expect(described).toHaveLength(10)
  })

  it.each(operations.map((one) => [`${one.method} ${one.path}`, one] as const))(
    'says of %s what it is for, what it takes and what it answers',
    (_, { path, operation }) => {
      expect(operation.summary).toMatch(/\S/)
      expect(operation.tags).toHaveLength(1)
      const inPath = [...path.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name)
      const described = (operation.parameters ?? []).filter((one) => one.in === 'path')
      expect(described.map(({ name }) => name)).toEqual(inPath)
      expect(described.every(({ required }) => required === true)).toBe(true)
      expect(Object.keys(operation.responses)).toContain('200')
      for (const [status, { description: says, content }] of Object.entries(operation.responses)) {
        expect(says).toMatch(/\S/)
        const problem = Object.keys(content ?? {}).includes('application/problem+json')
        expect(problem).toBe(Number(status) >= 400)
        expect(Object.values(content ?? {}).every(({ schema }) => schema)).toBe(true)
      }
    },
  )

  it('has everything that it refers to', () => {
    const text = JSON.stringify(description)
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to ?? '')
    expect(references.length).toBeGreaterThan(0)
    const missing = references.filter((to) => {
      const steps = to.replace(/^#\//, '').split('/')
      const found = steps.reduce<unknown>(
        (at, step) => (at as Record<string, unknown>)?.[step],
        description,
      )
      return !to.startsWith('#/') || found === undefined
    })
    expect(missing).toEqual([])
  })

  it('describes a referral as the service reads it', () => {
    const body = description.paths[recommendations]?.post?.requestBody
    const schema = body?.content['application/json']?.schema as {
      properties: object
      additionalProperties: unknown
    }
    expect(Object.keys(schema.properties)).toEqual([
      'partnership',
      'asAt',
      'facts',
      'offences',
      'victims',
      'notKnown',
    ])
    expect(schema.additionalProperties).toBe(false)
  })
})
