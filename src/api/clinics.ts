import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Deps, Outcome, Request } from '../casework/casework.ts'
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
import type { ClinicRow } from '../casework/ports.ts'
import { etag, refuseWith } from './answer.ts'
import { agenda as agendaSchema, chaseList, clinic, clinicRow, clinics } from './answers/clinic.ts'
import { jsonBytes, parsed } from './body.ts'
import { versioned } from './case-forms.ts'
import { requestOf } from './cases.ts'
import { reads, writes } from './describe.ts'
import type { Identified } from './identify.ts'
import { queryIn, shown } from './reading.ts'

const tag = 'Clinics'
const one = '/v1/clinics/{id}'
const bodies = {
  attendance: z.strictObject({ attendance: attendanceSchema }),
  conflicts: z.strictObject({ conflicts: conflictsSchema }),
  minutes: z.strictObject({ minutes: minutesSchema }),
  state: z.strictObject({ state: z.enum(['open', 'closed']) }),
}
const routes = [
  reads({
    path: '/v1/clinics',
    summary: 'The clinics of your partnership',
    tag,
    answers: 'The clinics',
    schema: clinics,
    query: clinicsQuerySchema,
  }),
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
  }),
  reads({
    path: one,
    summary: 'One clinic',
    tag,
    answers: 'Who comes, and which cases it has',
    schema: clinic,
    tagged: true,
  }),
  reads({
    path: `${one}/agenda`,
    summary: 'The agenda, with how complete each case is',
    tag,
    answers: 'Each case with its sources, holds, quorum and what is missing',
    schema: agendaSchema,
    tagged: true,
  }),
  reads({
    path: `${one}/chase-list`,
    summary: 'What is still awaited for a clinic, by agency',
    tag,
    answers: 'Who owes what for which case',
    schema: chaseList,
  }),
  reads({
    path: '/v1/chase-list',
    summary: 'What is still awaited in a partnership, by agency',
    tag,
    answers: 'Who owes what for which case',
    schema: chaseList,
    query: chaseQuerySchema,
  }),
  ...(Object.keys(bodies) as (keyof typeof bodies)[]).map((part) =>
    writes({
      method: 'put',
      path: `${one}/${part}`,
      summary: {
        attendance: 'Say who is there',
        conflicts: 'Say who has a conflict of interest in which case',
        minutes: 'Write the minutes',
        state: 'Open or close a clinic',
      }[part],
      tag,
      answers: 'The clinic after it',
      schema: clinicRow,
      body: bodies[part],
    }),
  ),
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

/** The calls on clinics: when they meet, who comes, what is on the agenda and what is awaited. */
export function addClinics(app: OpenAPIHono<Identified>, deps: Deps): void {
  for (const route of routes) app.openAPIRegistry.registerPath(route)
  app.get('/v1/clinics', async (c) => {
    const query = queryIn(c, clinicsQuerySchema)
    if (query instanceof Response) return query
    return shown(c, await listClinics(deps, requestOf(c), query), (page) => page)
  })
  app.post('/v1/clinics', async (c) => {
    const bytes = await jsonBytes(c)
    if (bytes instanceof Response) return bytes
    const plan = parsed(c, bytes, clinicPlanSchema)
    if (plan instanceof Response) return plan
    const made = await planClinic(deps, requestOf(c), plan)
    if (!made.ok) return refuseWith(c, made)
    const { id, version } = made.value
    return c.json(made.value, 201, { ...etag(version), location: `/v1/clinics/${id}` })
  })
  app.get('/v1/clinics/:id', async (c) =>
    shown(c, await viewClinic(deps, requestOf(c), c.req.param('id')), (it) => it),
  )
  app.get('/v1/clinics/:id/agenda', async (c) =>
    shown(c, await agenda(deps, requestOf(c), c.req.param('id')), (it) => it),
  )
  app.get('/v1/clinics/:id/chase-list', async (c) =>
    shown(c, await chaseListOfClinic(deps, requestOf(c), c.req.param('id')), (it) => it),
  )
  app.get('/v1/chase-list', async (c) => {
    const query = queryIn(c, chaseQuerySchema)
    if (query instanceof Response) return query
    return shown(c, await chaseListOfPartnership(deps, requestOf(c), query), (it) => it)
  })
  const put = <K extends keyof typeof bodies>(
    part: K,
    set: (
      request: Request,
      id: string,
      version: number,
      body: z.output<(typeof bodies)[K]>,
    ) => Promise<Outcome<ClinicRow>>,
  ) =>
    app.put(`/v1/clinics/:id/${part}`, async (c: Context<Identified>) => {
      const sent = await versioned(
        c,
        bodies[part] as unknown as z.ZodType<z.output<(typeof bodies)[K]>>,
      )
      if (sent instanceof Response) return sent
      const id = c.req.param('id') ?? ''
      return shown(c, under(part, await set(requestOf(c), id, sent.version, sent.body)), (it) => it)
    })
  put('attendance', (request, id, version, { attendance }) =>
    setAttendance(deps, request, id, version, attendance),
  )
  put('conflicts', (request, id, version, { conflicts }) =>
    setConflicts(deps, request, id, version, conflicts),
  )
  put('minutes', (request, id, version, { minutes }) =>
    setMinutes(deps, request, id, version, minutes),
  )
  put('state', (request, id, version, { state }) =>
    (state === 'open' ? openClinic : closeClinic)(deps, request, id, version),
  )
}
