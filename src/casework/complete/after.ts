import { fine, type Result } from '../../domain/problem.ts'
import { numbers } from '../assemble.ts'
import type { Act } from '../draft.ts'
import type { ConditionRow } from '../ports.ts'
import { bad, type Completer, chosenIn, contextOf, standingDecision } from './parts.ts'

const conditionsOf = (act: Act, ids: readonly string[]): Result<ConditionRow[]> => {
  const found = act.file.conditions.filter(({ id }) => ids.includes(id))
  const missing = ids.find((id) => !found.some((one) => one.id === id))
  return missing
    ? bad(`There is no condition "${missing}" in this case.`, 'Name one of its conditions by id.')
    : fine(found)
}
const changed = (act: Act, ids: readonly string[], state: ConditionRow['state']) => {
  const found = conditionsOf(act, ids)
  if (found.ok) act.draft.conditions.push(...found.value.map((one) => ({ ...one, state })))
  return found.ok ? fine({ fields: {} }) : found
}

/** Conditions for an offence that was taken out of the case: the child is held to none of them. */
const endedConditions = (act: Act): string[] =>
  act.file.decisions
    .flatMap(({ conditions }) => conditions)
    .filter(({ offence }) => contextOf(act).takenOut.includes(offence))
    .map(({ id }) => id)

/** What happens once it is decided: giving, carrying out, and what the police report. */
export const afterTheDecision: Readonly<Record<string, Completer>> = {
  'disposal.given': (act, { givenOn, follows }) => {
    const decision = act.file.decisions.find(({ id }) => id === standingDecision(act))
    const day = String(givenOn)
    const today = act.deps.today()
    if (decision && day < decision.at.slice(0, 10))
      return bad('That is before the day of the decision.', 'Give the day of giving.', '/givenOn')
    if (day > today)
      return bad('That day is still to come.', 'Record the giving when it is done.', '/givenOn')
    if (follows === 'nothing' && (decision?.conditions.length ?? 0) > 0)
      return bad(
        'The decision has conditions: they have to be delivered.',
        'Say "delivery".',
        '/follows',
      )
    return fine({ fields: {} })
  },
  'delivery.started': (act) =>
    fine({ fields: { disposals: [...new Set(chosenIn(act).map(({ disposal }) => disposal))] } }),
  'condition.met': (act, { conditionId }) => changed(act, [String(conditionId)], 'met'),
  'conditions.varied': (act, { conditionIds }) => changed(act, conditionIds as string[], 'varied'),
  'conditions.allMet': (act) => {
    const { delivery } = act
    const ended = endedConditions(act)
    const open = act.file.conditions.filter(
      (one) => one.delivery === delivery?.id && one.state !== 'met' && !ended.includes(one.id),
    )
    return fine({ fields: { open: open.map(({ id }) => id) } })
  },
  'manager.reviewed': (_, __, note) => fine({ fields: { noteId: note?.id } }),
  'police.reported': (act, { offences }) => {
    const { withPolice, reported } = contextOf(act)
    const returned = act.file.row.snapshot.value === 'returned'
    const theirs = returned ? numbers(act.file.row.offences) : withPolice
    const open = theirs.filter((one) => !reported.includes(one))
    const now = (offences as number[] | undefined) ?? open
    const left = open.filter((one) => !now.includes(one))
    return now.length > 0
      ? fine({ fields: { offences: now, left } })
      : bad('No offence was left to the police.', 'Say in "offences" which are meant.', '/offences')
  },
  'scrutiny.sampled': (act, _, note) =>
    fine({ fields: { sampleId: note?.id ?? act.deps.newId() } }),
}
