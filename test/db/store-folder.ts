import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach } from 'vitest'
import { caseStore } from '../support/stores.ts'

/** A folder for each test, with the record's two files; everything in it is closed and removed. */
export function storeFolder() {
  let path: string | undefined
  const open: Closable[] = []
  const folder = () => {
    path ??= mkdtempSync(join(tmpdir(), 'waymark-record-'))
    return path
  }
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close()
    if (path) rmSync(path, { recursive: true })
    path = undefined
  })
  const keep = <T extends Closable>(one: T): T => {
    open.push(one)
    return one
  }
  const file = (name: string) => join(folder(), name)
  return {
    file,
    keep,
    store: async () => keep(await caseStore(file('waymark.db'), file('waymark.keys'))),
    /** The database as anybody else would open it. */
    database: () => keep(new Database(file('waymark.db'))),
    keyFile: () => keep(new Database(file('waymark.keys'))),
  }
}

type Closable = { close(): unknown }
