import type { Case } from '../domain/case.ts'
import type { About, AnswerEntry, VictimRow } from './ports.ts'

type Given = Case['facts']

/**
 * The case as the rules read it, from the answers that stand. A fact that somebody said is not
 * known stays in it as null, so that it hides what a wider place says.
 */
export function assemble(
  partnership: string,
  offences: number,
  victims: readonly VictimRow[],
  answers: readonly AnswerEntry[],
): Case {
  const of = (wanted: About): Given =>
    Object.fromEntries(
      [...answers]
        .filter(({ about }) => sameAbout(about, wanted))
        .sort((one, other) => (one.fact < other.fact ? -1 : 1))
        .map(({ fact, answer }) => [fact, answer === null ? null : asGiven(answer)]),
    )
  const notKnown = answers.flatMap(({ fact, answer, because }) =>
    answer === null && because ? [[fact, because]] : [],
  )
  return {
    partnership,
    facts: of({ what: 'referral' }),
    offences: numbers(offences).map((number) => of({ what: 'offence', number })),
    ...(victims.length > 0
      ? {
          victims: victims.map(({ number, offences: about }) => ({
            ...(about ? { offences: [...about] } : {}),
            facts: of({ what: 'victim', number }),
          })),
        }
      : {}),
    ...(notKnown.length > 0 ? { notKnown: Object.fromEntries(notKnown) } : {}),
  }
}

export const sameAbout = (one: About, other: About): boolean =>
  one.what === other.what && numberOf(one) === numberOf(other)

const numberOf = (about: About): number => ('number' in about ? about.number : 0)

export const numbers = (most: number): number[] => Array.from({ length: most }, (_, i) => i + 1)

const asGiven = (answer: string | number | readonly string[]): string | number | string[] =>
  typeof answer === 'object' ? [...answer] : answer
