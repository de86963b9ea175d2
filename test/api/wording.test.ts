import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { purposeNames } from '../../src/domain/purposes.ts'
import { shapeProblems } from '../../src/domain/shape-problems.ts'
import { addressOf, bodiesOf, jsonRoutes, personFor, writing } from '../support/faults-routes.ts'
import { aReferral, type Call, siteOn } from '../support/faults-site.ts'
import { caseStore } from '../support/stores.ts'

type Told = {
  status: number
  title: string
  detail: string
  errors?: { pointer: string; detail: string; mend?: string }[]
}
const site = siteOn(await caseStore(), 'w', { demonstration: true })
const tell = async (call: Call): Promise<Told> =>
  (await (await site.call({ headers: writing(), ...call })).json()) as Told
const refer = (more: object) =>
  tell({
    method: 'POST',
    path: '/v1/referrals',
    person: 'officer-1',
    body: { ...aReferral, ...more },
  })
const event = (body: object) =>
  tell({ method: 'POST', path: '/v1/cases/none-1/events', person: 'chair-1', body })

describe('what somebody is told who sent something that does not fit:', () => {
  it.each(['Derby', 'derbi', 'national', 'nowhere'])(
    'which partnerships there are, where "%s" is none that takes cases',
    async (partnership) => {
      const { status, errors } = await refer({ partnership })
      expect([status, errors?.[0]?.pointer]).toEqual([422, '/partnership'])
      expect(errors?.[0]?.detail).toMatch(/^There is no such partnership that takes cases\./)
      expect(errors?.[0]?.mend).toMatch(/^Partnerships here are: .*derby/)
      expect(errors?.[0]?.detail.includes('Did you mean "derby"?')).toBe(/^derb/i.test(partnership))
    },
  )

  it('that a partnership is missing', async () => {
    const { errors } = await refer({ partnership: undefined })
    expect(errors).toEqual([{ pointer: '/partnership', detail: '"partnership" is missing.' }])
  })

  it.each([
    ['04DE/1234/26', 201],
    ['04DE/1234 26', 422],
    ['x'.repeat(40), 201],
    ['x'.repeat(41), 422],
  ])('what form a reference may have: %s', async (reference, status) => {
    const answer = await site.call({
      method: 'POST',
      path: '/v1/referrals',
      person: 'officer-1',
      body: { ...aReferral, reference },
      headers: writing(),
    })
    expect(answer.status).toBe(status)
    if (status === 201) return
    const { errors } = (await answer.json()) as Told
    expect(errors?.[0]?.detail).toMatch(
      /^"reference" is not a reference: .* no spaces, at most 40\.$/,
    )
    expect(JSON.stringify(errors)).not.toContain(reference)
  })

  it('which event was meant, and that a key of one is missing', async () => {
    const wrong = (await event({ type: 'case.lsted' })).errors?.[0]
    expect(wrong?.detail).toMatch(/^"type" must be one of: .* Did you mean "case\.listed"\?$/)
    expect((await event({})).errors).toEqual([{ pointer: '/type', detail: '"type" is missing.' }])
    expect((await event({ type: 'case.held', reason: 'other' })).errors).toEqual([
      { pointer: '/reviewOn', detail: '"reviewOn" is missing.' },
    ])
  })

  it('what an event lacks that casework would add, in plain words and with a place', async () => {
    const made = await refer({ reference: 'FICTION-77' })
    const { id } = (made as unknown as { case: { id: string } }).case
    const path = `/v1/cases/${id}/events`
    const body = { type: 'delivery.started' }
    const told = await tell({ method: 'POST', path, person: 'practitioner-1', body })
    expect(JSON.stringify(told)).not.toMatch(programWords)
    expect([409, 422]).toContain(told.status)
  })

  it('of no case, where it is a clinic that has changed', async () => {
    const body = { partnership: 'derby', heldOn: '2026-11-05', another: true }
    const call = { method: 'POST', path: '/v1/clinics', person: 'team-leader-1', body }
    const { id } = (await (await site.call(call)).json()) as { id: string }
    const stale = await tell({
      method: 'PUT',
      path: `/v1/clinics/${id}/state`,
      person: 'chair-1',
      body: { state: 'open' },
      headers: { 'if-match': '"7"' },
    })
    expect(stale.status).toBe(412)
    expect(`${stale.title} ${stale.detail}`).not.toMatch(/case/i)
  })

  it.each(jsonRoutes)('nothing in the words of a program: %s', async (route) => {
    const ids = { case: 'none-1', clinic: 'none-1', partnership: 'derby' }
    const person = personFor(route)
    const bodies = [{}, [], 5, 'text', null, ...(bodiesOf[route]?.(ids) ?? []).flatMap(spoilt)]
    for (const body of bodies) {
      const call = {
        ...addressOf(route, ids),
        person,
        headers: writing(),
        body: JSON.stringify(body),
      }
      const sent = { ...call, headers: { ...call.headers, 'content-type': 'application/json' } }
      const text = await (await site.call(sent)).text()
      expect(text).not.toMatch(programWords)
    }
  })
})

const programWords =
  /undefined|Invalid |expected (one of|string|number|int|array|object|record)|discriminator|[<>]=|\^\[|NaN|Too (small|big)/

/** A body with each of its keys in turn left out, and in turn something else. */
function spoilt(body: object): object[] {
  return Object.keys(body).flatMap((key) => [
    { ...body, [key]: undefined },
    { ...body, [key]: { odd: [] } },
    { ...body, [key]: '' },
    { ...body, [key]: [] },
    { ...body, [key]: -1 },
  ])
}

describe('a sentence about what does not fit', () => {
  const schema = z.strictObject({
    count: z.int().min(1).max(3),
    words: z.string().min(1).max(4),
    list: z.array(z.string()).min(1).max(2),
    either: z.union([z.string(), z.number()]),
  })
  const right = { count: 1, words: 'x', list: ['a'], either: 1 }
  const said = (more: object) => {
    const given = { ...right, ...more }
    return shapeProblems(schema.safeParse(given).error, given).map(({ message }) => message)
  }

  it.each<[object, string[]]>([
    [{}, []],
    [{ count: 0 }, ['"count" must be 1 or more.']],
    [{ count: 3 }, []],
    [{ count: 4 }, ['"count" must be 3 or less.']],
    [{ count: 1.5 }, ['"count" must be a whole number.']],
    [{ words: '' }, ['"words" is empty.']],
    [{ words: 'abcde' }, ['"words" may have at most 4 characters.']],
    [{ list: [] }, ['"list" must hold at least 1.']],
    [{ list: ['a', 'b', 'c'] }, ['"list" may hold at most 2.']],
    [{ list: [1] }, ['Entry 1 of "list" must be text.']],
    [{ either: true }, ['"either" must be text or a number.']],
    [{ more: 1 }, [`I don't know the key "more" here.`]],
  ])('of %j', (more, sentences) => {
    expect(said(more)).toEqual(sentences)
  })
})

describe('X-Purpose', () => {
  const look = (purpose: string) =>
    site.call({
      method: 'GET',
      path: '/v1/cases',
      person: 'chair-1',
      headers: { 'x-purpose': purpose },
    })

  it.each(purposeNames)('may be %s', async (purpose) => {
    expect((await look(purpose)).status).toBe(200)
  })

  it.each(['Safeguarding', 'Safeguarding review', 'a', 'court, court', 'toString'])(
    'is refused where it is none of the list, with the list: %s',
    async (purpose) => {
      const answer = await look(purpose)
      const { detail } = (await answer.json()) as Told
      expect([answer.status, detail]).toEqual([
        422,
        `X-Purpose must be one of: ${purposeNames.join(', ')}.`,
      ])
    },
  )
})
