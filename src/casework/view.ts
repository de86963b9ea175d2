import { stateSays } from '../../machines/words.ts'
import { actorFor, type Caller, type Where } from '../access/caller.ts'
import { type Part, partsFor } from '../access/fields.ts'
import { closedOnly } from '../access/policy.ts'
import type { Actor } from '../domain/roles.ts'
import { actionsFor, type CaseAction } from './actions.ts'
import { absent, type Deps, done, notAllowed, type Outcome, type Request } from './casework.ts'
import type { AnswerEntry, CaseFile, CaseRow, DecisionEntry, FilePart } from './ports.ts'

/** A case as one caller sees it: what their roles may not see is not in it. */
export type CaseView = {
  id: string
  partnership: string
  area: string | null
  reference: string | null
  state: string
  stateSays: string
  version: number
  openedAt: string
  updatedAt: string
  status: CaseRow['status']
  dueOn: string | null
  clinic: string | null
  offences: number
  child?: { name?: string | undefined; dateOfBirth?: string | undefined }
  facts?: readonly ShownAnswer[]
  recommendation?: { id: string; asAt: string; status: string } | null
  decisions?: readonly (Omit<DecisionEntry, 'victimConsidered'> & { victimConsidered?: string })[]
  departures?: CaseFile['departures']
  conditions?: CaseFile['conditions']
  delivery?: { id: string; state: string; stateSays: string } | null
  words?: readonly { about: string; text: string; by: Actor; at: string }[]
  tasks: CaseFile['tasks']
  clocks: CaseFile['clocks']
  victims: number
  actions: readonly CaseAction[]
}

type ShownAnswer = Pick<
  AnswerEntry,
  'about' | 'fact' | 'answer' | 'because' | 'evidence' | 'suppliedBy' | 'by' | 'at'
>

export const whereOf = ({ partnership, area }: CaseRow): Where => ({
  partnership,
  ...(area ? { area } : {}),
})

/**
 * The case and the actor as whom a caller may do `action` with it. What belongs to others, what the
 * caller has a conflict of interest in, and what is not there are the same: absent.
 */
export async function reach(
  deps: Deps,
  caller: Caller,
  id: string,
  action: Parameters<typeof actorFor>[1],
): Promise<Outcome<{ row: CaseRow; actor: Actor }>> {
  const row = await deps.store.whereIs(id)
  if (!row || row.barred.includes(caller.person)) return absent
  const where = whereOf(row)
  const actor = actorFor(caller, action, where)
  if (!actor)
    return actorFor(caller, 'case.read', where) ? notAllowed('Your role may not do this.') : absent
  if (closedOnly(actor.role) && row.snapshot.value !== 'closed') return absent
  return done({ row, actor })
}

/** One case with what may be done with it now by this caller. The reading is logged first. */
export async function viewCase(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<CaseView>> {
  const reached = await reach(deps, request.caller, id, 'case.read')
  if (!reached.ok) return reached
  const { row, actor } = reached.value
  const parts = partsFor(request.caller, whereOf(row))
  const file = await deps.store.read(id, openedFor(parts), {
    actor,
    at: deps.now(),
    action: 'case.read',
    requestId: request.requestId,
    purpose: request.purpose,
  })
  return file ? done(shown(file, parts, request.caller)) : absent
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

function shown(file: CaseFile, parts: ReadonlySet<Part>, caller: Caller): CaseView {
  const { row, recommendation } = file
  const delivery = file.deliveries.at(-1)
  const {
    snapshot,
    child: _child,
    barred: _barred,
    erasedAt: _erasedAt,
    recommendation: _recommendation,
    ...open
  } = row
  return {
    ...open,
    state: snapshot.value,
    stateSays: stateSays.referral[snapshot.value] ?? '',
    ...(parts.has('identity') ? { child: file.identity ?? {} } : {}),
    ...(parts.has('facts') || parts.has('protected')
      ? { facts: file.answers.filter((one) => ofTheCase(one, parts)).map(shownAnswer) }
      : {}),
    ...(parts.has('recommendation')
      ? {
          recommendation: recommendation && {
            id: recommendation.id,
            asAt: recommendation.asAt,
            status: recommendation.status,
          },
        }
      : {}),
    ...(parts.has('decision')
      ? {
          decisions: file.decisions.map((one) => withoutVictims(one, parts)),
          departures: file.departures,
          conditions: file.conditions,
        }
      : {}),
    delivery: delivery
      ? {
          id: delivery.id,
          state: delivery.snapshot.value,
          stateSays: stateSays.delivery[delivery.snapshot.value] ?? '',
        }
      : null,
    ...(parts.has('words')
      ? { words: file.notes.map(({ about, text, by, at }) => ({ about, text, by, at })) }
      : {}),
    tasks: file.tasks.filter(({ doneAt }) => doneAt === null),
    clocks: file.clocks.filter(({ state }) => state === 'running'),
    victims: file.victims.length,
    actions: actionsFor(caller, whereOf(row), file),
  }
}

/** Facts that a victim's views are in; the rest that is kept of a victim is for victim liaison. */
const views = ['victim.view', 'victim.supports_informal', 'victim.wants_restorative_justice']

export function maySee({ kept, fact }: AnswerEntry, parts: ReadonlySet<Part>): boolean {
  if (kept === 'protected') return parts.has('protected')
  if (kept === 'victim')
    return parts.has('victim') || (parts.has('victim-views') && views.includes(fact))
  return parts.has('facts')
}

/** What a victim thinks is read with the victim, where it also says whether it may be heard. */
const ofTheCase = (one: AnswerEntry, parts: ReadonlySet<Part>): boolean =>
  one.kept === 'victim' ? parts.has('victim') : maySee(one, parts)

function withoutVictims(decision: DecisionEntry, parts: ReadonlySet<Part>) {
  const { victimConsidered, ...rest } = decision
  return parts.has('victim') || parts.has('victim-views') ? { ...rest, victimConsidered } : rest
}

const shownAnswer = (one: AnswerEntry): ShownAnswer => {
  const { about, fact, answer, because, evidence, suppliedBy, by, at } = one
  return { about, fact, answer, because, evidence, suppliedBy, by, at }
}
