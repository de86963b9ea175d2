import { randomUUID } from 'node:crypto'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import type { Caller } from '../access/caller.ts'
import type { Deps } from '../casework/casework.ts'
import { StoreError } from '../casework/ports.ts'
import { version } from '../domain/version.ts'
import { me as meSchema } from './answers/story.ts'
import { batchPath } from './batch.ts'
import { addCaseForms } from './case-forms.ts'
import { addCaseReading } from './case-reading.ts'
import { addCases } from './cases.ts'
import { addClinics } from './clinics.ts'
import { reads } from './describe.ts'
import { addSecuritySchemes } from './describe-shared.ts'
import { groups } from './groups.ts'
import { health } from './health.ts'
import { guard, type Identified, type Identify, placeOf } from './identify.ts'
import { methodsAt } from './methods.ts'
import { addMetrics, type Operations } from './operations.ts'
import { problem } from './problem.ts'
import { knownPurpose, purposePaths } from './purpose.ts'
import { type Rate, rateLimit } from './rate-limit.ts'
import { recommendations } from './recommendations.ts'
import type { RuleBook } from './rule-book.ts'
import { addRuleSetVersions } from './rule-set-versions.ts'
import { ruleSets } from './rule-sets.ts'
import { addDemonstrationPeople, addSignIn, type SignInDoor } from './sign-in-routes.ts'

const largest = 256 * 1024

export type ApiOptions = {
  /** Finds out who calls. Without it nobody is known, and only what is for anyone answers. */
  identify?: Identify
  /** The cases; without them the service answers stateless calls alone. */
  casework?: Deps
  operations?: Operations
  /** Where people sign in. */
  signIn?: SignInDoor | undefined
  /** Said on every answer of a demonstration. */
  demonstration?: boolean
  /** How much each may ask in a minute; no limit where left out. */
  rate?: Rate
  newId?: () => string
  ready?: () => boolean | Promise<boolean>
  /** Where a bug is reported: one line, without anything that was sent. */
  report?: (line: string) => void
}

/** The HTTP interface over a rule book. Thin: parse, ask, answer. */
export function createApi(
  book: RuleBook,
  {
    identify = async () => 'absent',
    casework,
    operations,
    signIn,
    demonstration = false,
    rate,
    newId = randomUUID,
    ready = () => true,
    report = () => {},
  }: ApiOptions = {},
): OpenAPIHono<Identified> {
  const app = new OpenAPIHono<Identified>()
  app.use(named(newId, demonstration))
  if (operations) app.use(operations.watch)
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
    }),
  )
  app.use(async (c, next) => {
    await next()
    if (!c.req.path.startsWith('/v1/') && c.req.path !== '/metrics') return
    c.header('cache-control', 'no-store')
  })
  app.use(guard(identify, rate && rateLimit(rate)))
  const limit = bodyLimit({
    maxSize: largest,
    onError: (c) => problem(c, 'too-large', 'A body may have at most 256 KiB.'),
  })
  // The batch is a stream with a limit for each line instead.
  app.use('/v1/*', (c, next) => (c.req.path === batchPath ? next() : limit(c, next)))
  app.route('/', recommendations(book, report))
  app.route('/', ruleSets(book))
  app.route('/', health(ready))
  if (casework) {
    for (const path of purposePaths) app.use(path, knownPurpose)
    for (const add of [addCases, addCaseReading, addCaseForms, addClinics]) add(app, casework)
    addRuleSetVersions(app, casework, book)
  }
  if (operations) addMetrics(app, operations)
  if (signIn) addSignIn(app, signIn)
  if (demonstration) addDemonstrationPeople(app)
  addSecuritySchemes(app, demonstration)
  app.openAPIRegistry.registerPath(meRoute)
  app.get('/v1/me', (c) => c.json(me(c.var.caller), 200))
  app.doc31('/openapi.json', apiDescription)
  app.notFound((c) => nothingHere(c, methodsAt(app.routes, c.req.path)))
  // A bug: it is reported without its message, which might hold what was sent.
  app.onError((error, c) => {
    if (error instanceof StoreError) return busy(c, error)
    if (!c.req.raw.signal.aborted)
      report(`${c.req.method} ${placeOf(c.req.method, c.req.path)} failed: ${error.name}`)
    return problem(c, 'internal', 'The request was not carried out. Nothing was stored.')
  })
  return app
}

/** A store that cannot take writes now. Nothing was written, nor read: a reading has to be logged. */
function busy(c: Context, error: StoreError) {
  if (error.name === 'SubjectErased')
    return problem(c, 'not-found', 'There is nothing at this address.')
  if (error.name === 'KeyMissing') return problem(c, 'unavailable', keyLost, [], inAnHour)
  return problem(c, 'unavailable', 'Nothing was stored: the store cannot take writes now.', [], {
    'retry-after': '5',
  })
}

const keyLost =
  'Nothing was read or stored: a key that this case needs is lost. Whoever runs the service was told which.'
/** Only people can mend that. */
const inAnHour = { 'retry-after': '3600' }

/** Gives each request a name for the logs, and says on each answer where it comes from. */
const named =
  (newId: () => string, demonstration: boolean): MiddlewareHandler<Identified> =>
  async (c, next) => {
    const given = c.req.header('x-request-id') ?? ''
    const requestId = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,32})$/.test(
      given,
    )
      ? given
      : newId()
    c.set('requestId', requestId)
    await next()
    c.header('x-request-id', requestId)
    if (demonstration) c.header('waymark-demonstration', '1')
  }

const meRoute = reads({
  path: '/v1/me',
  summary: 'Who am I here, and what do I hold?',
  tag: 'Operations',
  answers: 'You, with your roles',
  schema: meSchema,
})

/** Who the caller is here, and what they hold. */
const me = ({ person, name, grants, by }: Caller) => ({ person, name: name ?? null, grants, by })

/** Nothing at this address at all, or nothing for this method. */
function nothingHere(c: Context, methods: readonly string[]) {
  if (methods.length === 0 || methods.includes(c.req.method))
    return problem(c, 'not-found', 'There is nothing at this address.')
  const allow = methods.join(', ')
  const detail = `This address answers ${allow}.`
  return problem(c, 'method-not-allowed', detail, [], { allow })
}

/** What the OpenAPI document says of the whole. */
export const apiDescription = {
  openapi: '3.1.0',
  info: {
    title: 'Waymark',
    version,
    description:
      'Facts about a referral in, a recommendation out: what the law, national guidance and the local protocol make of it, what is excluded, what is open, what is not known and who could tell. It recommends; people decide. A fact that is not known is left out and is never taken as "no".',
    license: { name: 'MIT' },
  },
  servers: [{ url: '/' }],
  tags: [...groups],
}
