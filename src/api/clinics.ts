import { z } from 'zod'
import type { Deps, Outcome } from '../casework/casework.ts'
import {
  agenda,
  attendanceSchema,
  chaseListOfClinic,
  chaseListOfPartnership,
  chaseQuerySchema,
  clinicPlanSchema,
  clinicsQuerySchema,
  closeClinic,
  conflictsSchema,
  listClinics,
  minutesSchema,
  openClinic,
  planClinic,
  setAttendance,
  setConflicts,
  setMinutes,
  viewClinic,
} from '../casework/clinics.ts'
import { agendaShape, chaseList, clinic, clinicRow, clinics } from '../casework/shapes/clinic.ts'
import { etag, refuseWith } from './answer.ts'
import { type Call, reads, writes } from './call.ts'

const tag = 'Clinics'
const one = '/v1/clinics/{id}'
const after = { tag, answers: 'The clinic after it', schema: clinicRow } as const

/** The calls on clinics: when they meet, who comes, what is on the agenda and what is awaited. */
export const clinicCalls = (deps: Deps): Call[] => [...readingCalls(deps), ...changingCalls(deps)]

const readingCalls = (deps: Deps): Call[] => [
  reads({
    path: '/v1/clinics',
    summary: 'The clinics of your partnership',
    tag,
    answers: 'The clinics',
    schema: clinics,
    query: clinicsQuerySchema,
    answer: ({ request, query }) => listClinics(deps, request, query),
  }),
  reads({
    path: one,
    summary: 'One clinic',
    tag,
    answers: 'Who comes, and which cases it has',
    schema: clinic,
    tagged: true,
    answer: ({ request, at }) => viewClinic(deps, request, at.id),
  }),
  reads({
    path: `${one}/agenda`,
    summary: 'The agenda, with how complete each case is',
    tag,
    answers: 'Each case with its sources, holds, quorum and what is missing',
    schema: agendaShape,
    tagged: true,
    answer: ({ request, at }) => agenda(deps, request, at.id),
  }),
  reads({
    path: `${one}/chase-list`,
    summary: 'What is still awaited for a clinic, by agency',
    tag,
    answers: 'Who owes what for which case',
    schema: chaseList,
    answer: ({ request, at }) => chaseListOfClinic(deps, request, at.id),
  }),
  reads({
    path: '/v1/chase-list',
    summary: 'What is still awaited in a partnership, by agency',
    tag,
    answers: 'Who owes what for which case',
    schema: chaseList,
    query: chaseQuerySchema,
    answer: ({ request, query }) => chaseListOfPartnership(deps, request, query),
  }),
]

const changingCalls = (deps: Deps): Call[] => [
  writes({
    method: 'post',
    path: '/v1/clinics',
    summary: 'Call a clinic',
    tag,
    answers: 'The clinic',
    schema: clinicRow,
    body: clinicPlanSchema,
    versioned: false,
    makes: true,
    answer: async ({ c, request, body }) => {
      const made = await planClinic(deps, request, body)
      if (!made.ok) return refuseWith(c, made)
      const { id, version } = made.value
      return c.json(made.value, 201, { ...etag(version), location: one.replace('{id}', id) })
    },
  }),
  writes({
    method: 'put',
    path: `${one}/attendance`,
    summary: 'Say who is there',
    ...after,
    body: z.strictObject({ attendance: attendanceSchema }),
    answer: async ({ request, at, version, body: { attendance } }) =>
      under('attendance', await setAttendance(deps, request, at.id, version, attendance)),
  }),
  writes({
    method: 'put',
    path: `${one}/conflicts`,
    summary: 'Say who has a conflict of interest in which case',
    ...after,
    body: z.strictObject({ conflicts: conflictsSchema }),
    answer: async ({ request, at, version, body: { conflicts } }) =>
      under('conflicts', await setConflicts(deps, request, at.id, version, conflicts)),
  }),
  writes({
    method: 'put',
    path: `${one}/minutes`,
    summary: 'Write the minutes',
    ...after,
    body: z.strictObject({ minutes: minutesSchema }),
    answer: async ({ request, at, version, body: { minutes } }) =>
      under('minutes', await setMinutes(deps, request, at.id, version, minutes)),
  }),
  writes({
    method: 'put',
    path: `${one}/state`,
    summary: 'Open or close a clinic',
    ...after,
    body: z.strictObject({ state: z.enum(['open', 'closed']) }),
    answer: async ({ request, at, version, body: { state } }) =>
      under(
        'state',
        await (state === 'open' ? openClinic : closeClinic)(deps, request, at.id, version),
      ),
  }),
]

/** A problem's place in the body that was sent, where the list stands under its name. */
const under = <T>(part: string, outcome: Outcome<T>): Outcome<T> =>
  outcome.ok || outcome.why !== 'unusable'
    ? outcome
    : {
        ...outcome,
        problems: outcome.problems.map((one) => ({
          ...one,
          pointer: `/${part}${one.pointer ?? ''}`,
        })),
      }
