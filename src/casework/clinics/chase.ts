import { z } from 'zod'
import { actorFor, type Caller, scopesFor } from '../../access/caller.ts'
import { instantSchema, slugSchema } from '../../domain/events/parts.ts'
import { agencies } from '../../domain/lists.ts'
import type { Told } from '../../domain/told.ts'
import {
  accessFor,
  type Deps,
  done,
  notAllowed,
  type Outcome,
  type Request,
  unusable,
} from '../casework.ts'
import { cursorSchema, readCursor, writeCursor } from '../cursor.ts'
import { departuresNow } from '../gate.ts'
import type { CaseRow } from '../ports.ts'
import { partsOf, whereOf } from '../reach.ts'
import type { awaitedShape, chaseList } from '../shapes/clinic.ts'
import { type Awaited, awaited } from './awaited.ts'
import { reachClinic, seenItems, stillOn } from './reach.ts'

/** What an agency is asked for, in which case, and for how many days it has been awaited. */
export type Chased = Told<typeof awaitedShape>
export type ChaseList = Told<typeof chaseList>

export const chaseQuerySchema = z.strictObject({
  partnership: slugSchema,
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(25).describe('How many cases'),
  cursor: cursorSchema,
})
export type ChaseQuery = z.output<typeof chaseQuerySchema>

/** What is awaited, by agency, for the cases that wait on the agenda of a clinic. */
export async function chaseListOfClinic(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<ChaseList>> {
  const reached = await reachClinic(deps, request, id, 'clinic.read')
  if (!reached.ok) return reached
  const seen = await seenItems(deps, request.caller, reached.value.file)
  const rows = seen.filter(({ item }) => stillOn(item)).map(({ row }) => row)
  return done({ agencies: await chase(deps, request, rows), next: null })
}

const placeSchema = z.tuple([instantSchema, z.string().min(1).max(64)])

/** What is awaited, by agency, for the cases of a partnership, a page of its cases at a time. */
export async function chaseListOfPartnership(
  deps: Deps,
  request: Request,
  { partnership, limit, cursor }: ChaseQuery,
): Promise<Outcome<ChaseList>> {
  const place = cursor === undefined ? undefined : readCursor(cursor, placeSchema)
  if (place && !place.ok) return unusable(...place.problems)
  const scopes = scopesFor(request.caller, 'clinic.read').filter(
    (one) => one.partnership === partnership,
  )
  const actor = scopes[0] && actorFor(request.caller, 'clinic.read', scopes[0])
  if (!actor) return notAllowed('Your role may not see there what is awaited.')
  const after = place && { updatedAt: place.value[0], id: place.value[1] }
  const access = accessFor(deps, request, actor, 'case.chase')
  const found = await deps.store.list({ scopes, limit, after }, access)
  const rows = found.map(({ row }) => row)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return done({
    agencies: await chase(deps, request, rows),
    next: last ? writeCursor([last.updatedAt, last.id]) : null,
  })
}

async function chase(
  deps: Deps,
  request: Request,
  rows: readonly CaseRow[],
): Promise<ChaseList['agencies']> {
  const all: Chased[] = []
  for (const row of rows) all.push(...(await chasedIn(deps, request, row)))
  return agencies
    .map((agency) => ({ agency, awaited: all.filter((one) => one.of === agency).sort(longest) }))
    .filter((one) => one.awaited.length > 0)
}

async function chasedIn(deps: Deps, request: Request, row: CaseRow): Promise<Chased[]> {
  const actor = mayChase(request.caller, row)
  const set = deps.ruleSet(row.partnership)
  if (!actor || !set.ok) return []
  const access = accessFor(deps, request, actor, 'case.chase')
  const file = await deps.store.read(row.id, ['departures'], access)
  const made = await deps.store.recommendations(row.id, access)
  if (!file) return []
  const { facts } = set.value.policy
  const list = awaited(
    file.row.snapshot.value,
    made,
    departuresNow(file.row, file.departures),
    facts,
    deps.today(),
  )
  const words = partsOf(request.caller, row).has('words')
  return list.map((one) => ({
    ...(words ? one : withoutWords(one)),
    case: row.id,
    reference: row.reference,
  }))
}

/** Why something is not known is in the words of whoever said so. */
const withoutWords = ({ because: _because, ...rest }: Awaited): Awaited => rest

/** What is awaited is what the rules ask for: nobody learns it who may not read the recommendation. */
const mayChase = (caller: Caller, row: CaseRow) =>
  row.barred.includes(caller.person) || row.erasedAt
    ? undefined
    : actorFor(caller, 'case.read-recommendation', whereOf(row))

const longest = (one: Chased, other: Chased): number =>
  other.days - one.days || (`${one.case} ${one.id}` < `${other.case} ${other.id}` ? -1 : 1)
