import { z } from 'zod'
import { scopesFor } from '../access/caller.ts'
import type { Told } from '../domain/told.ts'
import { type Deps, done, notAllowed, type Outcome, type Request, unusable } from './casework.ts'
import { cursorSchema, readCursor, writeCursor } from './cursor.ts'
import type { AccessRow } from './ports.ts'
import type { accessPage } from './shapes/story.ts'

/** What the access log is narrowed by. */
export const accessQuerySchema = z.strictObject({
  case: z.string().min(1).max(64).optional().describe('Only what concerns this case'),
  limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(25),
  cursor: cursorSchema,
})
export type AccessQuery = z.output<typeof accessQuerySchema>

/** `next` is null on the last page; a full page may be the last one, and then the next is empty. */
export type AccessPage = Told<typeof accessPage>

const placeSchema = z.tuple([z.string().min(1).max(80), z.int().positive()])

/**
 * Who saw and changed what, for auditors: by partnership, the newest first. It names people and
 * children by id alone, and reading it is not logged again.
 */
export async function accessLog(
  deps: Deps,
  { caller }: Request,
  query: AccessQuery,
): Promise<Outcome<AccessPage>> {
  const { cursor, limit } = query
  const place = cursor === undefined ? undefined : readCursor(cursor, placeSchema)
  if (place && !place.ok) return unusable(...place.problems)
  const scopes = scopesFor(caller, 'audit.read')
  if (scopes.length === 0) return notAllowed('Your role may not read the access log.')
  const entries = await deps.store.accessLog({
    scopes,
    limit,
    ...(query.case === undefined ? {} : { case: query.case }),
    ...(place ? { after: { partnership: place.value[0], seq: place.value[1] } } : {}),
  })
  const last = entries.length === limit ? entries.at(-1) : undefined
  return done({
    entries: entries.map((row) => ({ ...row, ...theOneCase(row, query.case) })),
    next: last ? writeCursor([last.partnership, last.seq]) : null,
  })
}

/** The case and the child of a row that is about one case, or that names the one asked for. */
function theOneCase({ cases }: AccessRow, asked: string | undefined) {
  const one =
    cases.find((each) => each.case === asked) ?? (cases.length === 1 ? cases[0] : undefined)
  return { case: one?.case ?? null, child: one?.child ?? null }
}
