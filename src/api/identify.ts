import type { Context, MiddlewareHandler } from 'hono'
import { type Caller, mayDoSomewhere } from '../access/caller.ts'
import { type Action, policy } from '../access/policy.ts'
import { actionOfRoute, routePolicy } from '../access/routes.ts'
import { problem } from './problem.ts'
import type { CountIn } from './rate-limit.ts'

/** Finds out who calls. `absent`: nobody said; `refused`: it is not so; `unavailable`: cannot be told. */
export type Identify = (headers: {
  authorization: string | undefined
  cookie: string | undefined
}) => Promise<Caller | 'absent' | 'refused' | 'unavailable'>

/** What every request behind the guard carries. */
export type Identified = { Variables: { caller: Caller; requestId: string } }

/**
 * Lets through only what has a policy, and only whom it allows in. A path without a policy is not
 * there, whatever route may stand behind it.
 */
export function guard(
  identify: Identify,
  countIn: CountIn = () => undefined,
): MiddlewareHandler<Identified> {
  return async (c, next) => {
    const action = actionFor(c.req.method, c.req.path)
    if (!action) return c.notFound()
    if (policy[action].who === 'anyone')
      return (signsIn(c) && countIn(c, { stranger: 'sign-in' })) || next()
    const who = severalAuthorizations(c)
      ? 'several'
      : await identify({
          authorization: c.req.header('authorization'),
          cookie: c.req.header('cookie'),
        })
    if (typeof who === 'string') return countIn(c, { stranger: 'refused' }) ?? notKnown(c, who)
    const tooMany = countIn(c, who)
    if (tooMany) return tooMany
    if (!mayDoSomewhere(who, action)) return problem(c, 'forbidden', 'Your role may not do this.')
    c.set('caller', who)
    return next()
  }
}

/** Anybody may begin to sign in, and each who does leaves something behind. */
const signsIn = ({ req }: Context): boolean =>
  req.path === '/sign-in' || req.path === '/sign-in/callback'

/** The answer to somebody of whom it is not known who they are. */
function notKnown(c: Context, why: 'absent' | 'refused' | 'unavailable' | 'several') {
  if (why === 'several') return unauthenticated(c, 'Send one Authorization header.')
  if (why === 'absent') return unauthenticated(c, 'Sign in, or send a token or a service key.')
  if (why === 'refused') return unauthenticated(c, 'What you sent does not say who you are.')
  return problem(c, 'unavailable', 'It cannot be checked now who you are.', [], {
    'retry-after': '30',
  })
}

const unauthenticated = (c: Context, detail: string) =>
  problem(c, 'unauthenticated', detail, [], { 'www-authenticate': 'Bearer' })

const patterns = Object.keys(routePolicy).map((route) => {
  const [method = '', path = ''] = route.split(' ')
  return { method, path, parts: path.split('/') }
})

/** The route of an address as it was called, for logs and counts: never the address itself. */
export function placeOf(method: string, address: string): string {
  return patternFor(method, address)?.path ?? 'no route'
}

/** The action that guards an address as it was called; undefined where nothing is there. */
export function actionFor(method: string, address: string): Action | undefined {
  const fit = patternFor(method, address)
  return fit && actionOfRoute(fit.method, fit.path)
}

function patternFor(method: string, address: string) {
  const verb = method === 'HEAD' ? 'GET' : method
  const given = address.split('/')
  return patterns.find(
    (one) =>
      one.method === verb &&
      one.parts.length === given.length &&
      one.parts.every((part, i) => (part.startsWith('{') ? given[i] !== '' : part === given[i])),
  )
}

/** Node keeps the first of several Authorization headers in silence; two of them are refused here. */
function severalAuthorizations(c: Context): boolean {
  const { incoming } = (c.env ?? {}) as { incoming?: { rawHeaders?: string[] } }
  const names = (incoming?.rawHeaders ?? []).filter((_, i) => i % 2 === 0)
  return names.filter((name) => name.toLowerCase() === 'authorization').length > 1
}
