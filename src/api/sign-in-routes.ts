import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { demonstrationPeople } from '../access/demonstration.ts'
import type { SignIn } from '../access/sign-in.ts'
import type { Problem } from '../domain/problem.ts'
import type { Identified } from './identify.ts'
import { problem, problemKinds } from './problem.ts'

/** What the routes of sign-in work with. */
export type SignInDoor = {
  desk: SignIn
  /** Our own address, as people type it. */
  address: string
  /** The page that says to a person why they could not sign in, and lets them try again. */
  page: (says: readonly Problem[]) => string
}

/** Where people sign in and out. The session lies on the server; the browser holds a cookie. */
export function addSignIn(app: OpenAPIHono<Identified>, { desk, address, page }: SignInDoor): void {
  app.get('/sign-in', async (c) => {
    const begun = await desk.begin()
    if (!begun.ok) return notSignedIn(c, 'unavailable', begun.problems, page)
    c.header('set-cookie', begun.value.cookie)
    return c.redirect(begun.value.redirect)
  })
  app.get('/sign-in/callback', async (c) => {
    const finished = await desk.finish(c.req.url, c.req.header('cookie'))
    if (!finished.ok) return notSignedIn(c, 'unauthenticated', finished.problems, page)
    for (const cookie of finished.value.cookies) c.header('set-cookie', cookie, { append: true })
    return c.redirect('/')
  })
  app.post('/sign-out', async (c) => {
    // A form on another site could send this too; browsers say where a form was.
    const from = c.req.header('origin')
    if (from !== undefined && from !== new URL(address).origin)
      return problem(c, 'forbidden', 'Sign out on our own pages.')
    const { cookies } = await desk.end(c.req.header('cookie'))
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.redirect('/', 303)
  })
}

/** A page for a person, and a problem for a program. The status is the same. */
function notSignedIn(
  c: Context,
  kind: 'unavailable' | 'unauthenticated',
  problems: readonly Problem[],
  page: SignInDoor['page'],
) {
  const later: Record<string, string> = kind === 'unavailable' ? { 'retry-after': '60' } : {}
  c.header('cache-control', 'no-store')
  return c.req.header('accept')?.includes('text/html')
    ? c.html(page(problems), problemKinds[kind][0], later)
    : problem(c, kind, sentences(problems), [], later)
}

const sentences = (problems: readonly Problem[]) =>
  problems.map(({ message, mend }) => (mend ? `${message} ${mend}` : message)).join(' ')

const peopleRoute = createRoute({
  method: 'get',
  path: '/demonstration/people',
  summary: 'Who are the made-up people of this demonstration?',
  tags: ['Operations'],
  security: [],
  responses: {
    200: {
      description: 'The people; send one in Authorization: Demonstration <person>',
      content: {
        'application/json': {
          schema: z.object({
            people: z.array(
              z.object({
                person: z.string(),
                name: z.string(),
                role: z.string(),
                agency: z.string(),
                partnership: z.string(),
              }),
            ),
          }),
        },
      },
    },
  },
})

/** Lists the people of a demonstration, each with what they hold. */
export function addDemonstrationPeople(app: OpenAPIHono<Identified>): void {
  app.openAPIRegistry.registerPath(peopleRoute)
  const people = demonstrationPeople.flatMap(({ person, name = '', grants }) =>
    grants.map(({ role, agency, partnership }) => ({ person, name, role, agency, partnership })),
  )
  app.get('/demonstration/people', (c) => c.json({ people }, 200))
}
