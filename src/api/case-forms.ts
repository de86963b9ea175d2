import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Deps } from '../casework/casework.ts'
import { absent } from '../casework/casework.ts'
import {
  checklistSchema,
  fillChecklist,
  instrumentSchema,
  viewChecklists,
} from '../casework/checklists.ts'
import { listVictims, recordVictim, victimNumberSchema, victimSchema } from '../casework/victims.ts'
import { refuseWith, versionIn } from './answer.ts'
import * as forms from './answers/forms.ts'
import { acted as actedSchema } from './answers/parts.ts'
import { jsonBytes, parsed } from './body.ts'
import { requestOf } from './cases.ts'
import { reads, writes } from './describe.ts'
import type { Identified } from './identify.ts'
import { shown } from './reading.ts'

const checklists = '/v1/cases/{id}/checklists'
const victims = '/v1/cases/{id}/victims'
const routes = [
  reads({
    path: checklists,
    summary: 'Which checklist applies, and what it lacks',
    tag: 'Checklists',
    answers: 'Each instrument, whether it applies and why, point by point',
    schema: forms.checklists,
    ofTheChild: true,
  }),
  reads({
    path: `${checklists}/{instrument}`,
    summary: 'One checklist',
    tag: 'Checklists',
    answers: 'The instrument, point by point',
    schema: forms.checklist,
    ofTheChild: true,
  }),
  writes({
    method: 'put',
    path: `${checklists}/{instrument}`,
    summary: 'Fill in points of a checklist; points that are left out keep what they say',
    tag: 'Checklists',
    answers: 'The case after it',
    schema: actedSchema,
    body: checklistSchema,
  }),
  reads({
    path: victims,
    summary: 'The victims of a case',
    tag: 'Victims',
    answers: 'As much of each as your role sees',
    schema: forms.victims,
    ofTheChild: true,
  }),
  writes({
    method: 'post',
    path: victims,
    summary: 'Add a victim',
    tag: 'Victims',
    answers: 'The case after it, and the victim’s number',
    schema: forms.victimActed,
    body: victimSchema,
  }),
  reads({
    path: `${victims}/{number}`,
    summary: 'One victim',
    tag: 'Victims',
    answers: 'As much as your role sees',
    schema: forms.victim,
    ofTheChild: true,
  }),
  writes({
    method: 'put',
    path: `${victims}/{number}`,
    summary: 'Record consent, views, safety or what a victim asks for',
    tag: 'Victims',
    answers: 'The case after it, and the victim’s number',
    schema: forms.victimActed,
    body: victimSchema,
  }),
]

/** A versioned body, or the answer that says what is wrong with it. */
export async function versioned<T>(
  c: Context<Identified>,
  schema: z.ZodType<T>,
): Promise<{ version: number; body: T } | Response> {
  const version = versionIn(c)
  if (version instanceof Response) return version
  const bytes = await jsonBytes(c)
  if (bytes instanceof Response) return bytes
  const body = parsed(c, bytes, schema)
  return body instanceof Response ? body : { version, body }
}

/** The calls on checklists and on victims. */
export function addCaseForms(app: OpenAPIHono<Identified>, deps: Deps): void {
  for (const route of routes) app.openAPIRegistry.registerPath(route)
  app.get('/v1/cases/:id/checklists', async (c) =>
    shown(c, await viewChecklists(deps, requestOf(c), c.req.param('id')), (all) => ({
      checklists: all,
    })),
  )
  app.get('/v1/cases/:id/checklists/:instrument', async (c) => {
    const all = await viewChecklists(deps, requestOf(c), c.req.param('id'))
    if (!all.ok) return refuseWith(c, all)
    const one = all.value.find(({ instrument }) => instrument === c.req.param('instrument'))
    return one ? c.json(one, 200) : refuseWith(c, absent)
  })
  app.put('/v1/cases/:id/checklists/:instrument', async (c) => {
    const instrument = instrumentSchema.safeParse(c.req.param('instrument'))
    if (!instrument.success) return refuseWith(c, absent)
    const sent = await versioned(c, checklistSchema)
    if (sent instanceof Response) return sent
    const id = c.req.param('id')
    const request = requestOf(c)
    const filled = await fillChecklist(deps, request, id, sent.version, instrument.data, sent.body)
    return shown(c, filled, acted)
  })
  app.get('/v1/cases/:id/victims', async (c) =>
    shown(c, await listVictims(deps, requestOf(c), c.req.param('id')), (all) => ({ victims: all })),
  )
  app.get('/v1/cases/:id/victims/:number', async (c) => {
    const all = await listVictims(deps, requestOf(c), c.req.param('id'))
    if (!all.ok) return refuseWith(c, all)
    const one = all.value.find(({ number }) => String(number) === c.req.param('number'))
    return one ? c.json(one, 200) : refuseWith(c, absent)
  })
  const record = async (c: Context<Identified>, id: string, which: number | 'new') => {
    const sent = await versioned(c, victimSchema)
    if (sent instanceof Response) return sent
    const outcome = await recordVictim(deps, requestOf(c), id, sent.version, which, sent.body)
    return shown(c, outcome, (it) => ({ ...acted(it), victim: it.victim }))
  }
  app.post('/v1/cases/:id/victims', (c) => record(c, c.req.param('id'), 'new'))
  app.put('/v1/cases/:id/victims/:number', async (c) => {
    const number = victimNumberSchema.safeParse(Number(c.req.param('number')))
    return number.success ? record(c, c.req.param('id'), number.data) : refuseWith(c, absent)
  })
}

const acted = ({ id, version, state }: { id: string; version: number; state: string }) => ({
  id,
  version,
  state,
})
