import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import Database from 'better-sqlite3'
import { childSubject, clinicSubject, victimSubject } from '../../db/record/seal.ts'
import type { OpenStore } from '../../db/sqlite/open-store.ts'
import { access, full } from '../db/changes.ts'
import { asRead, readAll } from '../db/whole-case.ts'
import type { Image } from '../support/crash-images.ts'
import { caseStore } from '../support/stores.ts'
import type { Told } from './refer-and-tell.ts'

/** The child that refer-and-tell.ts erases. */
const erased = 'child:child-of-case-2'

/**
 * What is wrong with a record after a crash, one sentence each: nothing, where it keeps its word.
 * @param told what was acknowledged before the crash
 */
export async function wrongAfter(image: Image, told: readonly Told[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-crash-'))
  try {
    for (const [name, bytes] of image)
      writeFileSync(join(folder, name), bytes, name.endsWith('.keys') ? { mode: 0o600 } : {})
    return await look(folder, image, told)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function look(folder: string, image: Image, told: readonly Told[]): Promise<string[]> {
  const [database, keys] = [join(folder, 'waymark.db'), join(folder, 'waymark.keys')]
  const wrong = told.flatMap((one) => ('erased' in one ? stillThere(image, one) : []))
  try {
    const { held, gone } = keysIn(keys)
    const lost = subjectsIn(database).filter((one) => !held.has(one) && !gone.has(one))
    wrong.push(...lost.map((subject) => `the key of ${subject} is lost`))
    const begun = erasedIn(database)
    for (const one of told) {
      if (!('erased' in one)) continue
      if (held.has(one.erased) || !gone.has(one.erased))
        wrong.push(`the key of ${one.erased} is not destroyed any more`)
      if (!begun.includes(one.erased)) wrong.push(`that ${one.erased} was erased is lost`)
    }
    const store = await caseStore(database, keys)
    const erasing = gone.has(erased) || begun.includes(erased)
    wrong.push(...(await wrongIn(store, idsIn(database), told, erasing)))
    await store.close()
    // The database is written first and the keys are destroyed then: what was half way is finished.
    if (erasing && keysIn(keys).held.has(erased)) wrong.push(`the start left the key of ${erased}`)
  } catch (error) {
    wrong.push(`it does not start: ${(error as Error).message}`)
  }
  return wrong
}

/** The files that hold a key which was destroyed. */
const stillThere = (image: Image, { erased: subject, key }: { erased: string; key: string }) =>
  [...image].flatMap(([name, bytes]) =>
    bytes.includes(Buffer.from(key, 'hex')) ? [`${name} holds the key of ${subject}`] : [],
  )

/** What a recovered file holds: as another process would read it, before the service starts. */
function ask<T>(file: string, table: string, sql: string): T[] {
  if (!existsSync(file)) return []
  const database = new Database(file)
  try {
    const sound = database.pragma('integrity_check', { simple: true })
    if (sound !== 'ok') throw new Error(`${file} is damaged: ${sound}`)
    const there = database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(table)
    return there ? (database.prepare(sql).raw().all() as T[]) : []
  } finally {
    database.close()
  }
}

function keysIn(file: string) {
  const names = (table: string) =>
    new Set(ask<[string]>(file, table, `SELECT subject FROM ${table}`).map(([one]) => one))
  return { held: names('subject_key'), gone: names('destroyed_subject') }
}

const idsIn = (file: string): string[] =>
  ask<[string]>(file, 'referral', 'SELECT id FROM referral').map(([id]) => id)

/** Of whom the database says that they are erased, before a start finishes it. */
const erasedIn = (file: string): string[] =>
  ask<[string]>(file, 'child', 'SELECT id FROM child WHERE erased_at IS NOT NULL').map(([id]) =>
    childSubject(id),
  )

/** Everybody and every clinic that something is sealed for. */
const subjectsIn = (file: string): string[] => [
  ...ask<[string]>(file, 'child', 'SELECT id FROM child').map(([id]) => childSubject(id)),
  ...ask<[string, number]>(file, 'victim', 'SELECT referral, number FROM victim').map(
    ([referral, number]) => victimSubject(referral, number),
  ),
  ...ask<[string]>(file, 'clinic', 'SELECT id FROM clinic').map(([id]) => clinicSubject(id)),
]

/** What the started store does not give as it was written, or does not give at all. */
async function wrongIn(
  store: OpenStore,
  ids: readonly string[],
  told: readonly Told[],
  erasing: boolean,
): Promise<string[]> {
  const wrong: string[] = []
  for (const one of told) {
    if ('case' in one && !ids.includes(one.case)) wrong.push(`${one.case} is lost`)
    if ('clinic' in one && !(await store.clinic(one.clinic, access)))
      wrong.push(`${one.clinic} is lost`)
  }
  for (const id of ids) {
    const file = await readAll(store, id)
    const expected = asRead(full(id, `words of ${id}`))
    if (erasing && childSubject(file.row.child) === erased) {
      if (!file.row.erasedAt || file.identity || file.notes.length > 0)
        wrong.push(`${id} was erased, and can be read`)
    } else if (!isDeepStrictEqual(file, expected)) wrong.push(`${id} is not what was written`)
  }
  return wrong
}
