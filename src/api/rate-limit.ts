import type { Context } from 'hono'
import { problem } from './problem.ts'

/** How many requests a caller may send in a minute, by a clock of milliseconds that only goes forward. */
export type Rate = {
  /** Of one person or system, and of all that come from one address without saying who they are. */
  perMinute: number
  /** Of sign-ins that begin or come back, from one address. Fewer than `mostWaiting` begin in the
   * time that one may take, so that one address alone cannot fill all places. */
  signInsPerMinute: number
  clock: () => number
}

/** As the service works. */
export const usualRate = { perMinute: 1_200, signInsPerMinute: 90 }

/** Counts one request, and answers it with 429 where it is one too many. */
export type CountIn = (c: Context, who: Counted) => Response | undefined
/** `by` and `person` of somebody known; what a stranger wants, whose address is the name. */
export type Counted = { by: string; person: string } | { stranger: 'refused' | 'sign-in' }

/** More strangers than these share one count, so that ever new addresses do not fill the memory. */
const mostStrangers = 10_000

/**
 * Lets each caller do so much in a minute and no more, so that one that runs wild holds nobody else
 * up. Requests that are refused count as well. Counted in this process alone; addresses of
 * strangers are held for the minute, and written nowhere.
 */
export function rateLimit({ perMinute, signInsPerMinute, clock }: Rate): CountIn {
  const known = new Map<string, number>()
  const strangers = new Map<string, number>()
  let minute = 0
  const begin = () => {
    const now = Math.floor(clock() / 60_000)
    if (now !== minute) for (const counts of [known, strangers]) counts.clear()
    minute = now
  }
  const counted = (c: Context, who: Counted): number => {
    begin()
    if (!('stranger' in who)) return oneMore(known, `${who.by} ${who.person}`)
    const name = `${who.stranger} ${addressOf(c)}`
    const room = strangers.has(name) || strangers.size < mostStrangers
    return oneMore(strangers, room ? name : `${who.stranger} from elsewhere`)
  }
  return (c, who) => {
    const most = 'stranger' in who && who.stranger === 'sign-in' ? signInsPerMinute : perMinute
    if (counted(c, who) <= most) return undefined
    const seconds = 60 - (Math.floor(clock() / 1_000) % 60)
    return problem(c, 'too-many', `At most ${most} requests a minute.`, [], {
      'retry-after': String(seconds),
    })
  }
}

function oneMore(counts: Map<string, number>, name: string): number {
  const count = (counts.get(name) ?? 0) + 1
  counts.set(name, count)
  return count
}

/** Where a request comes from, as the connection says it: what a header says can be made up. */
function addressOf(c: Context): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress ?? 'nowhere'
}
