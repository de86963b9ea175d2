import { randomUUID } from 'node:crypto'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { StoreError } from '../access/store-error.ts'
import { type Guard, guard, type Identified } from './guard.ts'
import { onEveryAnswer } from './headers.ts'
import { knownHost } from './hosts.ts'
import type { Operations } from './operations.ts'
import { fromOurPages } from './origin.ts'
import { methodsAt, placeOf } from './place.ts'
import { type DrawRefusal, problem } from './problem.ts'
import { type Rate, rateLimit } from './rate.ts'
import { addSignIn, type SignInDoor } from './sign-in.ts'

/** What one body may hold, in bytes. */
export const largestBody = 256 * 1024

export type DoorOptions = {
  /** Finds out who calls. Without it nobody is known, and only what is for anyone answers. */
  identify?: Guard['identify']
  /** How strangers wait for each other, and what is told of those who are known. */
  guard?: Pick<Guard, 'turns' | 'onKnown'>
  operations?: Operations
  /** Where people sign in. */
  signIn?: SignInDoor | undefined
  /** Said on every answer of a demonstration. */
  demonstration?: boolean
  /** How much each may ask in a minute; no limit where left out. */
  rate?: Rate
  /** The names that the service answers to; any where left out. */
  hosts?: readonly string[]
  /** Draws a refusal for a browser; without it browsers too get JSON. */
  drawRefusal?: DrawRefusal
  newId?: () => string
  /** Where a bug is reported: one line, without anything that was sent. */
  report?: (line: string) => void
}

/**
 * The door that the HTTP interface and the pages share: what every request passes, in order.
 * @param isStream whether what is sent to an address has a limit for each line, not for the whole
 */
export function openDoor(
  app: Hono<Identified>,
  given: DoorOptions,
  isStream: (address: string) => boolean,
): void {
  const { newId = randomUUID, demonstration = false, operations, hosts, signIn } = given
  const { identify = async () => 'absent' as const, rate } = given
  app.use(onEveryAnswer({ newId, demonstration, drawRefusal: given.drawRefusal }))
  if (operations) app.use(operations.watch)
  if (hosts) app.use(knownHost(hosts))
  if (signIn) app.use(fromOurPages(signIn.address, signIn.cookies))
  const known = { identify, ...(demonstration ? { howToSay: asMadeUp } : {}) }
  app.use(guard({ ...given.guard, ...known, ...(rate ? { limit: rateLimit(rate) } : {}) }))
  app.use(smallBodies(isStream))
  if (signIn) addSignIn(app, signIn)
  app.notFound((c) => nothingHere(c, methodsAt(app.routes, c.req.path)))
  app.onError((error, c) => failed(c, error, given.report ?? (() => {})))
}

const asMadeUp =
  'Send "Authorization: Demonstration officer-1". /demonstration/people says who there is.'

function smallBodies(isStream: (address: string) => boolean): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize: largestBody,
    onError: (c) => problem(c, 'too-large', 'A body may have at most 256 KiB.'),
  })
  return (c, next) => (isStream(c.req.path) ? next() : limit(c, next))
}

/** Nothing at this address at all, or nothing for this method. */
function nothingHere(c: Context, methods: readonly string[]) {
  if (methods.length === 0 || methods.includes(c.req.method))
    return problem(c, 'not-found', 'There is nothing at this address.')
  const allow = methods.join(', ')
  const detail = `This address answers ${allow}.`
  return problem(c, 'method-not-allowed', detail, [], { allow })
}

/** A store that cannot take writes now; or a bug, reported without its message, which may hold what was sent. */
function failed(c: Context, error: Error, report: (line: string) => void) {
  if (error.name === 'SubjectErased')
    return problem(c, 'not-found', 'There is nothing at this address.')
  if (error instanceof StoreError)
    return problem(c, 'unavailable', error.says, [], { 'retry-after': String(error.retryAfter) })
  if (!c.req.raw.signal.aborted)
    report(`${c.req.method} ${placeOf(c.req.method, c.req.path)} failed: ${error.name}`)
  return problem(c, 'internal', 'The request was not carried out. Nothing was stored.')
}
