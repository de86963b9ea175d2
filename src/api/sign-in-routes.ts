import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { demonstrationPeople } from '../access/demonstration.ts'
import type { SignIn } from '../access/sign-in.ts'
import type { Identified } from './identify.ts'
import { problem } from './problem.ts'

/** Where people sign in and out. The session lies on the server; the browser holds a cookie. */
export function addSignIn(app: OpenAPIHono<Identified>, signIn: SignIn, address: string): void {
  app.get('/sign-in', async (c) => {
    const begun = await signIn.begin()
    if (!begun.ok) return problem(c, 'unavailable', sentences(begun.problems))
    c.header('set-cookie', begun.value.cookie)
    return c.redirect(begun.value.redirect)
  })
  app.get('/sign-in/callback', async (c) => {
    const finished = await signIn.finish(c.req.url, c.req.header('cookie'))
    if (!finished.ok) return problem(c, 'unauthenticated', sentences(finished.problems))
    for (const cookie of finished.value.cookies) c.header('set-cookie', cookie, { append: true })
    return c.redirect('/')
  })
  app.post('/sign-out', async (c) => {
    // A form on another site could send this too; browsers say where a form was.
    const from = c.req.header('origin')
    if (from !== undefined && from !== new URL(address).origin)
      return problem(c, 'forbidden', 'Sign out on our own pages.')
    const { cookies } = await signIn.end(c.req.header('cookie'))
    for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
    return c.redirect('/', 303)
  })
}

const sentences = (problems: readonly { message: string; mend?: string }[]) =>
  problems.map(({ message, mend }) => (mend ? `${message} ${mend}` : message)).join(' ')

const peopleRoute = createRoute({
  method: 'get',
  path: '/demonstration/people',
  summary: 'Who are the made-up people of this demonstration?',
  tags: ['Operations'],
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
