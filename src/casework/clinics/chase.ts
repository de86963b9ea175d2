import { z } from 'zod'
import { actorFor, type Caller, scopesFor } from '../../access/caller.ts'
import { instantSchema, slugSchema } from '../../domain/events/parts.ts'
import { agencies } from '../../domain/lists.ts'
import type { Actor } from '../../domain/roles.ts'
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
import type { CaseFile, CaseRow } from '../ports.ts'
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

/** The cases are read in one call and logged as one act. */
async function chase(
  deps: Deps,
  request: Request,
  rows: readonly CaseRow[],
): Promise<ChaseList['agencies']> {
  const all: Chased[] = []
  for (const { actor, ids } of byActor(request.caller, rows)) {
    const access = accessFor(deps, request, actor, 'case.chase')
    const files = await deps.store.readMany(ids, ['departures', 'recommendations'], access)
    all.push(...files.flatMap((file) => chasedIn(deps, request, file)))
  }
  return agencies
    .map((agency) => ({ agency, awaited: all.filter((one) => one.of === agency).sort(longest) }))
    .filter((one) => one.awaited.length > 0)
}

/** What a caller may chase, by the role in which they may: the log says in which, and mostly it is one. */
function byActor(caller: Caller, rows: readonly CaseRow[]) {
  const groups = new Map<string, { actor: Actor; ids: string[] }>()
  for (const row of rows) {
    const actor = mayChase(caller, row)
    if (!actor) continue
    const group = groups.get(JSON.stringify(actor)) ?? { actor, ids: [] }
    group.ids.push(row.id)
    groups.set(JSON.stringify(actor), group)
  }
  return groups.values()
}

function chasedIn(
  deps: Deps,
  request: Request,
  { row, departures, recommendations }: CaseFile,
): Chased[] {
  const set = deps.ruleSet(row.partnership)
  if (!set.ok) return []
  const { facts } = set.value.policy
  const list = awaited(
    row.snapshot.value,
    recommendations,
    departuresNow(row, departures),
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
