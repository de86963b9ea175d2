import type { Problem } from '../domain/problem.ts'
import { environment } from './environment.ts'

/** The page for a person who could not sign in: why, and a link to try again. */
export function signInPage(templates: readonly string[]): (says: readonly Problem[]) => string {
  const pages = environment(templates)
  return (says) => pages.render('sign-in.njk', { says })
}
