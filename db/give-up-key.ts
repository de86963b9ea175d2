import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { GivenUp } from '../src/casework/ports.ts'
import { fine, type Problem, type Result, refuse } from '../src/domain/problem.ts'
import { accessWriter, type Subject } from './access.ts'
import { program } from './erase-again.ts'
import { type KeyRing, openKeyRing } from './key-ring.ts'
import { outboxWriter } from './outbox.ts'
import { subjectsOf } from './subjects.ts'

type Asked = { keys: string; subject: string; forGood: boolean; at: string }

/**
 * Marks a lost key as destroyed, and logs that with the case or the clinic. A child whose key is
 * marked so is erased when the store is opened the next time. Refuses where the key is not lost.
 */
export function giveUpKey(database: Database.Database, asked: Asked): Result<GivenUp> {
  if (!existsSync(asked.keys)) return refuse(noFile(asked.keys))
  const keys = openKeyRing(asked.keys)
  try {
    const touched = touchedBy(database, asked.subject)
    const cases = touched.flatMap(({ referral }) => referral ?? [])
    const why = whyNot(database, keys, asked, cases)
    if (why) return refuse(why)
    if (!asked.forGood) return refuse(meaning(asked, cases))
    const orm = drizzle(database)
    const access = accessWriter({ sqlite: database, orm }, outboxWriter({ sqlite: database, orm }))
    const by = { actor: program, at: asked.at, action: 'key.give-up', requestId: 'command' }
    const mark = database.transaction(() => {
      for (const one of touched) access.log(one, by)
      keys.destroy([asked.subject], asked.at)
    })
    mark.immediate()
    return fine({ subject: asked.subject, cases })
  } finally {
    keys.close()
  }
}

function whyNot(
  database: Database.Database,
  keys: KeyRing,
  { subject, keys: file }: Asked,
  cases: readonly string[],
): Problem | undefined {
  const all = subjectsOf(database)
  const lost = keys.lacks(all)
  if (!all.includes(subject)) return notThere(subject)
  if (keys.holds(subject)) return held(subject, file)
  if (!lost.includes(subject)) return gone(subject)
  // A child's victims are lost with the child, in one power cut: they cannot tell.
  const others = all.filter(
    (one) => one !== subject && !cases.some((id) => one.startsWith(`victim:${id}:`)),
  )
  return others.length > 0 && lost.length === all.length ? otherFile(file) : undefined
}

/** The cases, or the clinic, that a subject stands in: what its keys are logged with. */
function touchedBy(database: Database.Database, subject: string): Subject[] {
  const ask = (sql: string) => database.prepare(sql).all(subject) as Subject[]
  const ofCases =
    'SELECT r.partnership, r.area, r.id AS referral, r.child, NULL AS clinic FROM referral r'
  return [
    ...ask(`${ofCases} WHERE 'child:' || r.child = ?`),
    ...ask(
      `${ofCases} JOIN victim v ON v.referral = r.id WHERE 'victim:' || r.id || ':' || v.number = ?`,
    ),
    ...ask(
      `SELECT partnership, area, NULL AS referral, NULL AS child, id AS clinic FROM clinic WHERE 'clinic:' || id = ?`,
    ),
  ]
}

/** What it means for whom. */
function meaning({ subject, keys }: Asked, cases: readonly string[]): Problem {
  const named = cases.map((id) => `case ${id}`).join(', ')
  const means = subject.startsWith('child:')
    ? `whatever was sealed for this child can never be read again, by anybody, in any copy. At the next start ${named} is erased as an administrator would erase it, victims included, and that is logged. What is not a child's own stays: that there was a case, its events and who looked at it`
    : subject.startsWith('victim:')
      ? `whatever this victim said, and what was said of them in ${named}, can never be read again, by anybody, in any copy. The rest of the case stays`
      : 'the minutes of this clinic, and the names of who was there, can never be read again, by anybody, in any copy. The cases on its agenda stay'
  return {
    message: `Nothing was changed. The key of ${subject} is in "${keys}" neither as held nor as destroyed. To give it up means: ${means}.`,
    mend: 'Restore the newest backup of the key file first: it may hold the key (docs/lost-key.md). Where none does, add --for-good.',
  }
}

const noFile = (file: string): Problem => ({
  message: `There is no key file "${file}".`,
  mend: 'Restore the backup of the key file that belongs to this database. With the file all keys are lost, not one.',
})
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
  mend: 'Start the service: it does the rest.',
})
const otherFile = (file: string): Problem => ({
  message: `The key file "${file}" holds no key of this database at all: it belongs to another one.`,
  mend: 'Set WAYMARK_KEYS to the file that belongs to it, or restore its backup.',
})
