import type { AnswerEntry, CaseFile, ChecklistEntry, FilePart } from '../src/casework/ports.ts'
import { type ReferralRow, toCase } from './case-row.ts'
import type { Parts } from './commit.ts'
import { kinds } from './entries.ts'
import { identityReader } from './identity.ts'
import type { KeyRing } from './key-ring.ts'
import { entryReader } from './read-entries.ts'
import { rowReader } from './read-rows.ts'
import type { Connection } from './statements.ts'

/** Reads a case as far as it is asked for: what is not named is not opened. */
export function fileReader(connection: Connection, { keys, find }: Parts) {
  const rows = rowReader(connection)
  const entries = entryReaders(connection, keys)
  const identity = identityReader(keys)
  return (row: ReferralRow, wanted: readonly FilePart[]): CaseFile => {
    const asked = new Set(wanted)
    const when = <T>(part: FilePart, read: () => readonly T[]): readonly T[] =>
      asked.has(part) ? read() : []
    const { id } = row
    return {
      row: toCase(row),
      identity: asked.has('identity') ? identity(find.child(row.child)) : null,
      answers: standing([
        ...when('answers', () => [...entries.ordinary.all(row), ...entries.protected.all(row)]),
        ...when('victims', () => entries.ofVictims.all(row)),
      ]),
      recommendation: asked.has('recommendation') ? entries.recommendations.latest(row) : null,
      departures: when('departures', () => entries.departures.all(row)),
      decisions: when('decisions', () => entries.decisions.all(row)),
      deliveries: when('deliveries', () => rows.deliveries(id)),
      conditions: when('deliveries', () => rows.conditions(id)),
      tasks: when('tasks', () => rows.tasks(id)),
      clocks: when('clocks', () => rows.clocks(id)),
      notes: when('notes', () => entries.notes.all(row)),
      checklists: when('checklists', () => latestOfEach(entries.checklists.all(row))),
      victims: when('victims', () => rows.victims(id)),
      victimEntries: when('victims', () => entries.victimEntries.all(row)),
    }
  }
}

/** A reader for each kind of entry. */
const entryReaders = (connection: Connection, keys: KeyRing) => ({
  ordinary: entryReader(connection, keys, kinds.answer),
  protected: entryReader(connection, keys, kinds.protected_answer),
  ofVictims: entryReader(connection, keys, kinds.victim_answer),
  recommendations: entryReader(connection, keys, kinds.recommendation),
  departures: entryReader(connection, keys, kinds.departure),
  decisions: entryReader(connection, keys, kinds.decision),
  notes: entryReader(connection, keys, kinds.note),
  checklists: entryReader(connection, keys, kinds.checklist),
  victimEntries: entryReader(connection, keys, kinds.victim_entry),
})

/** The answers that no later one supersedes. */
function standing(answers: readonly AnswerEntry[]): AnswerEntry[] {
  const gone = new Set(answers.map(({ supersedes }) => supersedes))
  return answers.filter(({ id }) => !gone.has(id))
}

const latestOfEach = (entries: readonly ChecklistEntry[]): ChecklistEntry[] => [
  ...new Map(entries.map((one) => [one.instrument, one])).values(),
]
