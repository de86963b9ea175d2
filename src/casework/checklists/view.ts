import type { Told } from '../../domain/told.ts'
import {
  absent,
  accessFor,
  type Deps,
  done,
  type Outcome,
  type Request,
  unusable,
} from '../casework.ts'
import type { CaseFile } from '../ports.ts'
import { erased, partsOf, reach } from '../reach.ts'
import { type Run, runRules } from '../run-rules.ts'
import type { checklist } from '../shapes/forms.ts'
import { isUnsealed } from '../shown-answers.ts'
import { type Instrument, instruments } from './instruments.ts'
import { progressOf } from './progress.ts'
import { shownPoints } from './shown.ts'
import { whichApplies } from './which-applies.ts'

/** A form of a case as its reader sees it. */
export type ChecklistView = Told<typeof checklist>

/**
 * Both forms for one case: which applies and by which rule, each point with its answer, and what is
 * missing. By the rules of today on the answers that stand. What was sealed is shown only to those
 * who may read it and say why; the reason stands in the access log.
 */
export async function viewChecklists(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<readonly ChecklistView[]>> {
  const reached = await reach(deps, request.caller, id, 'checklist.read')
  if (!reached.ok) return reached
  const { row, actor } = reached.value
  const gone = erased(row)
  if (gone) return gone
  const parts = partsOf(request.caller, row)
  const unsealed = isUnsealed(parts, request.purpose)
  const action = unsealed ? 'sealed.read' : 'checklist.read'
  const access = accessFor(deps, request, actor, action)
  const wanted = ['answers', 'victims', 'recommendation', 'checklists'] as const
  const file = await deps.store.read(id, wanted, access)
  if (!file) return absent
  const { answers, victims, recommendation: latest } = file
  const run = await runRules(deps, {
    row: file.row,
    victims,
    answers,
    latest,
    by: actor,
    at: access.at,
  })
  if (!run.ok) return unusable(...run.problems)
  const words = parts.has('words')
  return done(instruments.map((one) => viewOf(one, file, run.value, unsealed, words)))
}

function viewOf(
  instrument: Instrument,
  { answers, checklists }: CaseFile,
  { ruleSet, entry: { summary } }: Run,
  unsealed: boolean,
  words: boolean,
): ChecklistView {
  const entry = checklists.find((one) => one.instrument === instrument.id)
  return {
    ...whichApplies(instrument, summary, ruleSet),
    instrument: instrument.id,
    title: instrument.title,
    confirmed: instrument.confirmed,
    writtenBy: instrument.writtenBy ?? null,
    version: entry?.version ?? 0,
    filledBy: entry?.by ?? null,
    filledAt: entry?.at ?? null,
    progress: progressOf(instrument, entry?.answers ?? [], summary),
    points: shownPoints({ instrument, entry, answers, summary, ruleSet, unsealed, words }),
  }
}
