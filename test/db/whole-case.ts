import { type CaseFile, type CaseStore, type Change, fileParts } from '../../src/casework/ports.ts'
import { access } from './changes.ts'

/** A file with everything that can be read. */
export async function readAll(store: CaseStore, id: string): Promise<CaseFile> {
  const file = await store.read(id, fileParts, access)
  if (!file) throw new Error(`There is no case ${id}.`)
  return file
}

/** Every recommendation of a case, oldest first. */
export async function recommendationsOf(store: CaseStore, id: string, by = access) {
  return (await store.read(id, ['recommendations'], by))?.recommendations ?? []
}

/** What reading everything must give after one opening act. */
export const asRead = (change: Change): CaseFile => ({
  row: change.row,
  identity: change.identity ?? null,
  answers: change.answers ?? [],
  recommendation: change.recommendations?.at(-1) ?? null,
  recommendations: change.recommendations ?? [],
  departures: change.departures ?? [],
  decisions: change.decisions ?? [],
  deliveries: change.deliveries ?? [],
  conditions: change.conditions ?? [],
  tasks: change.tasks ?? [],
  clocks: change.clocks ?? [],
  notes: change.notes ?? [],
  checklists: change.checklists ?? [],
  victims: change.victims ?? [],
  victimEntries: change.victimEntries ?? [],
})
