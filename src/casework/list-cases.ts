import { z } from 'zod'
import { statesOf } from '../../machines/charts.ts'
import { stateSays } from '../../machines/words.ts'
import { actorFor, type Caller, scopesFor } from '../access/caller.ts'
import { type Action, closedOnly } from '../access/policy.ts'
import { instantSchema } from '../domain/events/parts.ts'
import { statuses } from '../domain/lists.ts'
import { plainDateSchema } from '../domain/plain-date.ts'
import type { Actor } from '../domain/roles.ts'
import type { Told } from '../domain/told.ts'
import {
  accessFor,
  type Deps,
  done,
  notAllowed,
  type Outcome,
  type Request,
  unusable,
} from './casework.ts'
import { cursorSchema, readCursor, writeCursor } from './cursor.ts'
import type { CaseQuery, CaseRow, ChildIdentity, Scope } from './ports.ts'
import { erasedSays, partsOf } from './reach.ts'
import type { casePage, listedCase } from './shapes/case.ts'

const states = statesOf('referral') as [string, ...string[]]

/** What a list of cases is narrowed by. */
export const caseQuerySchema = z.strictObject({
  state: z.enum(states).optional().describe('Where the case stands'),
  status: z.enum(statuses).optional().describe('By its latest recommendation'),
  dueBy: plainDateSchema.optional().describe('Something is due on this day or before'),
  reference: z.string().min(1).max(40).optional().describe('The police’s own reference, whole'),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(25),
  cursor: cursorSchema,
})
export type CaseListQuery = z.output<typeof caseQuerySchema>

/**
 * A case as a list shows it. The child is there only for whoever may see who the child is, and so is
 * the nearest day, which may be the eighteenth birthday. The date of birth stands with the case.
 */
export type ListedCase = Told<typeof listedCase>

/** `next` is null on the last page; a full page may be the last one, and then the next is empty. */
export type CasePage = Told<typeof casePage>

const placeSchema = z.tuple([instantSchema, z.string().min(1).max(64)])

/**
 * The cases that a caller may list, newest change first. Each one that is found is logged. A caller
 * with a conflict of interest in a case does not find it.
 */
export async function listCases(
  deps: Deps,
  request: Request,
  query: CaseListQuery,
): Promise<Outcome<CasePage>> {
  const { cursor, limit } = query
  const place = cursor === undefined ? undefined : readCursor(cursor, placeSchema)
  if (place && !place.ok) return unusable(...place.problems)
  const lists = listsFor(request.caller, 'case.list', query)
  if (lists.length === 0) return notAllowed('Your role may not list cases.')
  const after = place && { updatedAt: place.value[0], id: place.value[1] }
  const page = await found(deps, request, lists, { limit, after })
  const last = page.length === limit ? page.at(-1)?.row : undefined
  return done({
    cases: page.map((one) => listed(request.caller, one)),
    next: last ? writeCursor([last.updatedAt, last.id]) : null,
  })
}

/** The newest of what each list finds; two roles may cover one case. */
async function found(
  deps: Deps,
  request: Request,
  lists: readonly List[],
  from: Pick<CaseQuery, 'limit' | 'after'>,
): Promise<Found[]> {
  const all: Found[] = []
  for (const { actor, ...narrowed } of lists) {
    const access = accessFor(deps, request, actor, 'case.list')
    all.push(...(await deps.store.list({ ...narrowed, ...from }, access)))
  }
  const once = new Map(all.map((one) => [one.row.id, one]))
  return [...once.values()].sort(newestFirst).slice(0, from.limit)
}

type List = Pick<CaseQuery, 'state' | 'status' | 'dueBy' | 'reference'> & {
  scopes: Scope[]
  actor: Actor
}

/**
 * What a caller lists in each of their roles, so that the log says in which. A role that sees closed
 * cases alone lists those alone.
 */
export function listsFor(
  caller: Caller,
  action: Action,
  { state, status, dueBy, reference }: Partial<CaseListQuery>,
): List[] {
  const lists = new Map<string, List>()
  for (const scope of scopesFor(caller, action)) {
    const actor = actorFor(caller, action, scope)
    if (!actor || (closedOnly(actor.role) && state !== undefined && state !== 'closed')) continue
    const key = `${actor.role} ${actor.agency}`
    const only = closedOnly(actor.role) ? 'closed' : state
    const list = lists.get(key) ?? { scopes: [], actor, state: only, status, dueBy, reference }
    const known = list.scopes.some((one) => sameScope(one, scope))
    lists.set(key, known ? list : { ...list, scopes: [...list.scopes, scope] })
  }
  return [...lists.values()]
}

const sameScope = (one: Scope, other: Scope): boolean =>
  one.partnership === other.partnership && one.area === other.area

type Found = { row: CaseRow; identity: ChildIdentity | null }

function listed(caller: Caller, { row, identity }: Found): ListedCase {
  const { id, partnership, area, reference, version, openedAt, updatedAt } = row
  const { status, dueOn, clinic, offences, snapshot, erasedAt } = row
  const identified = partsOf(caller, row).has('identity')
  return {
    ...{ id, partnership, area, reference, version, openedAt, updatedAt },
    ...{ status, dueOn: identified ? dueOn : null, clinic, offences, erasedAt },
    ...(erasedAt ? { says: erasedSays(erasedAt) } : {}),
    state: snapshot.value,
    stateSays: stateSays.referral[snapshot.value] ?? '',
    ...(identified ? { child: identity?.name === undefined ? {} : { name: identity.name } } : {}),
  }
}

/** By bytes, as the store orders. */
function newestFirst({ row: one }: Found, { row: other }: Found): number {
  if (one.updatedAt !== other.updatedAt) return one.updatedAt < other.updatedAt ? 1 : -1
  return one.id < other.id ? 1 : -1
}
