import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { refusalPage } from '../../src/web/refusal-page.ts'
import { smallBook } from '../support/api.ts'
import { tagsOf, templates, wholeSite } from '../support/pages.ts'
import { noDesk } from '../support/sign-in.ts'

const drawRefusal = refusalPage({ templates, demonstration: false, signIn: true })
const app = createApi(smallBook(), { signIn: noDesk, drawRefusal })
const asked = (path: string, accept: string) => app.request(path, { headers: { accept } })
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

describe('somebody who cannot sign in', () => {
  it.each([
    ['/sign-in', 503, 'Too many people are signing in at this moment. Try again in a minute.'],
    ['/sign-in/callback?code=jane', 401, 'Begin again from the sign-in page, in this browser.'],
  ])('gets a page in a browser, with a link to try again (%s)', async (path, status, says) => {
    const answer = await asked(path, browser)
    const page = await answer.text()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(page).toContain(says)
    expect(page).not.toContain('jane')
    expect(tagsOf(page).filter(({ attributes }) => attributes.href === '/sign-in')).toHaveLength(1)
  })

  it.each(['application/json', '*/*', ''])(
    'gets a problem where the program accepts "%s"',
    async (accept) => {
      const answer = await asked('/sign-in/callback', accept)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        401,
        'application/problem+json',
      ])
    },
  )

  it('is told when to come again where there is no room, and the answer is kept nowhere', async () => {
    for (const accept of [browser, '*/*']) {
      const answer = await asked('/sign-in', accept)
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60'])
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })
})

it('the front page leads to sign-in where there is one, and nowhere else', async () => {
  for (const signIn of [true, false]) {
    const page = await (await wholeSite({ signIn, demonstration: false }).request('/')).text()
    const links = tagsOf(page).filter(({ attributes }) => attributes.href === '/sign-in')
    expect(links).toHaveLength(signIn ? 1 : 0)
  }
})
