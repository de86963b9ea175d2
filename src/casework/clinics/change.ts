import { z } from 'zod'
import { agencies } from '../../domain/lists.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { idSchema, personRoles } from '../../domain/roles.ts'
import { type Deps, done, type Outcome, type Request, stale } from '../casework.ts'
import type { ClinicFile, ClinicRow } from '../ports.ts'
import { type ReachedClinic, reachClinic } from './reach.ts'

export const attendanceSchema = z
  .array(
    z.strictObject({
      person: idSchema,
      name: z.string().trim().min(1).max(120).optional(),
      role: z.enum(personRoles),
      agency: z.enum(agencies).describe('For whom they are there; the quorum counts it'),
      way: z.enum(['in-person', 'remote']),
    }),
  )
  .max(60)
  .refine((people) => new Set(people.map(({ person }) => person)).size === people.length, {
    error: 'names somebody twice: each person is there once, for one agency',
  })
export type AttendanceInput = z.output<typeof attendanceSchema>

export const minutesSchema = z
  .string()
  .trim()
  .min(1)
  .max(20_000)
  .nullable()
  .describe('Cases by their id, no names; null takes them out')

/** Who is there. What was said before is replaced, until the clinic is over. */
export const setAttendance = (
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  attendance: AttendanceInput,
): Promise<Outcome<ClinicRow>> =>
  change(deps, request, id, version, ({ row }) =>
    row.state === 'closed'
      ? notNow('clinic.attendance', 'The clinic is over: who was there stands in its decisions.')
      : done({ attendance }),
  )

/** The minutes of a clinic, sealed by the store. What was written before is replaced. */
export async function setMinutes(
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  minutes: z.output<typeof minutesSchema>,
): Promise<Outcome<ClinicRow>> {
  const { person } = request.caller
  return change(deps, request, id, version, async ({ items }) => {
    const rows = await Promise.all(items.map((item) => deps.store.whereIs(item.case)))
    // They cannot read the minutes, and would write over what they have not read.
    if (rows.some((row) => row?.barred.includes(person)))
      return notNow(
        'clinic.minutes',
        'Somebody who takes part in all of its cases keeps the minutes of a clinic.',
      )
    return done({ minutes })
  })
}

export const openClinic = (deps: Deps, request: Request, id: string, version: number) =>
  change(deps, request, id, version, ({ row }) =>
    row.state === 'planned'
      ? done({ row: { ...row, state: 'open' as const } })
      : notNow('clinic.open', `A clinic is opened once; this one is ${row.state} already.`),
  )

/** Ends a clinic, once nothing waits on its agenda any more. */
export const closeClinic = (deps: Deps, request: Request, id: string, version: number) =>
  change(deps, request, id, version, ({ row, items }) => {
    if (row.state === 'closed') return notNow('clinic.close', 'The clinic is over already.')
    const waiting = items.filter(({ state }) => state === 'listed' || state === 'in-clinic')
    return waiting.length === 0
      ? done({ row: { ...row, state: 'closed' as const } })
      : notNow(
          'clinic.close',
          `${waiting.length} of its cases still wait: decide, adjourn or postpone each of them first.`,
        )
  })

type Changed = Partial<Pick<ClinicFile, 'row' | 'attendance' | 'minutes'>>

/** Changes a clinic at the version that the caller saw, or not at all. */
async function change(
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  make: (file: ClinicFile) => Outcome<Changed> | Promise<Outcome<Changed>>,
): Promise<Outcome<ClinicRow>> {
  const reached = await reachClinic(deps, request, id, 'clinic.run')
  if (!reached.ok) return reached
  if (reached.value.file.row.version !== version) return stale
  const made = await make(reached.value.file)
  return made.ok ? saveClinic(deps, reached.value, made.value) : made
}

/** Saves parts of a clinic; stale where somebody changed it since it was read. */
export async function saveClinic(
  { store }: Deps,
  { file, access }: ReachedClinic,
  { row = file.row, ...more }: Partial<ClinicFile>,
): Promise<Outcome<ClinicRow>> {
  const { version } = file.row
  const next = { ...row, version: version + 1 }
  const saved = await store.saveClinic({ row: next, ...more }, version, access)
  return saved === 'stale' ? stale : done(next)
}

export const notNow = (asked: string, why: string): Outcome<never> => ({
  ok: false,
  why: 'refused',
  refusal: { kind: 'refusal', asked, why, allowed: [], blockedBy: [] } satisfies Refusal,
})
