import { actorFor } from '../../access/caller.ts'
import { police } from '../../access/role-groups.ts'
import { actParts } from '../act/what-is-opened.ts'
import { beginAct, completeAct } from '../begin-act.ts'
import {
  type Deps,
  done,
  notAllowed,
  type Outcome,
  type Repeatable,
  type Request,
  unusable,
} from '../casework.ts'
import type { Act, Acted, Ready } from '../draft.ts'
import type { AnswerEntry, CaseRow, ChecklistEntry } from '../ports.ts'
import { partsOf, reach, whereOf } from '../reach.ts'
import { type Run, runRules } from '../run-rules.ts'
import type { ChecklistInput } from './input.ts'
import { type Instrument, instrumentOf, instruments } from './instruments.ts'
import { misfits } from './misfits.ts'
import { events, factsOf, merged, write } from './new-version.ts'
import { progressOf } from './progress.ts'
import { whichApplies } from './which-applies.ts'

/**
 * Fills in points of a form: a new version supersedes the one before, the facts that follow from it
 * are written in the same transaction, how far the form is among them, and the rules run again. A
 * form that the rules do not ask for in this case is refused.
 * @param version the version of the case that the caller saw
 */
export async function fillChecklist(
  deps: Deps,
  request: Request,
  id: string,
  version: number,
  which: Instrument['id'],
  input: ChecklistInput,
  repeatable?: Repeatable,
): Promise<Outcome<Acted>> {
  const reached = await reach(deps, request.caller, id, 'checklist.fill')
  if (!reached.ok) return reached
  const instrument = instrumentOf(which)
  const actor = writer(request, reached.value.row, instrument)
  if (!actor)
    return notAllowed(
      `${instrument.title} is written by an officer. Others give the officer what they know.`,
    )
  const parts = [...actParts, 'checklists'] as const
  const who = { row: reached.value.row, actor }
  const begun = await beginAct(deps, request, who, version, 'checklist.fill', parts)
  if (!begun.ok) return begun
  const maySeal = partsOf(request.caller, who.row).has('sealed')
  const ready = await prepare(begun.value.act, instrument, input, maySeal)
  return ready.ok ? completeAct(begun.value, ready.value, repeatable) : ready
}

/** As whom the caller writes: a form that may not be handed on is written by an officer. */
function writer({ caller }: Request, row: CaseRow, { writtenBy }: Instrument) {
  const grants = writtenBy
    ? caller.grants.filter(({ role }) => police.includes(role))
    : caller.grants
  return actorFor({ ...caller, grants }, 'checklist.fill', whereOf(row))
}

/** Puts the new version and its facts into the draft. */
async function prepare(
  act: Act,
  instrument: Instrument,
  input: ChecklistInput,
  maySeal: boolean,
): Promise<Outcome<Ready>> {
  const { file, draft, deps, actor: by, at } = act
  const before = file.checklists.find((one) => one.instrument === instrument.id)
  const wrong = misfits(instrument, input, before, act.ruleSet, deps.today(), maySeal)
  if (wrong.length > 0) return unusable(...wrong)
  const now = await rulesOn(act, file.answers)
  if (!now.ok) return now
  const { summary } = now.value.entry
  const { applies, why } = whichApplies(instrument, summary, act.ruleSet)
  if (applies === 'no') return otherForm(instrument, why, now.value)
  const entry: ChecklistEntry = {
    id: deps.newId(),
    by,
    at,
    instrument: instrument.id,
    version: (before?.version ?? 0) + 1,
    answers: merged(instrument, input, before, act),
  }
  draft.checklists.push(entry)
  write(
    act,
    instrument.points.flatMap((point) => factsOf(point.id, instrument, input, act)),
  )
  const then = await rulesOn(act, act.answers)
  if (!then.ok) return then
  const progress = progressOf(instrument, entry.answers, then.value.entry.summary)
  write(act, [{ about: { what: 'referral' }, fact: instrument.progress, answer: progress }])
  return done(events(act, instrument))
}

/** What the rules of today say on some answers; nothing of it is kept. */
async function rulesOn(act: Act, answers: readonly AnswerEntry[]): Promise<Outcome<Run>> {
  const { row, victims } = act.file
  const { recommendation: latest = null, actor: by, at } = act
  const run = await runRules(act.deps, { row, victims, answers, latest, by, at })
  return run.ok ? done(run.value) : unusable(...run.problems)
}

/** The refusal of a form that is not for this case, with the one that is. */
function otherForm(instrument: Instrument, why: string, run: Run): Outcome<never> {
  const { summary } = run.entry
  const others = instruments.filter(
    (one) => one !== instrument && whichApplies(one, summary, run.ruleSet).applies === 'yes',
  )
  const instead = others.map(({ title }) => ` The form for this case is: ${title}.`).join('')
  return {
    ok: false,
    why: 'refused',
    refusal: {
      kind: 'refusal',
      asked: `checklist:${instrument.id}`,
      why: `${instrument.title} is not for this case. ${why}${instead}`,
      allowed: others.map(({ id }) => `checklist:${id}`),
      blockedBy: [],
    },
  }
}
