import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { GivenUp, Keys } from '../../src/casework/ports.ts'
import { fine, type Problem, type Result, refuse } from '../../src/domain/problem.ts'
import { type Act, actOf, actsOnCases } from '../record/log.ts'
import { program } from './erase-again.ts'
import { openKeyFile } from './key-file.ts'
import { rowRunner } from './run-rows.ts'
import { keyStates } from './subjects.ts'

/** Whose key is to be given up, whether in earnest, and the instant. */
export type Asked = { subject: string; forGood: boolean; at: string }

/**
 * Marks a lost key as destroyed, and logs that with the cases or the clinic. A child whose key is
 * marked so is erased when the store is opened the next time. Refuses where the key is not lost.
 * @param file the key file
 */
export async function giveUpKey(
  database: Database.Database,
  file: string,
  asked: Asked,
): Promise<Result<GivenUp>> {
  const keys = openKeyFile(file)
  try {
    const touched = touchedBy(database, asked.subject)
    const cases = touched.cases.map(({ id }) => id)
    const why = await whyNot({ database, keys, file }, asked.subject, touched)
    if (why) return refuse(why)
    if (!asked.forGood) return refuse(meaning(file, asked.subject, cases))
    // The log first: what is done to a key is never done unseen. Done again, it is logged again.
    log(database, actsOf(touched, asked.at))
    await keys.destroy([asked.subject], asked.at)
    return fine({ subject: asked.subject, cases })
  } finally {
    await keys.close()
  }
}

/** What a key concerns: the cases that something is sealed in with it, or the clinic. */
type Touched = { cases: Parameters<typeof actsOnCases>[0]; clinics: readonly Clinic[] }
type Clinic = { id: string; partnership: string; area: string | null }

function touchedBy(database: Database.Database, subject: string): Touched {
  const ask = <T>(sql: string) => database.prepare(sql).all(subject) as T[]
  const cases = `SELECT r.id, r.partnership, r.area, r.child FROM referral r
    JOIN child c ON c.id = r.child AND c.erased_at IS NULL`
  return {
    cases: [
      ...ask<Touched['cases'][number]>(`${cases} WHERE 'child:' || c.id = ?`),
      ...ask<Touched['cases'][number]>(
        `${cases} JOIN victim v ON v.referral = r.id WHERE 'victim:' || r.id || ':' || v.number = ?`,
      ),
    ],
    clinics: ask("SELECT id, partnership, area FROM clinic WHERE 'clinic:' || id = ?"),
  }
}

function actsOf({ cases, clinics }: Touched, at: string): Act[] {
  const by = { actor: program, at, action: 'key.give-up', requestId: 'command' }
  const ofClinics = clinics.map(({ id, partnership, area }) =>
    actOf({ partnership, area, cases: [], clinic: id }, by),
  )
  return [...actsOnCases(cases, by), ...ofClinics]
}

function log(database: Database.Database, acts: readonly Act[]): void {
  const rows = rowRunner({ sqlite: database, orm: drizzle(database) })
  database.transaction(() => rows.log(acts)).immediate()
}

type Files = { database: Database.Database; keys: Keys; file: string }

async function whyNot(
  { database, keys, file }: Files,
  subject: string,
  { cases, clinics }: Touched,
): Promise<Problem | undefined> {
  if (cases.length + clinics.length === 0) return notThere(subject)
  const state = (await keys.states([subject])).get(subject)
  if (state === 'held') return held(subject, file)
  if (state === 'destroyed') return gone(subject)
  // A child's victims are lost with the child, in one power cut: they cannot tell.
  const tellsNothing = (one: string) =>
    one === subject || cases.some(({ id }) => one.startsWith(`victim:${id}:`))
  let others = false
  for await (const one of keyStates(database, keys)) {
    if (one.erased || tellsNothing(one.subject)) continue
    if (one.state !== 'missing') return undefined
    others = true
  }
  return others ? otherFile(file) : undefined
}

/** What it means for whom. */
function meaning(file: string, subject: string, cases: readonly string[]): Problem {
  const named = cases.map((id) => `case ${id}`).join(', ')
  const means = subject.startsWith('child:')
    ? `whatever was sealed for this child can never be read again, by anybody, in any copy. At the next start ${named} is erased as an administrator would erase it, victims included, and that is logged. What is not a child's own stays: that there was a case, its events and who looked at it`
    : subject.startsWith('victim:')
      ? `whatever this victim said, and what was said of them in ${named}, can never be read again, by anybody, in any copy. The rest of the case stays`
      : 'the minutes of this clinic, and the names of who was there, can never be read again, by anybody, in any copy. The cases on its agenda stay'
  return {
    message: `Nothing was changed. The key of ${subject} is in "${file}" neither as held nor as destroyed. To give it up means: ${means}.`,
    mend: 'Restore the newest backup of the key file first: it may hold the key (docs/lost-key.md). Where none does, add --for-good.',
  }
}

const notThere = (subject: string): Problem => ({
  message: `Nobody in this database is called "${subject}", or the child was erased.`,
  mend: 'Write child:ID, victim:CASE:NUMBER or clinic:ID, as the start of the service shows it.',
})
const held = (subject: string, file: string): Problem => ({
  message: `The key of ${subject} is in "${file}": it is not lost.`,
  mend: 'To erase a child, DELETE /v1/cases/{id}/child.',
})
const gone = (subject: string): Problem => ({
  message: `The key of ${subject} is marked as destroyed already.`,
  mend: subject.startsWith('child:')
    ? 'Start the service: it does the rest.'
    : 'There is nothing left to do: the service goes on without it.',
})
const otherFile = (file: string): Problem => ({
  message: `The key file "${file}" holds no key of this database at all: it belongs to another one.`,
  mend: 'Set WAYMARK_KEYS to the file that belongs to it, or restore its backup.',
})
