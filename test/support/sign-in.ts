import { notFinished, tooMany } from '../../src/access/sign-in-problems.ts'
import { refuse } from '../../src/domain/problem.ts'
import { cookieJar } from '../../src/http/cookies.ts'
import type { SignInDoor } from '../../src/http/sign-in.ts'

/** Sign-in where nobody comes in: there is no room, and nobody who comes back has begun. */
export const noDesk: SignInDoor = {
  desk: {
    begin: async () => refuse(tooMany),
    finish: async () => refuse(notFinished),
    callerOf: async () => undefined,
    end: async () => {},
  },
  address: 'https://waymark.example',
  cookies: cookieJar(true),
}
