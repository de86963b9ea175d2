import type { Context, MiddlewareHandler, Next } from 'hono'
import { type Caller, mayDoSomewhere } from '../access/caller.ts'
import { type Action, policy } from '../access/policy.ts'
import type { Incoming } from './from.ts'
import { actionFor } from './place.ts'
import { type DrawRefusal, problem } from './problem.ts'
import { type Limit, noLimit } from './rate.ts'
import { inTurns, type Turns } from './turns.ts'

/** Finds out who calls. `absent`: nobody said; `refused`: it is not so; `unavailable`: cannot be told. */
export type Identify = (c: Context) => Promise<Caller | 'absent' | 'refused' | 'unavailable'>

/** What every request behind the guard carries. */
export type Identified = {
  Variables: { caller: Caller; requestId: string; drawRefusal?: DrawRefusal | undefined }
}

export type Guard = {
  identify: Identify
  limit?: Limit
  /** How strangers wait for each other. */
  turns?: Turns
  /** Told of each request by somebody who is known. */
  onKnown?: (c: Context) => void
  /** How somebody who did not say who they are can say it. */
  howToSay?: string
}

type Means = Required<Guard>

/**
 * Lets through only what has a policy, and only whom it allows in. A path without a policy is not
 * there, whatever route may stand behind it.
 */
export function guard(given: Guard): MiddlewareHandler<Identified> {
  const means: Means = {
    limit: noLimit,
    turns: inTurns(),
    onKnown: () => {},
    howToSay: 'Sign in, or send a token or a service key.',
    ...given,
  }
  return async (c, next) => {
    const action = actionFor(c.req.method, c.req.path)
    return !action || policy[action].who === 'anyone'
      ? forAnyone(c, next, action, means)
      : forSomebody(c, next, action, means)
  }
}

/** What anybody may read; and what is not there. Whether the service is well is always told. */
async function forAnyone(c: Context, next: Next, action: Action | undefined, means: Means) {
  if (action === 'operations.read') return next()
  await means.turns()
  const over = means.limit.countIn(c, { stranger: signsIn(c) ? 'sign-in' : 'public' })
  if (over) return over
  return action ? next() : c.notFound()
}

async function forSomebody(c: Context<Identified>, next: Next, action: Action, means: Means) {
  const { limit, turns, identify, onKnown } = means
  // Whoever sent too much that says nothing is looked at only when nobody else waits.
  if (limit.isOver(c)) await turns()
  const who = severalAuthorizations(c) ? 'several' : await identify(c)
  if (typeof who === 'string') {
    await turns()
    return limit.countIn(c, { stranger: 'refused' }) ?? notKnown(c, who, means)
  }
  onKnown(c)
  const tooMany = limit.countIn(c, who)
  if (tooMany) return tooMany
  if (!mayDoSomewhere(who, action)) return problem(c, 'forbidden', 'Your role may not do this.')
  c.set('caller', who)
  return next()
}

/** Anybody may begin to sign in, and each who does leaves something behind. */
const signsIn = ({ req }: Context): boolean =>
  req.path === '/sign-in' || req.path === '/sign-in/callback'

/** The answer to somebody of whom it is not known who they are. */
function notKnown(
  c: Context,
  why: 'absent' | 'refused' | 'unavailable' | 'several',
  { howToSay }: Pick<Means, 'howToSay'>,
) {
  if (why === 'several') return unauthenticated(c, 'Send one Authorization header.')
  if (why === 'absent') return unauthenticated(c, howToSay)
  if (why === 'refused') return unauthenticated(c, 'What you sent does not say who you are.')
  return problem(c, 'unavailable', 'It cannot be checked now who you are.', [], {
    'retry-after': '30',
  })
}

const unauthenticated = (c: Context, detail: string) =>
  problem(c, 'unauthenticated', detail, [], { 'www-authenticate': 'Bearer' })

/** Node keeps the first of several Authorization headers in silence; two of them are refused here. */
function severalAuthorizations(c: Context): boolean {
  const { incoming } = (c.env ?? {}) as Incoming
  const names = (incoming?.rawHeaders ?? []).filter((_, i) => i % 2 === 0)
  return names.filter((name) => name.toLowerCase() === 'authorization').length > 1
}
