import { stateSays } from '../../../machines/words.ts'
import type { Caller } from '../../access/caller.ts'
import type { Part } from '../../access/fields.ts'
import type { Told } from '../../domain/told.ts'
import { type Deps, done, type Outcome, type Request } from '../casework.ts'
import { departuresNow, gatedBy } from '../gate.ts'
import type { CaseFile, FilePart } from '../ports.ts'
import { partsOf } from '../reach.ts'
import type { agendaCaseShape, agendaShape, fromTheRulesShape } from '../shapes/clinic.ts'
import { checklistsDue } from './checklists-due.ts'
import { quorumOfCase } from './quorum-of-case.ts'
import { type ReachedClinic, reachClinic, type SeenItem, seenItems, stillOn } from './reach.ts'
import { byAgency, owedBefore } from './sources.ts'

/** One case as the clinic has it before it. What a caller's roles may not see is not in it. */
export type AgendaCase = Told<typeof agendaCaseShape>

/** What the latest recommendation says of it. */
type FromTheRules = Told<typeof fromTheRulesShape>

export type Agenda = Told<typeof agendaShape>

/** The agenda of a clinic: its cases that still wait, those due first. Each reading is logged. */
export async function agenda(deps: Deps, request: Request, id: string): Promise<Outcome<Agenda>> {
  const reached = await reachClinic(deps, request, id, 'clinic.read')
  if (!reached.ok) return reached
  const seen = await seenItems(deps, request.caller, reached.value.file)
  const waiting = seen.filter(({ item }) => stillOn(item))
  const files = await filesOf(deps, request.caller, reached.value, waiting)
  const cases = waiting.flatMap((one) => {
    const file = files.get(one.row.id)
    return file ? [agendaCase(deps, request.caller, reached.value, one, file)] : []
  })
  return done({ ...reached.value.file.row, cases: cases.sort(dueFirst) })
}

/** The cases as far as this caller sees them: who the child is, only where they may know it. */
async function filesOf(
  deps: Deps,
  caller: Caller,
  { access }: ReachedClinic,
  seen: readonly SeenItem[],
): Promise<ReadonlyMap<string, CaseFile>> {
  const knows = ({ row }: SeenItem) => partsOf(caller, row).has('identity')
  const wanted = ['answers', 'recommendation', 'departures'] as const
  const read = (some: readonly SeenItem[], parts: readonly FilePart[]) =>
    some.length > 0
      ? deps.store.readMany(
          some.map(({ row }) => row.id),
          parts,
          access,
        )
      : []
  const files = await Promise.all([
    read(seen.filter(knows), [...wanted, 'identity']),
    read(
      seen.filter((one) => !knows(one)),
      wanted,
    ),
  ])
  return new Map(files.flat().map((one) => [one.row.id, one]))
}

function agendaCase(
  deps: Deps,
  caller: Caller,
  { file: clinic }: ReachedClinic,
  { item, row }: SeenItem,
  file: CaseFile,
): AgendaCase {
  const parts = partsOf(caller, row)
  const { value } = file.row.snapshot
  return {
    case: row.id,
    reference: row.reference,
    item: item.state,
    state: value,
    stateSays: stateSays.referral[value] ?? '',
    ...childOf(file, parts),
    // The nearest day may be the eighteenth birthday.
    dueOn: parts.has('identity') ? file.row.dueOn : null,
    quorum: quorumOfCase(deps, clinic, file.row, file.answers),
    ...(parts.has('recommendation') ? fromTheRules(deps, file) : {}),
  }
}

function childOf({ identity }: CaseFile, parts: ReadonlySet<Part>): Pick<AgendaCase, 'child'> {
  if (!parts.has('identity')) return {}
  const name = identity?.name
  return { child: name ? { name, initials: initialsOf(name) } : {} }
}

const initialsOf = (name: string): string =>
  name
    .split(/[\s-]+/)
    .map((part) => [...part][0]?.toUpperCase() ?? '')
    .join('')

function fromTheRules(
  deps: Deps,
  { row, recommendation, departures, answers }: CaseFile,
): Partial<FromTheRules> {
  if (!recommendation) return {}
  const { summary, asAt, status } = recommendation
  const set = deps.ruleSet(row.partnership)
  return {
    asAt,
    status,
    offences: summary.offences.map(({ offence, code, title }) => ({
      number: offence,
      ...(code ? { code } : {}),
      ...(title ? { title } : {}),
    })),
    sources: byAgency(
      owedBefore(['listing', 'decision'], gatedBy(recommendation), departuresNow(row, departures)),
    ),
    holds: summary.holds.map(({ rule, until, by, verdict }) => ({
      rule: rule.id,
      until,
      by,
      verdict,
    })),
    checklists: checklistsDue(recommendation, answers, set.ok ? set.value : undefined),
  }
}

function dueFirst(one: AgendaCase, other: AgendaCase): number {
  const key = ({ dueOn, case: id }: AgendaCase) => `${dueOn ?? '9999-12-31'} ${id}`
  return key(one) < key(other) ? -1 : 1
}
