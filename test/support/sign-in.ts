import { fileURLToPath } from 'node:url'
import { notFinished, tooMany } from '../../src/access/sign-in-problems.ts'
import type { SignInDoor } from '../../src/api/sign-in-routes.ts'
import { refuse } from '../../src/domain/problem.ts'
import { signInPage } from '../../src/web/sign-in-page.ts'

const inCheckout = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** Sign-in where nobody comes in: there is no room, and nobody who comes back has begun. */
export const noDesk: SignInDoor = {
  desk: {
    begin: async () => refuse(tooMany),
    finish: async () => refuse(notFinished),
    callerOf: async () => undefined,
    end: async () => ({ cookies: [] }),
  },
  address: 'https://waymark.example',
  page: signInPage([inCheckout('src/web/templates')]),
}
