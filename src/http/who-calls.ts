import { demonstrationCaller } from '../access/demonstration.ts'
import { type createServiceKeys, holdsServiceKey } from '../access/service-keys.ts'
import type { Bearer } from '../access/tokens.ts'
import type { Identify } from './guard.ts'
import type { SignInDoor } from './sign-in.ts'

/** As a demonstration finds out who calls: it takes everybody at their word. Loopback only. */
export const asDemonstrated: Identify = async (c) => {
  const authorization = c.req.header('authorization')
  return authorization === undefined ? 'absent' : demonstrationCaller(authorization)
}

type Means = {
  serviceKeys: Pick<ReturnType<typeof createServiceKeys>, 'verify'>
  bearer?: Bearer | undefined
  signIn?: Pick<SignInDoor, 'desk' | 'cookies'> | undefined
}

/**
 * Who calls: by a service key, a bearer token, or the session of somebody who signed in. What is
 * sent in the Authorization header is never passed over for a cookie.
 */
export const whoCalls =
  ({ serviceKeys, bearer, signIn }: Means): Identify =>
  async (c) => {
    const authorization = c.req.header('authorization')
    if (holdsServiceKey(authorization)) return serviceKeys.verify(authorization)
    if (authorization !== undefined) return (await bearer?.verify(authorization)) ?? 'refused'
    return (await signIn?.desk.callerOf(signIn.cookies.idIn(c, 'session'))) ?? 'absent'
  }
