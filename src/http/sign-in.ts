import type { Context, Hono } from 'hono'
import { sessionTimes } from '../access/sessions.ts'
import type { SignIn } from '../access/sign-in.ts'
import type { Problem } from '../domain/problem.ts'
import type { CookieJar } from './cookies.ts'
import type { Identified } from './guard.ts'
import { problem } from './problem.ts'

/** What the routes of sign-in work with. */
export type SignInDoor = {
  desk: SignIn
  cookies: CookieJar
  /** Our own address, as people type it. */
  address: string
}

/** Where people sign in and out. The session lies on the server; the browser holds a cookie. */
export function addSignIn(app: Hono<Identified>, { desk, cookies }: SignInDoor): void {
  app.get('/sign-in', async (c) => {
    const begun = await desk.begin()
    if (!begun.ok) return notSignedIn(c, 'unavailable', begun.problems)
    cookies.give(c, 'sign-in', begun.value.id, sessionTimes.signIn / 1_000)
    return c.redirect(begun.value.redirect)
  })
  app.get('/sign-in/callback', async (c) => {
    const held = { signIn: cookies.idIn(c, 'sign-in'), session: cookies.idIn(c, 'session') }
    const finished = await desk.finish(c.req.url, held)
    if (!finished.ok) return notSignedIn(c, 'unauthenticated', finished.problems)
    cookies.takeBack(c, 'sign-in')
    cookies.give(c, 'session', finished.value.id)
    return c.redirect('/')
  })
  app.post('/sign-out', async (c) => {
    await desk.end(cookies.idIn(c, 'session'))
    cookies.takeBack(c, 'session')
    return c.redirect('/', 303)
  })
}

const notSignedIn = (
  c: Context,
  kind: 'unavailable' | 'unauthenticated',
  problems: readonly Problem[],
): Response =>
  problem(c, kind, sentences(problems), [], kind === 'unavailable' ? { 'retry-after': '60' } : {})

const sentences = (problems: readonly Problem[]) =>
  problems.map(({ message, mend }) => (mend ? `${message} ${mend}` : message)).join(' ')
