import type { Context } from 'hono'
import { type From, whereFrom } from './from.ts'
import { problem } from './problem.ts'

/** How many requests a caller may send in a minute, by a clock of milliseconds that only goes forward. */
export type Rate = {
  /** Of one person or system, and of all that come from one address without saying who they are. */
  perMinute: number
  /** Of what anybody may read, from one address. */
  publicPerMinute: number
  /** Of sign-ins that begin or come back, from one address. Fewer than `mostWaiting` begin in the
   * time that one may take, so that one address alone cannot fill all places. */
  signInsPerMinute: number
  clock: () => number
  /** Where a request comes from; what the connection says, where left out. */
  from?: From
}

/** As the service works. */
export const usualRate = { perMinute: 1_200, publicPerMinute: 600, signInsPerMinute: 90 }

/** `by` and `person` of somebody known; what a stranger wants, whose address is the name. */
export type Counted = { by: string; person: string } | { stranger: Stranger }
type Stranger = 'public' | 'refused' | 'sign-in'

export type Limit = {
  /** Counts one request, and answers it with 429 where it is one too many. */
  countIn(c: Context, who: Counted): Response | undefined
  /** Whether the address has had more requests refused than it may send. */
  isOver(c: Context): boolean
}

export const noLimit: Limit = { countIn: () => undefined, isOver: () => false }

/** More strangers than these share one count, so that ever new addresses do not fill the memory. */
const mostStrangers = 10_000

/**
 * Lets each caller do so much in a minute and no more, so that one that runs wild holds nobody else
 * up. Requests that are refused count as well. Counted in this process alone; addresses of
 * strangers are held for the minute, and written nowhere.
 */
export function rateLimit({ clock, from = whereFrom(), ...rate }: Rate): Limit {
  const known = new Map<string, number>()
  const strangers = new Map<string, number>()
  let minute = 0
  const begin = () => {
    const now = Math.floor(clock() / 60_000)
    if (now !== minute) for (const counts of [known, strangers]) counts.clear()
    minute = now
  }
  const nameOf = (c: Context, what: Stranger) => {
    const name = `${what} ${from(c)}`
    const room = strangers.has(name) || strangers.size < mostStrangers
    return room ? name : `${what} from elsewhere`
  }
  return {
    countIn(c, who) {
      begin()
      const count =
        'stranger' in who
          ? oneMore(strangers, nameOf(c, who.stranger))
          : oneMore(known, `${who.by} ${who.person}`)
      const most = mostFor(rate, who)
      return count <= most ? undefined : tooMany(c, most, clock())
    },
    isOver(c) {
      begin()
      return (strangers.get(nameOf(c, 'refused')) ?? 0) > rate.perMinute
    },
  }
}

function mostFor(rate: Omit<Rate, 'clock' | 'from'>, who: Counted): number {
  if (!('stranger' in who) || who.stranger === 'refused') return rate.perMinute
  return who.stranger === 'sign-in' ? rate.signInsPerMinute : rate.publicPerMinute
}

const tooMany = (c: Context, most: number, now: number) =>
  problem(c, 'too-many', `At most ${most} requests a minute.`, [], {
    'retry-after': String(60 - (Math.floor(now / 1_000) % 60)),
  })

function oneMore(counts: Map<string, number>, name: string): number {
  const count = (counts.get(name) ?? 0) + 1
  counts.set(name, count)
  return count
}
