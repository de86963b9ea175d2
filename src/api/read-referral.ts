import { type Case, caseSchema } from '../domain/case.ts'
import { type Problem, pointer } from '../domain/problem.ts'
import { readJson, type Unusable } from './read-json.ts'

/** What one referral may hold over HTTP, so that no request holds up the others for long. */
const mostFacts = 2_000
const longestFactId = 100
const mostPairs = 100

/** Reads bytes as a referral; what is too much for one request is refused too. */
export function readReferralJson(
  bytes: Uint8Array,
): { ok: true; value: Case } | ({ ok: false } & Unusable) {
  const read = readJson(bytes, caseSchema)
  if (!read.ok) return read
  const problems = tooMuch(read.value)
  return problems.length > 0 ? { ok: false, kind: 'cannot-be-used', problems } : read
}

function tooMuch({ facts, offences = [], victims = [], notKnown = {} }: Case): Problem[] {
  const places = [facts, ...offences, ...victims.map((victim) => victim.facts), notKnown]
  const ids = places.flatMap((place) => Object.keys(place))
  const all = Math.max(offences.length, 1)
  const pairs = victims.reduce((sum, { offences: of }) => sum + (of?.length ?? all), 0)
  return [
    ...(ids.length > mostFacts
      ? [{ message: `A referral may hold at most ${mostFacts} facts; this one has ${ids.length}.` }]
      : []),
    ...(ids.some((id) => id.length > longestFactId)
      ? [{ message: `The name of a fact has at most ${longestFactId} characters.` }]
      : []),
    ...(pairs > mostPairs
      ? [
          {
            message: `Each offence is looked at with each of its victims, at most ${mostPairs} pairs; these are ${pairs}.`,
            mend: 'Say with "offences" which offences each victim is of.',
            pointer: pointer('victims'),
          },
        ]
      : []),
  ]
}

/**
 * A problem without the answer that it is about: what was typed into the wrong place may name a
 * child, and what is answered over HTTP may be logged on the way.
 */
export function withoutAnswer(problem: Problem, given: unknown): Problem {
  const answer = answerAt(given, problem.pointer ?? '')
  if (answer === undefined)
    return { ...problem, message: problem.message.replace(/; it was given .*\.$/s, '.') }
  const quoted = JSON.stringify(answer)
  const message = problem.message
    .replace(`; it was given ${quoted}.`, '.')
    .replace(`offence code ${quoted}`, 'offence code')
  return { ...problem, message }
}

function answerAt(given: unknown, at: string): unknown {
  const steps = at.split('/').slice(1)
  return steps.reduce<unknown>((value, step) => {
    const key = step.replace(/~1/g, '/').replace(/~0/g, '~')
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Record<string, unknown>)[key]
      : undefined
  }, given)
}
