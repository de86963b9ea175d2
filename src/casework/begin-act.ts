import type { Actor } from '../domain/roles.ts'
import { carryOut } from './carry-out.ts'
import {
  absent,
  accessFor,
  type Deps,
  done,
  type Outcome,
  type Repeatable,
  type Request,
  stale,
  unusable,
} from './casework.ts'
import { type Act, type Acted, emptyDraft, type Ready } from './draft.ts'
import { finish } from './finish.ts'
import type { Access, CaseRow, FilePart } from './ports.ts'
import { erased } from './reach.ts'
import { stepAll } from './step-charts.ts'

/** An act that has begun, and what the access log keeps of it. */
export type Begun = { act: Act; access: Access }

/**
 * Opens what an act needs to see of a case, logged, with nothing written yet.
 * @param version the version of the case that the caller saw
 */
export async function beginAct(
  deps: Deps,
  request: Request,
  { row, actor }: { row: CaseRow; actor: Actor },
  version: number,
  action: string,
  parts: readonly FilePart[],
): Promise<Outcome<Begun>> {
  const gone = erased(row)
  if (gone) return gone
  if (row.version !== version) return stale
  const access = accessFor(deps, request, actor, action)
  const set = deps.ruleSet(row.partnership)
  if (!set.ok) return unusable(...set.problems)
  const file = await deps.store.read(row.id, parts, access)
  if (!file?.recommendation) return absent
  if (file.row.version !== version) return stale
  const act: Act = {
    deps,
    file,
    actor,
    at: access.at,
    draft: emptyDraft(),
    answers: [...file.answers],
    recommendation: file.recommendation,
    ruleSet: set.value,
    clinic: undefined,
    delivery: undefined,
  }
  return done({ act, access })
}

/** Steps the charts by what happened, carries out what they ask for, and writes all of it. */
export async function completeAct(
  { act, access }: Begun,
  events: Ready,
  repeatable?: Repeatable,
): Promise<Outcome<Acted>> {
  const stepped = stepAll(act, events)
  if (!stepped.ok) return stepped
  carryOut(act, stepped.value)
  return finish(act, stepped.value, access, { repeatable })
}
