import { type Problem, pointer } from '../domain/problem.ts'

/**
 * What is wrong with the offences that an event names: each must be one of the case, named once.
 * @param named the event as it was asked for; one that names no offences is fine
 * @param most how many offences the case has
 */
export function offencesNamed(named: { offences?: unknown }, most: number): Problem[] {
  const offences: readonly unknown[] = Array.isArray(named.offences) ? named.offences : []
  return offences.flatMap((offence, i): Problem[] => {
    const at = pointer('offences', i)
    if (typeof offence !== 'number' || offence < 1 || offence > most)
      return [
        {
          message: `There is no offence ${offence} in this case.`,
          mend: `Its offences are numbered from 1; it has ${most}.`,
          pointer: at,
        },
      ]
    if (offences.indexOf(offence) === i) return []
    return [{ message: `Offence ${offence} is named twice.`, mend: 'Name it once.', pointer: at }]
  })
}
