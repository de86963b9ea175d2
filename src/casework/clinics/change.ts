import { z } from 'zod'
import { agencies } from '../../domain/lists.ts'
import { inWords } from '../../domain/plain-date.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { idSchema } from '../../domain/roles.ts'
import { type Deps, done, type Outcome, type Request, stale } from '../casework.ts'
import type { ClinicFile, ClinicRow } from '../ports.ts'
import { type ReachedClinic, reachClinic } from './reach.ts'
import { seatedRoles, seatsOf } from './seats.ts'

const memberSchema = z
  .strictObject({
    person: idSchema,
    name: z.string().trim().min(1).max(120).optional(),
    role: z.enum(seatedRoles),
    agency: z
      .enum(agencies)
      .describe(
        'For whom they are there, which their role decides: an officer for the police, a chair as the chair. The quorum counts it, and counts the police where a decision-maker is there',
      ),
    way: z.enum(['in-person', 'remote']),
  })
  .superRefine(({ role, agency }, { addIssue }) => {
    if (!seatsOf(role).includes(agency))
      addIssue({
        code: 'custom',
        path: ['agency'],
        message: `does not fit the role: a ${role} is there for ${seatsOf(role).join(' or ')}`,
      })
  })

export const attendanceSchema = z
  .array(memberSchema)
  .max(60)
  .refine((people) => new Set(people.map(({ person }) => person)).size === people.length, {
    error: 'names somebody twice: each person is there once, for one agency',
  })
export type AttendanceInput = z.output<typeof attendanceSchema>

/** Who is there. What was said before is replaced, until the clinic is over. */
export const setAttendance = (
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  attendance: AttendanceInput,
): Promise<Outcome<ClinicRow>> =>
  changeClinic(deps, request, id, version, ({ row }) =>
    row.state === 'closed'
      ? notNow('clinic.attendance', 'The clinic is over: who was there stands in its decisions.')
      : done({ attendance }),
  )

/** Begins a clinic, on its day or later: from then on it decides. */
export const openClinic = (deps: Deps, request: Request, id: string, version: number) =>
  changeClinic(deps, request, id, version, ({ row }) => {
    if (row.state !== 'planned')
      return notNow('clinic.open', `A clinic is opened once; this one is ${row.state} already.`)
    return row.heldOn <= deps.today()
      ? done({ row: { ...row, state: 'open' as const } })
      : notNow(
          'clinic.open',
          `This clinic meets on ${inWords(row.heldOn)}. Open it on that day, or call one for today.`,
        )
  })

/** Ends a clinic, once nothing waits on its agenda any more. */
export const closeClinic = (deps: Deps, request: Request, id: string, version: number) =>
  changeClinic(deps, request, id, version, ({ row, items }) => {
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
export async function changeClinic(
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
