import { actorFor } from '../access/caller.ts'
import { type Action, closedOnly } from '../access/policy.ts'
import type { Actor } from '../domain/roles.ts'
import { begin } from './act/begin.ts'
import { partsOf } from './act/what-is-opened.ts'
import type { Asked } from './asked.ts'
import { carryOut } from './carry-out.ts'
import {
  absent,
  accessFor,
  type Deps,
  notAllowed,
  type Outcome,
  type Repeatable,
  type Request,
  stale,
  unusable,
} from './casework.ts'
import { sitting } from './clinics/sitting.ts'
import { complete } from './complete.ts'
import type { Acted } from './draft.ts'
import { finish } from './finish.ts'
import type { Access, CaseFile } from './ports.ts'
import { erased, reach, whereOf } from './reach.ts'
import { outOfPlace, stepAll } from './step-charts.ts'
import { isRipe, sweeper } from './sweep/due-items.ts'

/**
 * One thing that happened, as somebody asks for it to be recorded. Works out what the event shows,
 * runs the rules where the gate or the record needs it, steps the chart, carries out what it asks
 * for and writes all of it in one transaction; or says why not, and writes nothing.
 * @param version the version of the case that the caller saw
 */
export async function act(
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  asked: Asked,
  repeatable?: Repeatable,
): Promise<Outcome<Acted>> {
  const reached = await reach(deps, request.caller, id, 'case.read')
  if (!reached.ok) return reached
  const { row } = reached.value
  const actor = actorFor(request.caller, `event:${asked.type}` as Action, whereOf(row))
  if (!actor) return notAllowed(`Your role may not record "${asked.type}".`)
  if (closedOnly(actor.role) && row.snapshot.value !== 'closed') return absent
  const gone = erased(row)
  if (gone) return gone
  if (row.version !== version) return stale
  return actAs(deps, actor, request, id, version, asked, repeatable)
}

/** The same for an actor who is known already: a person above, or the sweeper. */
export async function actAs(
  deps: Deps,
  actor: Actor,
  request: Pick<Request, 'requestId' | 'purpose'>,
  id: string,
  version: number,
  asked: Asked,
  repeatable?: Repeatable,
): Promise<Outcome<Acted>> {
  const access = accessFor(deps, request, actor, `event:${asked.type}`)
  const outcome = await acted(deps, actor, access, id, version, asked, repeatable)
  // The commit logs what was done. Where there was none, that it was tried is logged here.
  if (!outcome.ok) await deps.store.read(id, [], access)
  return outcome
}

async function acted(
  deps: Deps,
  actor: Actor,
  access: Access,
  id: string,
  version: number,
  asked: Asked,
  repeatable: Repeatable | undefined,
): Promise<Outcome<Acted>> {
  const { at } = access
  const file = await deps.store.open(id, partsOf(asked.type))
  if (!file) return absent
  if (file.row.version !== version) return stale
  if (birthdayCame(file, asked, deps.today())) return recordBirthday(deps, access, file)
  const begun = await begin(deps, file, actor, at, access, asked)
  if (!begun.ok) return begun
  const one = begun.value
  const refused = outOfPlace(one, asked.type)
  if (refused) return refused
  const sits = sitting(one, asked)
  if (!sits.ok) return sits
  const ready = complete(one, asked)
  if (!ready.ok) return unusable(...ready.problems)
  const stepped = stepAll(one, ready.value)
  if (!stepped.ok) return stepped
  carryOut(one, stepped.value)
  return finish(one, stepped.value, access, { repeatable })
}

/** Whether the child is eighteen today and the sweeper has not been round yet. */
const birthdayCame = ({ clocks, row }: CaseFile, { type }: Asked, today: string): boolean =>
  type !== 'child.turnedEighteen' &&
  row.snapshot.value !== 'closed' &&
  !(row.snapshot.context as { turnedEighteen?: boolean }).turnedEighteen &&
  clocks.some((clock) => clock.what === 'eighteenth-birthday' && isRipe(clock, today))

/**
 * Nothing is done to a case on the strength of an age that is past: the birthday is recorded first,
 * and whoever asked is told that the case has changed.
 */
async function recordBirthday(
  deps: Deps,
  access: Access,
  { row }: CaseFile,
): Promise<Outcome<Acted>> {
  const born = { ...access, actor: sweeper, action: 'case.sweep' }
  const asked = { type: 'child.turnedEighteen' }
  const came = await acted(deps, sweeper, born, row.id, row.version, asked, undefined)
  return came.ok ? stale : came
}
