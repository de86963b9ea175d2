import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'

/** What a cookie of ours is for: a person who is signed in, or one who is on the way. */
export type CookieUse = 'session' | 'sign-in'

/**
 * `__Host-` makes a browser keep a cookie only if it is Secure, for this host alone and for all
 * paths. Browsers refuse it over http, which is for one's own computer only.
 */
const nameOf = (use: CookieUse, secure: boolean): string =>
  `${secure ? '__Host-' : ''}waymark-${use}`

const options = (secure: boolean): CookieOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'Lax',
  secure,
})

/** Our cookies, over https or on one's own computer. */
export const cookieJar = (secure: boolean) => ({
  /** Gives a browser an id to hold. Without `maxAge`, in seconds, it is gone with the browser. */
  give: (c: Context, use: CookieUse, id: string, maxAge?: number): void =>
    setCookie(c, nameOf(use, secure), id, {
      ...options(secure),
      ...(maxAge === undefined ? {} : { maxAge }),
    }),
  takeBack: (c: Context, use: CookieUse): void =>
    void deleteCookie(c, nameOf(use, secure), options(secure)),
  /**
   * The id that a browser holds. Two cookies of one name are none: one of them was planted by
   * somebody else, and it cannot be told which.
   */
  idIn: (c: Context, use: CookieUse): string | undefined => {
    const name = nameOf(use, secure)
    if (timesSent(c, name) !== 1) return undefined
    const id = getCookie(c, name)
    return id && /^[\w-]{43}$/.test(id) ? id : undefined
  },
  /** Whether a request comes with a session, good or not. */
  isSent: (c: Context): boolean => timesSent(c, nameOf('session', secure)) > 0,
})
export type CookieJar = ReturnType<typeof cookieJar>

const timesSent = (c: Context, name: string): number =>
  (c.req.header('cookie') ?? '').split(';').filter((one) => one.trim().startsWith(`${name}=`))
    .length
