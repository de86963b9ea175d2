import { problemSchema } from '../http/problem.ts'

/** A problem as an answer, with what it says and when it is given. */
export const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})
