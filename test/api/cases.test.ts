import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { ruleBook } from '../../src/api/rule-book.ts'
import { asDemonstrated } from '../../src/http/who-calls.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import { smallPolicy } from '../support/api.ts'
import { shortCallOn } from '../support/call.ts'
import { caseworkOn } from '../support/casework.ts'
import { aReferral } from '../support/made-up.ts'

const policy = smallPolicy()
const referral = { ...aReferral, reference: 'FICTION-1' }

/** The service with the cases, on a store of its own. */
async function site() {
  const work = await caseworkOn(policy)
  const app = createApi(
    ruleBook(policy, evaluateCompiled, () => '2026-11-02'),
    {
      casework: work.deps,
      identify: asDemonstrated,
      demonstration: true,
    },
  )
  const call = shortCallOn(app)
  const refer = (key = 'key-00000001', body: unknown = referral, person = 'officer-1') =>
    call('POST', '/v1/referrals', person, body, { 'idempotency-key': key })
  return { work, call, refer }
}
type Opened = { case: { id: string; version: number; state: string } }

/** A case that was opened, with the calls on it. */
async function opened() {
  const one = await site()
  const { case: made } = (await (await one.refer()).json()) as Opened
  const at = `/v1/cases/${made.id}`
  const event = (person: string, body: unknown, version: number) =>
    one.call('POST', `${at}/events`, person, body, { 'if-match': `"${version}"` })
  return { ...one, id: made.id, at, event }
}

describe('POST /v1/referrals', () => {
  it('opens a case and answers with it and with its first recommendation', async () => {
    const answer = await (await site()).refer()
    expect(answer.status).toBe(201)
    const body = (await answer.json()) as Opened & { recommendation: { advisory: boolean } }
    expect(body.case).toMatchObject({ version: 1, state: 'received', reference: 'FICTION-1' })
    expect(body.recommendation).toMatchObject({ advisory: true, asAt: '2026-11-02' })
    expect(answer.headers.get('location')).toBe(`/v1/cases/${body.case.id}`)
    expect(answer.headers.get('etag')).toBe('"1"')
  })

  it('says on every answer that it is a demonstration', async () => {
    expect((await (await site()).refer()).headers.get('waymark-demonstration')).toBe('1')
  })

  it('gives the same answer to the same request, and opens one case', async () => {
    const { refer, call } = await site()
    const [first, second] = [await (await refer()).text(), await (await refer()).text()]
    expect(second).toBe(first)
    const again = (await (await call('GET', '/v1/me', 'officer-1')).json()) as object
    expect(again).toMatchObject({ person: 'officer-1' })
  })

  it('refuses a key that was used for another request, and one of another person is another key', async () => {
    const { refer } = await site()
    await refer()
    const other = { ...referral, reference: 'FICTION-2' }
    expect((await refer('key-00000001', other)).status).toBe(422)
    expect((await refer('key-00000001', other, 'inspector-1')).status).toBe(201)
  })

  it('asks for a key, and for one that is long enough', async () => {
    const { call } = await site()
    expect((await call('POST', '/v1/referrals', 'officer-1', referral)).status).toBe(400)
    const short = { 'idempotency-key': 'short' }
    expect((await call('POST', '/v1/referrals', 'officer-1', referral, short)).status).toBe(400)
  })

  it('tells one of two that come at once to wait, and opens one case', async () => {
    const { refer } = await site()
    const both = await Promise.all([refer(), refer()])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  it('refuses a second case under the same reference', async () => {
    const { refer } = await site()
    await refer()
    const answer = await refer('key-00000002')
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { type: 'urn:waymark:problem:taken' },
    ])
  })

  it('refuses people whose role does not refer, and those of another partnership', async () => {
    const { refer } = await site()
    expect((await refer('key-00000001', referral, 'chair-1')).status).toBe(403)
    expect((await refer('key-00000001', referral, 'officer-2')).status).toBe(403)
  })

  it('says what is wrong with a pointer, without the answer that it is about', async () => {
    const facts = { ...referral.facts, 'child.care_status': 'Zebedee Smith' }
    const answer = await (await site()).refer('key-00000001', { ...referral, facts })
    const text = await answer.text()
    expect(answer.status).toBe(422)
    expect(JSON.parse(text).errors).toMatchObject([{ pointer: '/facts/child.care_status' }])
    expect(text).not.toContain('Zebedee')
  })

  it('keeps what is said of a victim with the victim', async () => {
    const { work, refer } = await site()
    const facts = { ...referral.facts, 'victim.kind': 'person', 'victim.views_sought': 'yes' }
    const body = (await (await refer('key-00000001', { ...referral, facts })).json()) as Opened
    const { answers, victims } = await work.file(body.case.id)
    expect(victims).toEqual([{ number: 1, offences: null }])
    expect(
      answers.filter(({ about }) => about.what === 'victim').map(({ fact, kept }) => [fact, kept]),
    ).toEqual([
      ['victim.kind', 'victim'],
      ['victim.views_sought', 'victim'],
    ])
  })
})

describe('GET /v1/cases/{id}', () => {
  it('is the same for what is not there, what is another’s and what one has a conflict in', async () => {
    const { work, call, at, id } = await opened()
    const { row } = await work.file(id)
    await work.store.commit({
      row: { ...row, version: 2, barred: ['chair-1'] },
      from: 1,
      access: {
        actor: { person: 'team-leader-1', role: 'team-leader', agency: 'youth-justice' },
        at: '2026-11-02T10:00:00.000Z',
        action: 'clinic.run',
        requestId: 'request-1',
      },
    })
    const answers = await Promise.all([
      call('GET', '/v1/cases/no-such-1', 'practitioner-1'),
      call('GET', at, 'practitioner-2'),
      call('GET', at, 'chair-1'),
    ])
    const bodies = await Promise.all(
      answers.map(async (one) => ({ ...((await one.json()) as object), instance: '' })),
    )
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(bodies[1]).toEqual(bodies[0])
    expect(bodies[2]).toEqual(bodies[0])
  })

  it('says what may be done now by this caller, and what blocks the rest', async () => {
    const { call, at } = await opened()
    const body = (await (await call('GET', at, 'team-leader-1')).json()) as {
      actions: { event: string; open: boolean }[]
    }
    const open = body.actions.filter((one) => one.open).map(({ event }) => event)
    expect(open).toContain('referral.accepted')
    expect(body.actions.map(({ event }) => event)).not.toContain('clinic.decided')
    const chair = (await (await call('GET', at, 'chair-1')).json()) as typeof body
    expect(chair.actions.map(({ event }) => event)).not.toContain('referral.accepted')
  })

  it('shows each role its own parts: the liaison officer no name, the administrator no case', async () => {
    const { call, at } = await opened()
    const seen = async (person: string) =>
      Object.keys((await (await call('GET', at, person)).json()) as object)
    expect(await seen('practitioner-1')).toContain('child')
    expect(await seen('victim-liaison-1')).not.toContain('child')
    expect((await call('GET', at, 'administrator-1')).status).toBe(403)
    expect((await call('GET', at, undefined)).status).toBe(401)
  })
})

describe('POST /v1/cases/{id}/events', () => {
  const accept = { type: 'referral.accepted' }

  it('moves the case on, and says its new version', async () => {
    const { event } = await opened()
    const answer = await event('team-leader-1', accept, 1)
    expect([answer.status, await answer.json(), answer.headers.get('etag')]).toMatchObject([
      200,
      { version: 2, state: 'preparing' },
      '"2"',
    ])
  })

  it('asks which version was seen, and refuses one that is old', async () => {
    const { call, at, event } = await opened()
    expect((await call('POST', `${at}/events`, 'team-leader-1', accept)).status).toBe(428)
    await event('team-leader-1', accept, 1)
    expect(
      (await event('team-leader-1', { type: 'safeguarding.raised', reason: 'missing' }, 1)).status,
    ).toBe(412)
  })

  it('answers what cannot happen now with what could, and records nothing', async () => {
    const { event, call, at } = await opened()
    for (const type of ['clinic.opened', 'decision.confirmed']) {
      const refused = await event('chair-1', { type }, 1)
      const { allowed, ...problem } = (await refused.json()) as { allowed: string[]; type: string }
      expect([refused.status, problem.type]).toEqual([409, 'urn:waymark:problem:not-allowed-now'])
      // What the chair may record, and not what only others may.
      expect(allowed).toContain('case.held')
      expect(allowed).not.toContain('referral.accepted')
    }
    expect((await call('GET', at, 'chair-1')).headers.get('etag')).toBe('"1"')
  })

  it('refuses what the role may not record, and an event that nobody may send', async () => {
    const { event } = await opened()
    expect((await event('officer-1', accept, 1)).status).toBe(403)
    for (const type of ['child.turnedEighteen', 'referral.received', 'facts.recorded', 'nonsense'])
      expect((await event('team-leader-1', { type }, 1)).status).toBe(422)
  })

  it('refuses keys that casework adds by itself', async () => {
    const { event } = await opened()
    const by = { person: 'inspector-1', role: 'police-decision-maker', agency: 'police' }
    for (const more of [{ by }, { at: '2026-01-01T00:00:00Z' }, { outstanding: [] }])
      expect((await event('team-leader-1', { ...accept, ...more }, 1)).status).toBe(422)
  })

  it('carries a repeated event out once where it has a key, although the version is old by then', async () => {
    const { call, at } = await opened()
    const send = () =>
      call('POST', `${at}/events`, 'team-leader-1', accept, {
        'if-match': '"1"',
        'idempotency-key': 'key-00000009',
      })
    const [first, second] = [await send(), await send()]
    expect([first.status, second.status]).toEqual([200, 200])
    expect(await second.text()).toBe(await first.text())
  })
})

describe('PUT /v1/cases/{id}/facts', () => {
  const put = async (answers: unknown, person = 'practitioner-1') => {
    const { call, at, work, id } = await opened()
    const answer = await call('PUT', `${at}/facts`, person, answers, { 'if-match': '"1"' })
    return { answer, work, id }
  }

  it('records answers with who gave them, and keeps what stood before', async () => {
    const { answer, work, id } = await put({
      answers: [{ fact: 'child.care_status', answer: 'looked-after', suppliedBy: 'social-care' }],
    })
    expect(answer.status).toBe(200)
    const { answers } = await work.file(id)
    expect(answers.find(({ fact }) => fact === 'child.care_status')).toMatchObject({
      answer: 'looked-after',
      suppliedBy: 'social-care',
      by: { person: 'practitioner-1' },
    })
    const again = await work.answer('practitioner-1', id, [
      { fact: 'child.care_status', answer: 'none' },
    ])
    expect(again).toMatchObject({ ok: true, value: { version: 3 } })
  })

  it('points at the answer that does not fit, and records none of them', async () => {
    const { answer, work, id } = await put({
      answers: [
        { fact: 'child.care_status', answer: 'looked-after' },
        { fact: 'offence.weapon', about: { what: 'offence', number: 1 }, answer: 'maybe' },
      ],
    })
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { errors: [{ pointer: '/answers/1/answer' }] },
    ])
    expect((await work.file(id)).row.version).toBe(1)
  })

  it('refuses what is not a question, an offence that is not there, and a question answered twice', async () => {
    const { answer } = await put({
      answers: [
        { fact: 'child.care_stats', answer: 'none' },
        { fact: 'offence.date', about: { what: 'offence', number: 2 }, answer: '2026-10-20' },
        { fact: 'child.care_status', answer: 'none' },
        { fact: 'child.care_status', answer: 'none' },
      ],
    })
    const { errors } = (await answer.json()) as { errors: { pointer: string; detail: string }[] }
    expect(errors.map(({ pointer }) => pointer)).toEqual([
      '/answers/0/fact',
      '/answers/1/about/number',
      '/answers/3',
    ])
  })

  it('is closed to those who only look', async () => {
    expect((await put({ answers: [] }, 'auditor-1')).answer.status).toBe(403)
  })
})
