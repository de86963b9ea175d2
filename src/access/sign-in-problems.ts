import type { Problem } from '../domain/problem.ts'

/** What a person is told who cannot sign in. None of it says anything of them. */

export const unreachable: Problem = {
  message: 'The service that people sign in with cannot be reached.',
  mend: 'Try again in a minute. If it stays so, tell whoever runs this service.',
}
export const tooMany: Problem = {
  message: 'Too many people are signing in at this moment.',
  mend: 'Try again in a minute.',
}
export const notFinished: Problem = {
  message: 'The sign-in was refused, took too long, was begun elsewhere or could not be checked.',
  mend: 'Begin again from the sign-in page, in this browser.',
}
export const holdsNothing: Problem = {
  message: 'You are signed in, but nothing says what you may do here.',
  mend: 'Ask your administrator to give you a role in your partnership.',
}
export const namesNobody: Problem = {
  message: 'You are signed in, but the service that you signed in with does not say who you are.',
  mend: 'Tell whoever runs this service: the claim that names people is empty or missing.',
}
