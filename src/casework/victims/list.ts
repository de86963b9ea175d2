import type { Part } from '../../access/fields.ts'
import type { Told } from '../../domain/told.ts'
import { absent, accessFor, type Deps, done, type Outcome, type Request } from '../casework.ts'
import type { AnswerEntry, CaseFile, VictimRow } from '../ports.ts'
import { erased, partsOf, reach } from '../reach.ts'
import type { victim } from '../shapes/forms.ts'
import { maySee } from '../shown-answers.ts'
import { scopeOf } from './shows.ts'

/** A victim as one reader sees them. */
export type VictimView = Told<typeof victim>

/**
 * The victims of a case. Everything for those who work with victims. The deciding roles see what
 * the victim thinks, and that only where the victim agreed that the clinic hears it. The reading is
 * logged as `victim.read`.
 */
export async function listVictims(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<readonly VictimView[]>> {
  const reached = await reach(deps, request.caller, id, 'victim.read')
  if (!reached.ok) return reached
  const { row, actor } = reached.value
  const gone = erased(row)
  if (gone) return gone
  const parts = partsOf(request.caller, row)
  const access = accessFor(deps, request, actor, 'victim.read')
  const file = await deps.store.read(id, ['victims'], access)
  if (!file) return absent
  return done(file.victims.map((victim) => shown(victim, file, parts)))
}

function shown(victim: VictimRow, file: CaseFile, parts: ReadonlySet<Part>): VictimView {
  const { number, offences } = victim
  const mine = file.answers.filter(
    ({ about }) => about.what === 'victim' && about.number === number,
  )
  const entries = file.victimEntries.filter((one) => one.number === number)
  if (parts.has('victim'))
    return {
      number,
      offences,
      facts: mine,
      entries: entries.map(({ id, kind, content, by, at }) => ({ id, kind, content, by, at })),
    }
  if (!scopeOf({ answers: mine, entries })?.includes('views-to-clinic'))
    return { number, offences, facts: [], says: notShared(mine) }
  const views = mine.filter((one) => maySee(one, parts))
  return { number, offences, facts: views.map(({ fact, answer }) => ({ fact, answer })) }
}

/** Agreeing to be contacted is not agreeing that the clinic hears one's words. */
const notShared = (answers: readonly AnswerEntry[]): string =>
  answers.some(({ fact, answer }) => fact === 'victim.views_sought' && answer === 'yes')
    ? 'The victim was asked. Nothing says that the clinic may hear the answer.'
    : 'Nothing says yet that the victim was asked.'
