import type {
  AnswerEntry,
  CaseFile,
  ChecklistEntry,
  FilePart,
  KeysAtHand,
} from '../../src/casework/ports.ts'
import { type ReferralRow, toCase } from './case-row.ts'
import { kinds } from './entries.ts'
import { type EntryTable, entryTables } from './entry-kind.ts'
import { entriesOf, subjectOfEntry } from './entry-rows.ts'
import { identityOf } from './identity.ts'
import { childSubject } from './seal.ts'
import { toClock, toCondition, toDelivery, toTask, toVictim } from './standing-rows.ts'
import type { RowOf } from './tables.ts'

/** The tables that hold the parts of a case. */
const tablesOf = {
  identity: [],
  answers: ['answer', 'protected_answer'],
  recommendation: ['recommendation'],
  recommendations: ['recommendation'],
  departures: ['departure'],
  decisions: ['decision'],
  deliveries: ['delivery', 'condition'],
  tasks: ['task'],
  clocks: ['clock'],
  notes: ['note'],
  checklists: ['checklist'],
  victims: ['victim', 'victim_answer', 'victim_entry'],
} as const satisfies Record<FilePart, readonly string[]>

export type PartTable = (typeof tablesOf)[FilePart][number]

/** A case as it lies in a store: rows of its tables, sealed as they are. */
export type RawFile = {
  row: ReferralRow
  child: RowOf<'child'> | undefined
  rows: { readonly [T in PartTable]?: readonly RowOf<T>[] }
  /** Whether all recommendations were asked for, and not the latest alone. */
  all: boolean
}

/** What has to be read for these parts; of recommendations the latest alone, or all. */
export function wantedOf(parts: readonly FilePart[]) {
  const all = parts.includes('recommendations')
  return {
    identity: parts.includes('identity'),
    tables: [...new Set(parts.flatMap((part): readonly PartTable[] => tablesOf[part]))],
    all,
  }
}

/** Whose keys open what was read. */
export function subjectsIn({ row, child, rows }: RawFile): string[] {
  if (row.erasedAt !== null) return []
  const entries = entryTables.flatMap((table): readonly RowOf<EntryTable>[] => rows[table] ?? [])
  const subjects = entries.map((one) => subjectOfEntry(one, row.child))
  return [...new Set([...(child?.identity ? [childSubject(row.child)] : []), ...subjects])]
}

/** A case as it was asked for, opened with the keys of `subjectsIn`. */
export function fileOf({ row, child, rows, all }: RawFile, keys: KeysAtHand): CaseFile {
  const recommendations = entriesOf(keys, row, kinds.recommendation, rows.recommendation)
  return {
    row: toCase(row),
    identity: identityOf(keys, child),
    answers: standing([
      ...entriesOf(keys, row, kinds.answer, rows.answer),
      ...entriesOf(keys, row, kinds.protected_answer, rows.protected_answer),
      ...entriesOf(keys, row, kinds.victim_answer, rows.victim_answer),
    ]),
    recommendation: recommendations.at(-1) ?? null,
    recommendations: all ? recommendations : [],
    departures: entriesOf(keys, row, kinds.departure, rows.departure),
    decisions: entriesOf(keys, row, kinds.decision, rows.decision),
    deliveries: (rows.delivery ?? []).map(toDelivery),
    conditions: (rows.condition ?? []).map(toCondition),
    tasks: (rows.task ?? []).map(toTask),
    clocks: (rows.clock ?? []).map(toClock),
    notes: entriesOf(keys, row, kinds.note, rows.note),
    checklists: latestOfEach(entriesOf(keys, row, kinds.checklist, rows.checklist)),
    victims: (rows.victim ?? []).map(toVictim),
    victimEntries: entriesOf(keys, row, kinds.victim_entry, rows.victim_entry),
  }
}

/** The answers that no later one supersedes. */
function standing(answers: readonly AnswerEntry[]): AnswerEntry[] {
  const gone = new Set(answers.map(({ supersedes }) => supersedes))
  return answers.filter(({ id }) => !gone.has(id))
}

const latestOfEach = (entries: readonly ChecklistEntry[]): ChecklistEntry[] => [
  ...new Map(entries.map((one) => [one.instrument, one])).values(),
]
