import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import {
  ClockBehind,
  KeyMissing,
  StoreBusy,
  StoreUnreachable,
} from '../../src/access/store-error.ts'
import type { Identified } from '../../src/http/guard.ts'
import { onEveryAnswer } from '../../src/http/headers.ts'
import { mostProblems, problemDetails, problemSchema } from '../../src/http/problem.ts'
import { post, recommendations, smallApi } from '../support/api.ts'
import { toRecommend } from '../support/made-up.ts'
import { tagsOf, wholeSite } from '../support/pages.ts'

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const problems = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ message: `Problem ${i}.`, pointer: `/${i}` }))

describe('what is wrong', () => {
  it.each([
    [1, 1, undefined],
    [19, 19, undefined],
    [20, 20, undefined],
    [21, 20, 1],
    [22_000, 20, 21_980],
  ])('is told of %i things as %i, and how many more', (count, told, more) => {
    const details = problemDetails('cannot-be-used', 'It cannot.', '/x', problems(count))
    expect(details.errors?.map(({ detail }) => detail)).toEqual(
      problems(told).map(({ message }) => message),
    )
    expect(details.more).toBe(more)
    expect(problemSchema.safeParse(details).success).toBe(true)
  })

  it('is told in a sentence of two thousand characters at most, and where in three hundred', () => {
    const told = (length: number) =>
      problemDetails('cannot-be-used', 'It cannot.', '/x', [
        { message: 'm'.repeat(length), mend: 'n'.repeat(length), pointer: 'p'.repeat(length) },
      ]).errors?.[0]
    const lengths = (length: number) => {
      const { detail = '', mend = '', pointer = '' } = told(length) ?? {}
      return [detail.length, mend.length, pointer.length]
    }
    expect(lengths(300)).toEqual([300, 300, 300])
    expect(lengths(301)).toEqual([301, 301, 300])
    expect(lengths(2_000)).toEqual([2_000, 2_000, 300])
    expect(lengths(2_001)).toEqual([2_000, 2_000, 300])
    expect(told(2_001)?.detail.endsWith('m…')).toBe(true)
    expect(problemSchema.shape.errors.safeParse([told(5_000)]).success).toBe(true)
  })

  it('is told in a few kilobytes, although 22,000 keys are unknown', async () => {
    const body = Object.fromEntries(Array.from({ length: 22_000 }, (_, i) => [`k${i}`, 0]))
    const answer = await post(smallApi(), recommendations, body)
    const text = await answer.text()
    expect([answer.status, text.length < 4_000]).toEqual([422, true])
    expect(JSON.parse(text)).toMatchObject({ more: 22_000 - mostProblems })
    const long = await post(smallApi(), recommendations, { ['k'.repeat(250_000)]: 0 })
    expect((await long.text()).length).toBeLessThan(4_000)
  })
})

describe('a refusal', () => {
  const site = wholeSite({ demonstration: false, signIn: true })
  const asked = (accept: string, path = '/v1/me') => site.request(path, { headers: { accept } })

  it.each([browser, 'text/html', 'text/html;q=0.9, application/json;q=0.8'])(
    'is a page to who asks for %s',
    async (accept) => {
      const answer = await asked(accept)
      const page = await answer.text()
      expect(answer.status).toBe(401)
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
      expect(answer.headers.get('vary')).toBe('Accept')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(tagsOf(page).filter(({ name }) => name === 'h1')).toHaveLength(1)
      expect(page).toContain('<h1 class="govuk-heading-l">Nobody is signed in</h1>')
      expect(tagsOf(page).some(({ attributes }) => attributes.href === '/sign-in')).toBe(true)
    },
  )

  it.each([
    '',
    '*/*',
    'application/json',
    'application/problem+json',
    'text/html;q=0',
    'application/json, text/html',
    'image/png',
  ])('is a problem as JSON to who asks for "%s"', async (accept) => {
    const answer = await asked(accept)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(problemSchema.safeParse(await answer.json()).success).toBe(true)
  })

  it('names what was typed in no page, and offers sign-in only where it helps', async () => {
    const answer = await asked(browser, '/v1/cases/%3Cscript%3Ejane')
    expect(await answer.text()).not.toContain('jane')
    const missing = await asked(browser, '/nothing<b>')
    const page = await missing.text()
    expect(missing.status).toBe(404)
    expect(page).toContain('There is nothing at this address.')
    expect(page).not.toContain('/sign-in')
  })
})

describe('an answer', () => {
  it('has all that every answer says when it is made, and is not made again for it', async () => {
    const app = new Hono<Identified>()
    app.use(onEveryAnswer({ newId: () => 'request-1', demonstration: true }))
    let made: Response | undefined
    app.get('/v1/x', (c) => {
      made = c.text('Here.')
      return made
    })
    const answer = await app.request('/v1/x')
    expect(answer).toBe(made)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-request-id': 'request-1',
      'waymark-demonstration': '1',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    })
  })

  it('to a referral of a hundred offences is described as what it may be at most', async () => {
    const document = (await (await smallApi().request('/openapi.json')).json()) as {
      paths: Record<
        string,
        {
          post: {
            description: string
            requestBody: {
              content: Record<
                string,
                { schema: { properties: Record<string, { maxItems?: number }> } }
              >
            }
          }
        }
      >
    }
    const call = document.paths[recommendations]?.post
    expect(call?.description).toContain('an answer has at most 12 MiB')
    const { offences, victims } =
      call?.requestBody.content['application/json']?.schema.properties ?? {}
    expect([offences?.maxItems, victims?.maxItems]).toEqual([100, 100])
    const most = { ...toRecommend, offences: Array(100).fill(toRecommend.offences?.[0]) }
    expect((await post(smallApi(), recommendations, most)).status).toBe(200)
  })
})

it('a stranger to a demonstration is told how to say who they are', async () => {
  const absent = { identify: async () => 'absent' as const }
  const told = async (demonstration: boolean) =>
    (await smallApi({ ...absent, demonstration }).request('/v1/me')).text()
  expect(await told(true)).toContain('/demonstration/people says who there is')
  expect(await told(false)).toContain('Sign in, or send a token or a service key')
})

describe('a store that did not do what was asked', () => {
  it.each([
    [new StoreBusy('words of ours'), 'Nothing was stored', '5'],
    [new ClockBehind('words of ours'), 'stands before the last entry of this case', '60'],
    [new KeyMissing('words of ours'), 'a key that this case needs is lost', '3600'],
    [new StoreUnreachable('words of ours'), 'whether this was stored is not known', '5'],
  ])('is told of in words of its own: %s', async (error, says, after) => {
    const app = smallApi({ ready: () => Promise.reject(error) })
    const answer = await app.request('/readyz')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, after])
    const text = await answer.text()
    expect(text).toContain(says)
    expect(text).not.toContain('words of ours')
  })
})
