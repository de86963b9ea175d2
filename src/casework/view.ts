import { stateSays } from '../../machines/words.ts'
import type { Part } from '../access/fields.ts'
import type { Told } from '../domain/told.ts'
import { actionsFor } from './actions.ts'
import { markedInUse } from './answers/in-use.ts'
import { absent, accessFor, type Deps, done, type Outcome, type Request } from './casework.ts'
import { nearest } from './clocks.ts'
import type { CaseFile, ChildIdentity, ClockRow, FilePart } from './ports.ts'
import { erasedSays, partsOf, reach, whereOf } from './reach.ts'
import type { caseView } from './shapes/case.ts'
import { isUnsealed, shownAnswers } from './shown-answers.ts'
import { shownDecision, shownDeparture, shownNotes } from './shown-record.ts'

/** A case as one caller sees it: what their roles may not see is not in it. */
export type CaseView = Told<typeof caseView>

/**
 * One case with what may be done with it now by this caller. The reading is logged first: as
 * `sealed.read` where the caller may read what is sealed, and says why.
 */
export async function viewCase(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<CaseView>> {
  const reached = await reach(deps, request.caller, id, 'case.read')
  if (!reached.ok) return reached
  const { row, actor } = reached.value
  const parts = partsOf(request.caller, row)
  const unsealed = isUnsealed(parts, request.purpose)
  const action = unsealed ? 'sealed.read' : 'case.read'
  const access = accessFor(deps, request, actor, action)
  const file = await deps.store.read(id, openedFor(parts), access)
  if (!file) return absent
  const set = deps.ruleSet(row.partnership)
  const facts = set.ok ? set.value.policy.facts : {}
  const view = shown(file, parts, unsealed)
  const known = set.ok && view.facts?.map((one) => markedInUse(set.value.policy, one))
  return done({
    ...view,
    ...(known ? { facts: known } : {}),
    actions: actionsFor(request.caller, whereOf(row), file, facts),
  })
}

/** Only what will be shown, or is needed to say what may be done, is opened. */
function openedFor(parts: ReadonlySet<Part>): FilePart[] {
  const when = (part: Part, ...opened: FilePart[]) => (parts.has(part) ? opened : [])
  return [
    'tasks',
    'clocks',
    'deliveries',
    'departures',
    'recommendation',
    'decisions',
    'victims',
    ...when('identity', 'identity'),
    ...(parts.has('facts') || parts.has('protected') ? (['answers'] as const) : []),
    ...when('words', 'notes'),
  ]
}

function shown(
  file: CaseFile,
  parts: ReadonlySet<Part>,
  unsealed: boolean,
): Omit<CaseView, 'actions'> {
  const { row } = file
  // Named one by one, so that what is added to the row is not shown by that alone.
  const { id, partnership, area, reference, version, openedAt, updatedAt, snapshot } = row
  const { status, clinic, offences, erasedAt } = row
  const tasks = file.tasks.filter(({ doneAt }) => doneAt === null)
  const clocks = file.clocks.filter((one) => one.state === 'running' && mayRead(one, parts))
  return {
    ...{ id, partnership, area, reference, version, openedAt, updatedAt },
    ...{ status, clinic, offences, erasedAt },
    state: snapshot.value,
    stateSays: stateSays.referral[snapshot.value] ?? '',
    ...(erasedAt ? { says: erasedSays(erasedAt) } : {}),
    dueOn: nearest([...tasks, ...clocks].map(({ dueOn }) => dueOn)),
    ...(parts.has('identity') ? { child: childOf(file) } : {}),
    ...(parts.has('facts') || parts.has('protected')
      ? { facts: shownAnswers(file.answers, parts, unsealed) }
      : {}),
    ...recommendedAndDecided(file, parts),
    delivery: deliveryOf(file),
    ...(parts.has('words') ? { words: shownNotes(file.notes) } : {}),
    tasks,
    clocks,
    victims: file.victims.length,
  }
}

/** The eighteenth birthday tells when the child was born. */
const mayRead = ({ what }: ClockRow, parts: ReadonlySet<Part>): boolean =>
  what !== 'eighteenth-birthday' || parts.has('identity')

/** Who the child is; the date of birth is the one that stands among the answers, if any does. */
function childOf({ identity, answers }: CaseFile): ChildIdentity {
  const said = answers.find(({ fact }) => fact === 'child.date_of_birth')
  if (!said) return identity ?? {}
  const { dateOfBirth: _before, ...rest } = identity ?? {}
  return typeof said.answer === 'string' ? { ...rest, dateOfBirth: said.answer } : rest
}

function recommendedAndDecided(
  { row, recommendation, decisions, departures, conditions }: CaseFile,
  parts: ReadonlySet<Part>,
): Pick<CaseView, 'recommendation' | 'decisions' | 'departures' | 'conditions'> {
  const latest = recommendation && {
    id: recommendation.id,
    asAt: recommendation.asAt,
    status: recommendation.status,
  }
  const ofVictims = parts.has('victim') || parts.has('victim-views')
  return {
    ...(parts.has('recommendation') ? { recommendation: latest } : {}),
    ...(parts.has('decision')
      ? {
          decisions: decisions.map((one) => ({
            ...shownDecision(one, parts, row),
            ...(ofVictims ? { victimConsidered: one.victimConsidered } : {}),
          })),
          departures: departures.map((one) => shownDeparture(one, parts)),
          conditions,
        }
      : {}),
  }
}

function deliveryOf({ deliveries }: CaseFile): NonNullable<CaseView['delivery']> | null {
  const last = deliveries.at(-1)
  if (!last) return null
  const { value } = last.snapshot
  return { id: last.id, state: value, stateSays: stateSays.delivery[value] ?? '' }
}
