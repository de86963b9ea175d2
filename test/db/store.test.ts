import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { caseStore } from '../support/stores.ts'
import { dumpOf } from './dump.ts'
import { type Opened, storeContract } from './store-contract.ts'

/** The record in files of its own. */
async function open(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-record-'))
  const files = [join(folder, 'waymark.db'), join(folder, 'waymark.keys')] as const
  const stores = [await caseStore(...files)]
  const raw = new Database(files[0])
  const first = stores[0]
  if (!first) throw new Error('It was opened.')
  return {
    store: first,
    again: async () => {
      const other = await caseStore(...files)
      stores.push(other)
      return other
    },
    dump: () => dumpOf(raw),
    breakLog: () =>
      raw.exec(
        "CREATE TRIGGER broken BEFORE INSERT ON access_log BEGIN SELECT RAISE(ABORT, 'no log'); END",
      ),
    close: async () => {
      raw.close()
      for (const one of stores) await one.close()
      rmSync(folder, { recursive: true })
    },
  }
}

storeContract('the SQLite store', open)
