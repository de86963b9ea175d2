import { readdirSync, readFileSync } from 'node:fs'
import { OpenAPIHono, z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import { routePolicy, routesWithoutPolicy } from '../../src/access/routes.ts'
import { createApi } from '../../src/api/app.ts'
import { addCalls, reads } from '../../src/api/call.ts'
import { apiDescription } from '../../src/api/description.ts'
import { ruleBook } from '../../src/api/rule-book.ts'
import type { Identified } from '../../src/http/guard.ts'
import { operations } from '../../src/http/operations.ts'
import { asDemonstrated } from '../../src/http/who-calls.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import { smallPolicy } from '../support/api.ts'
import { shortCallOn } from '../support/call.ts'
import { caseworkOn, granted } from '../support/casework.ts'

const policy = smallPolicy()
const work = await caseworkOn(policy)
const app = createApi(
  ruleBook(policy, evaluateCompiled, () => '2026-11-02'),
  {
    casework: work.deps,
    identify: asDemonstrated,
    demonstration: true,
    operations: operations(
      () => {},
      () => 0,
    ),
  },
)
const call = shortCallOn(app)

/** What pages and sign-in add; they are not of this interface. */
const elsewhere = ['/', '/docs', '/worked-case', '/assets/waymark.css', '/assets/icon.svg']
const isOurs = (path: string) => !elsewhere.includes(path) && !path.startsWith('/sign-')
const ours = Object.keys(routePolicy)
  .map((route) => route.split(' ') as [string, string])
  .filter(([, path]) => isOurs(path))

describe('every route', () => {
  it('has a policy; with one that has none the service would not start', () => {
    expect(routesWithoutPolicy(app.routes)).toEqual([])
    const more = createApi(ruleBook(policy, evaluateCompiled, () => '2026-11-02'))
    more.get('/v1/cases/:id/secrets', (c) => c.text('open'))
    expect(routesWithoutPolicy(more.routes)).toEqual(['GET /v1/cases/:id/secrets'])
  })

  it('is a call that has a policy; one that has none cannot be added', () => {
    const secrets = reads({
      path: '/v1/cases/{id}/secrets',
      summary: 'What is secret?',
      tag: 'Cases',
      answers: 'The secrets',
      schema: z.object({}),
      answer: () => ({ ok: true, value: {} }),
    })
    expect(() => addCalls(new OpenAPIHono<Identified>(), [secrets])).toThrow(
      'GET /v1/cases/{id}/secrets has no policy.',
    )
  })

  it('is spelt once, in its call, beside its entry in the table', () => {
    const text = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(api|http|web)\/.*\.ts$/.test(file))
      .map((file) => readFileSync(`src/${file}`, 'utf8'))
      .join('\n')
    expect(text).not.toMatch(/['"`]\/v1\/[^'"`]*\/:/)
    for (const path of ['/v1/referrals', '/v1/cases', '/v1/clinics', '/v1/rule-sets', '/v1/audit'])
      expect([path, text.split(`path: '${path}'`).length - 1]).toEqual([
        path,
        ['/v1/clinics'].includes(path) ? 2 : 1,
      ])
  })

  it('that has no policy does not answer even where it stands', async () => {
    const more = createApi(
      ruleBook(policy, evaluateCompiled, () => '2026-11-02'),
      {
        identify: asDemonstrated,
      },
    )
    more.get('/v1/cases/:id/secrets', (c) => c.text('open'))
    const sent = { headers: { authorization: 'Demonstration chair-1' } }
    expect((await more.request('/v1/cases/x1/secrets', sent)).status).toBe(404)
  })

  it('of the policy table is served and, but for the counts, described', () => {
    const served = app.routes.map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
    )
    const document = app.getOpenAPI31Document(apiDescription) as unknown as {
      paths: Record<string, Record<string, unknown>>
    }
    for (const [method, path] of ours) {
      expect(served).toContain(`${method} ${path}`)
      if (path !== '/metrics' && path !== '/openapi.json')
        expect([path, Object.keys(document.paths[path] ?? {})]).toEqual([
          path,
          expect.arrayContaining([method.toLowerCase()]),
        ])
    }
  })

  it.each(ours.filter(([, path]) => path.startsWith('/v1/') && !path.startsWith('/v1/rule-sets')))(
    '%s %s tells somebody who is not signed in so, and nothing else',
    async (method, path) => {
      const answer = await call(method, path.replace(/\{\w+\}/g, 'x1'))
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    },
  )
})

describe('a case over HTTP', async () => {
  const { id } = granted(
    await work.open('officer-1', {
      partnership: 'derby',
      reference: 'FICTION-9',
      facts: { 'child.date_of_birth': '2011-05-14', 'case.entry': 'custody' },
      offences: [{ 'offence.code': 'criminal-damage-low' }],
    }),
  )
  const at = `/v1/cases/${id}`

  it('is listed for its partnership, and for no other', async () => {
    const listed = async (person: string) =>
      ((await (await call('GET', '/v1/cases', person)).json()) as { cases: { id: string }[] }).cases
    expect((await listed('practitioner-1')).map((one) => one.id)).toEqual([id])
    expect(await listed('practitioner-2')).toEqual([])
  })

  it('refuses a query that it does not know, and one that says a thing twice', async () => {
    for (const query of ['?colour=red', '?limit=0', '?limit=101', '?limit=5&limit=6', '?cursor=x'])
      expect([query, (await call('GET', `/v1/cases${query}`, 'chair-1')).status]).toEqual([
        query,
        422,
      ])
  })

  it.each([
    ['recommendation', 'recommendation'],
    ['recommendations', 'recommendations'],
    ['history', 'events'],
    ['explanation', 'sections'],
    ['checklists', 'checklists'],
  ])('answers %s to a member, and nothing to a member elsewhere', async (part, key) => {
    const answer = await call('GET', `${at}/${part}`, 'practitioner-1')
    expect(answer.status).toBe(200)
    expect(Object.keys((await answer.json()) as object)).toContain(key)
    expect((await call('GET', `${at}/${part}`, 'practitioner-2')).status).toBe(404)
  })

  it('goes on the agenda of a clinic, with who is there and what is missing', async () => {
    const plan = { partnership: 'derby', heldOn: '2026-11-05' }
    const made = await call('POST', '/v1/clinics', 'team-leader-1', plan)
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"'])
    const clinic = made.headers.get('location') ?? ''
    const there = {
      attendance: [{ person: 'chair-1', role: 'clinic-chair', agency: 'chair', way: 'in-person' }],
    }
    const put = await call('PUT', `${clinic}/attendance`, 'chair-1', there, { 'if-match': '"1"' })
    expect([put.status, put.headers.get('etag')]).toEqual([200, '"2"'])
    for (const part of ['', '/agenda', '/chase-list'])
      expect([part, (await call('GET', clinic + part, 'chair-1')).status]).toEqual([part, 200])
    expect((await call('GET', clinic, 'chair-2')).status).toBe(404)
    expect((await call('GET', '/v1/clinics', 'chair-1')).status).toBe(200)
  })

  it('takes a victim apart from the rest, for those who work with victims', async () => {
    const version = (await work.store.whereIs(id))?.version
    const said = { facts: [{ fact: 'victim.kind', answer: 'person' }] }
    const made = await call('POST', `${at}/victims`, 'victim-liaison-1', said, {
      'if-match': `"${version}"`,
    })
    expect([made.status, await made.json()]).toMatchObject([200, { victim: 1 }])
    expect((await call('GET', `${at}/victims/1`, 'victim-liaison-1')).status).toBe(200)
    expect((await call('GET', `${at}/victims/2`, 'victim-liaison-1')).status).toBe(404)
    expect((await call('GET', `${at}/victims`, 'social-worker-1')).status).toBe(403)
  })

  it('leaves in the log who looked, for the auditor', async () => {
    const answer = await call('GET', `/v1/audit?case=${id}&limit=100`, 'auditor-1')
    const { entries } = (await answer.json()) as { entries: { actor: { person: string } }[] }
    const people = new Set(entries.map(({ actor }) => actor.person))
    expect([...people]).toEqual(expect.arrayContaining(['officer-1', 'practitioner-1']))
    expect(people).not.toContain('practitioner-2')
    expect((await call('GET', '/v1/audit', 'chair-1')).status).toBe(403)
  })

  it('is not erased while it is open, nor by those who work it', async () => {
    expect((await call('DELETE', `${at}/child`, 'administrator-1')).status).not.toBe(200)
    expect((await call('DELETE', `${at}/child`, 'chair-1')).status).toBe(403)
  })
})
