import type { Case } from '../../domain/case.ts'
import type { GivenAnswer } from '../answers.ts'
import type { ReferralInput } from './referral.ts'

/** What is said of a victim is kept with the victim, also where it was handed in with the rest. */
export function withVictimsApart(input: ReferralInput): Case {
  const { area: _area, reference: _reference, child: _child, ...given } = input
  const theirs = Object.entries(given.facts).filter(([id]) => id.startsWith('victim.'))
  const nobody = theirs.every(([id, answer]) => id === 'victim.kind' && answer === 'none')
  if (theirs.length === 0 || nobody || given.victims) return given
  const rest = Object.entries(given.facts).filter(([id]) => !id.startsWith('victim.'))
  return {
    ...given,
    facts: Object.fromEntries(rest),
    victims: [{ facts: Object.fromEntries(theirs) }],
  }
}

/** Every answer of a case as it was handed in, and what it says is not known. */
export function answersIn(given: Case): GivenAnswer[] {
  const of = (about: GivenAnswer['about'], facts: Case['facts']): GivenAnswer[] =>
    Object.entries(facts).map(([fact, answer]) => ({
      about,
      fact,
      answer,
      ...(answer === null ? { because: given.notKnown?.[fact] } : {}),
    }))
  const said = of({ what: 'referral' }, given.facts)
  const unsaid = Object.entries(given.notKnown ?? {})
    .filter(([fact]) => !Object.hasOwn(given.facts, fact))
    .map(
      ([fact, because]): GivenAnswer => ({
        about: { what: 'referral' },
        fact,
        answer: null,
        because,
      }),
    )
  return [
    ...said,
    ...unsaid,
    ...(given.offences ?? []).flatMap((one, i) => of({ what: 'offence', number: i + 1 }, one)),
    ...(given.victims ?? []).flatMap((one, i) => of({ what: 'victim', number: i + 1 }, one.facts)),
  ]
}
