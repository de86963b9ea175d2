/** What a cookie of ours is for: a person who is signed in, or one who is on the way. */
export type CookieUse = 'session' | 'sign-in'

/**
 * `__Host-` makes a browser keep a cookie only if it is Secure, for this host alone and for all
 * paths. Browsers refuse it over http, which is for one's own computer only.
 */
const nameOf = (use: CookieUse, secure: boolean): string =>
  `${secure ? '__Host-' : ''}waymark-${use}`

const attributes = (secure: boolean): string =>
  `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`

/** A `Set-Cookie` header. Without `maxAge`, in seconds, the cookie ends with the browser. */
export const setCookie = (
  use: CookieUse,
  value: string,
  secure: boolean,
  maxAge?: number,
): string =>
  `${nameOf(use, secure)}=${value}; ${attributes(secure)}${
    maxAge === undefined ? '' : `; Max-Age=${maxAge}`
  }`

/** A `Set-Cookie` header that removes the cookie. */
export const clearCookie = (use: CookieUse, secure: boolean): string =>
  setCookie(use, '', secure, 0)

/**
 * The value of our cookie in a `Cookie` header. Two of one name are none: one of them was planted
 * by somebody else, and it cannot be told which.
 */
export function readCookie(
  header: string | undefined,
  use: CookieUse,
  secure: boolean,
): string | undefined {
  const start = `${nameOf(use, secure)}=`
  const values = (header ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one.startsWith(start))
  const [value] = values.length === 1 ? values : []
  const id = value?.slice(start.length)
  return id && /^[\w-]{43}$/.test(id) ? id : undefined
}
