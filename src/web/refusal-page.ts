import type { DrawRefusal } from '../http/problem.ts'
import { environment } from './environment.ts'

/** The page that says to a person what was refused, why, and how to go on. */
export function refusalPage({
  templates,
  demonstration,
  signIn,
}: {
  templates: readonly string[]
  demonstration: boolean
  signIn: boolean
}): DrawRefusal {
  const pages = environment(templates)
  pages.addGlobal('demonstration', demonstration)
  return (it) => {
    const atSignIn = it.instance === '/sign-in' || it.instance.startsWith('/sign-in/')
    const signsIn = signIn && (it.status === 401 || atSignIn)
    return pages.render('refusal.njk', { it, signsIn, atSignIn })
  }
}
