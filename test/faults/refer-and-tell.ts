import { writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { openStore } from '../../db/sqlite/open-store.ts'
import { access, at, full } from '../db/changes.ts'

/**
 * Opens a record, refers children, plans a clinic, erases a child and opens the record anew, and
 * says of each act, in one line, that it is kept:
 * node refer-and-tell.ts MIGRATIONS DATABASE KEYS HOW
 */
const [migrations = '', database = '', keys = '', how = ''] = process.argv.slice(2)

/** What was acknowledged: a case, a clinic, or an erasure with the key that it destroyed. */
export type Told = { case: string } | { clinic: string } | { erased: string; key: string }
const tell = (told: Told) => writeSync(1, `${JSON.stringify(told)}\n`)

/** What must be seen to fail: a file that is written with one protection less than it asks for. */
const weaker: Record<string, [asked: string, given: string, says: number]> = {
  'weak-keys': ['synchronous = 3', 'synchronous = 2', 3],
  'weak-database': ['synchronous = 2', 'synchronous = 1', 2],
}
const weak = weaker[how]
if (weak) weaken(...weak)

const open = () => openStore({ database, keys, migrations })
let store = await open()
await refer(1)
await refer(2)
await refer(3)
await clinic('clinic-1')
await store.close()
store = await open()
await refer(4)
await erase(2)
await refer(5)
await clinic('clinic-2')
await refer(6)
await store.close()

async function refer(number: number) {
  const id = `case-${number}`
  const came = await store.commit(full(id, `words of ${id}`))
  if (came.kind !== 'done') throw new Error(`${id} was not taken: ${came.kind}`)
  tell({ case: id })
}

async function clinic(id: string) {
  const row = { id, partnership: 'derby', area: null, heldOn: '2026-11-20' }
  await store.planClinic({ ...row, state: 'planned', version: 1 }, access)
  tell({ clinic: id })
}

async function erase(number: number) {
  const subject = `child:child-of-case-${number}`
  const file = new Database(keys, { readonly: true })
  const key = file.prepare('SELECT key FROM subject_key WHERE subject = ?').pluck().get(subject)
  file.close()
  await store.erase(`child-of-case-${number}`, { ...access, at, action: 'case.erase' })
  tell({ erased: subject, key: (key as Buffer).toString('hex') })
}

/** Gives SQLite another setting than it is asked for, and lets it say that it took the first one. */
function weaken(asked: string, given: string, says: number) {
  const { pragma } = Database.prototype
  const weakened = new WeakSet<Database.Database>()
  Database.prototype.pragma = function (this: Database.Database, source, options) {
    if (source === asked) weakened.add(this)
    if (source === 'synchronous' && weakened.has(this)) return says
    return pragma.call(this, source === asked ? given : source, options)
  }
}
