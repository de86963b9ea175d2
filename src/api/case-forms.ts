import type { Deps } from '../casework/casework.ts'
import { absent, type Outcome } from '../casework/casework.ts'
import {
  checklistSchema,
  fillChecklist,
  instrumentSchema,
  viewChecklists,
} from '../casework/checklists.ts'
import * as forms from '../casework/shapes/forms.ts'
import { acted } from '../casework/shapes/parts.ts'
import { listVictims, recordVictim, victimNumberSchema, victimSchema } from '../casework/victims.ts'
import { type Call, named, reads, writes } from './call.ts'

const checklists = '/v1/cases/{id}/checklists'
const victims = '/v1/cases/{id}/victims'
/** The calls on checklists and on victims. */
export const caseFormCalls = (deps: Deps): Call[] => [...checklistCalls(deps), ...victimCalls(deps)]

const checklistCalls = (deps: Deps): Call[] => [
  reads({
    path: checklists,
    summary: 'Which checklist applies, and what it lacks',
    tag: 'Checklists',
    answers: 'Each instrument, whether it applies and why, point by point',
    schema: forms.checklists,
    ofTheChild: true,
    answer: async ({ request, at }) =>
      named('checklists', await viewChecklists(deps, request, at.id)),
  }),
  reads({
    path: `${checklists}/{instrument}`,
    summary: 'One checklist',
    tag: 'Checklists',
    answers: 'The instrument, point by point',
    schema: forms.checklist,
    ofTheChild: true,
    answer: async ({ request, at }) =>
      oneOf(
        await viewChecklists(deps, request, at.id),
        ({ instrument }) => instrument === at.instrument,
      ),
  }),
  writes({
    method: 'put',
    path: `${checklists}/{instrument}`,
    summary: 'Fill in points of a checklist; points that are left out keep what they say',
    tag: 'Checklists',
    answers: 'The case after it',
    schema: acted,
    body: checklistSchema,
    answer: async ({ request, at, version, body }) => {
      const instrument = instrumentSchema.safeParse(at.instrument)
      return instrument.success
        ? after(await fillChecklist(deps, request, at.id, version, instrument.data, body))
        : absent
    },
  }),
]

const victimCalls = (deps: Deps): Call[] => [
  reads({
    path: victims,
    summary: 'The victims of a case',
    tag: 'Victims',
    answers: 'As much of each as your role sees',
    schema: forms.victims,
    ofTheChild: true,
    answer: async ({ request, at }) => named('victims', await listVictims(deps, request, at.id)),
  }),
  writes({
    method: 'post',
    path: victims,
    summary: 'Add a victim',
    tag: 'Victims',
    answers: 'The case after it, and the victim’s number',
    schema: forms.victimActed,
    body: victimSchema,
    answer: async ({ request, at, version, body }) =>
      after(await recordVictim(deps, request, at.id, version, 'new', body)),
  }),
  reads({
    path: `${victims}/{number}`,
    summary: 'One victim',
    tag: 'Victims',
    answers: 'As much as your role sees',
    schema: forms.victim,
    ofTheChild: true,
    answer: async ({ request, at }) =>
      oneOf(await listVictims(deps, request, at.id), ({ number }) => String(number) === at.number),
  }),
  writes({
    method: 'put',
    path: `${victims}/{number}`,
    summary: 'Record consent, views, safety or what a victim asks for',
    tag: 'Victims',
    answers: 'The case after it, and the victim’s number',
    schema: forms.victimActed,
    body: victimSchema,
    answer: async ({ request, at, version, body }) => {
      const number = victimNumberSchema.safeParse(Number(at.number))
      return number.success
        ? after(await recordVictim(deps, request, at.id, version, number.data, body))
        : absent
    },
  }),
]

/** One of all that was read, where it is there. */
function oneOf<T>(all: Outcome<readonly T[]>, isIt: (one: T) => boolean): Outcome<T> {
  if (!all.ok) return all
  const value = all.value.find(isIt)
  return value === undefined ? absent : { ok: true, value }
}

type After = { id: string; version: number; state: string }
/** The case after a write, without what is not said of it. */
const after = <T extends After & { answer?: unknown }>(acted: Outcome<T>) => {
  if (!acted.ok) return acted
  const { answer: _kept, ...value } = acted.value
  return { ok: true as const, value }
}
