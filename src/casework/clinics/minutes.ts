import { z } from 'zod'
import { inWords } from '../../domain/plain-date.ts'
import { type Deps, done, type Outcome, type Request } from '../casework.ts'
import type { ClinicRow } from '../ports.ts'
import { changeClinic, notNow } from './change.ts'

export const minutesSchema = z
  .string()
  .trim()
  .min(1)
  .max(20_000)
  .nullable()
  .describe(
    'Cases by their id, no names. Until the clinic is over they are replaced, and null takes them out; after that, what is sent is added, with the day and who added it',
  )

/**
 * The minutes of a clinic, sealed by the store. What was written before is replaced until the clinic
 * is over. From then on nothing that stands there changes: what is sent is added below it.
 */
export async function setMinutes(
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  minutes: z.output<typeof minutesSchema>,
): Promise<Outcome<ClinicRow>> {
  const { person } = request.caller
  return changeClinic(deps, request, id, version, async ({ row, items, minutes: before }) => {
    const rows = await deps.store.whereAre(items.map((item) => item.case))
    // They cannot read the minutes, and would write over what they have not read.
    if (rows.some((row) => row.barred.includes(person)))
      return notNow(
        'clinic.minutes',
        'Somebody who takes part in all of its cases keeps the minutes of a clinic.',
      )
    if (row.state !== 'closed') return done({ minutes })
    if (minutes === null)
      return notNow(
        'clinic.minutes',
        'The clinic is over: its minutes stay as they are. Send what is to be added below them.',
      )
    const added = `Added on ${inWords(deps.today())} by ${person}: ${minutes}`
    return done({ minutes: before === null ? added : `${before}\n\n${added}` })
  })
}
