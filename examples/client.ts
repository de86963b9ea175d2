import type { Recommendation } from '../src/domain/recommendation.ts'

/** What is known, by fact id. What is not known is left out: it never counts as "no". */
type Known = Record<string, string | number | string[]>

/** Asks a running Waymark what the rules make of a referral. Nothing is stored there. */
export async function recommend(
  referral: { partnership: string; asAt?: string; facts?: Known; offences?: Known[] },
  address = 'http://127.0.0.1:3000',
  /** A bearer token or a service key; somebody of the demonstration where it runs. */
  authorization = 'Demonstration officer-1',
): Promise<Recommendation> {
  const response = await fetch(`${address}/v1/recommendations`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(referral),
  })
  if (response.ok) return (await response.json()) as Recommendation
  // A problem says what is wrong and where (RFC 9457), in words for people.
  const { detail, errors = [] } = (await response.json()) as {
    detail: string
    errors?: { pointer: string; detail: string }[]
  }
  throw new Error([detail, ...errors.map((one) => `${one.pointer} ${one.detail}`)].join('\n'))
}

/** The answer in a few lines: where the case stands, what is open, what to ask next and whom. */
export function inShort({ status, offences, needToKnow }: Recommendation): string[] {
  return [
    `status: ${status}`,
    ...offences.flatMap(({ offence, options }) =>
      options.map(({ standing, title }) => `offence ${offence}, ${standing}: ${title}`),
    ),
    ...needToKnow.slice(0, 3).map(({ answeredBy, question }) => `ask ${answeredBy}: ${question}`),
  ]
}
