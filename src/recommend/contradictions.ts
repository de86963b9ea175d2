import type { Case } from '../domain/case.ts'
import { type Facts, lookUp } from '../domain/fact.ts'
import { type Problem, pointer } from '../domain/problem.ts'

/** What cannot all be true of one referral, or stands where it does not belong. */

/** What one child can answer differently of each offence; everything else about it is one answer. */
const ofAnOffence = new Set([
  'child.age_at_offence',
  'child.admits_offence',
  'child.accepts_responsibility',
  'child.agrees_to_take_part',
  'child.consents_to_conditions',
])

/**
 * A referral is about one child: an offence may not contradict what the referral says of the child,
 * and where there are several offences an admission is said of each (practice notes 1 and 7).
 */
export function twoChildren(given: Case): Problem[] {
  const offences = given.offences ?? []
  const contradictions = offences.flatMap((offence, i) =>
    Object.entries(offence)
      .filter(([id, answer]) => {
        const stated = lookUp(given.facts, id) ?? lookUp(offences[0] ?? {}, id)
        return (
          id.startsWith('child.') &&
          !ofAnOffence.has(id) &&
          stated != null &&
          answer != null &&
          JSON.stringify(stated) !== JSON.stringify(answer)
        )
      })
      .map(([id]) => ({
        message: `"${id}" is answered in two ways, but a referral is about one child.`,
        mend: 'Keep the answer that is right, beside the referral’s other facts.',
        pointer: pointer('offences', i, id),
      })),
  )
  const admitted = lookUp(given.facts, 'child.admits_offence')
  if (offences.length < 2 || admitted == null) return contradictions
  return [
    ...contradictions,
    {
      message: `"child.admits_offence" is said once for ${offences.length} offences.`,
      mend: 'Say it of each offence: an admission of one is not an admission of another.',
      pointer: pointer('facts', 'child.admits_offence'),
    },
  ]
}

/** A count that was given and is not the number that is listed. */
export function miscounted(given: Case, shared: Facts): Problem[] {
  const counts = { offences: given.offences, victims: given.victims }
  return Object.entries(counts).flatMap(([what, list]) => {
    const id = `case.number_of_${what}`
    const said = shared[id]
    if (!list || said === undefined || said === list.length) return []
    return [
      {
        message: `"${id}" was given as ${said}, but the referral lists ${list.length} ${what}.`,
        mend: 'Correct the one that is wrong, or leave the number out.',
        pointer: pointer('facts', id),
      },
    ]
  })
}

/** Victims' facts stand with the referral, an offence or a victim; a victim holds nothing else. */
export function misplaced(facts: Record<string, unknown>, path: (string | number)[]): Problem[] {
  if (path[0] !== 'victims') return []
  return Object.keys(facts)
    .filter((id) => !id.startsWith('victim.'))
    .map((id) => ({
      message: `"${id}" is not about a victim.`,
      mend: 'Put it under facts, or under its offence.',
      pointer: pointer(...path, id),
    }))
}
