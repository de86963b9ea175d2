import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/open-database.ts'
import { demonstrationReferral } from '../../db/schema.ts'
import type { StoredReferral } from '../../src/casework/ports.ts'
import type { Recommendation } from '../../src/domain/recommendation.ts'
import { sqliteStore } from '../support/stores.ts'

let folder = ''
let file = ''
const open: { close(): void }[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waymark-store-'))
  file = join(folder, 'waymark.db')
})
afterEach(() => {
  for (const one of open.splice(0)) one.close()
  rmSync(folder, { recursive: true })
})

/** The store on this test's file; closed with the test. */
function store() {
  const one = sqliteStore(file)
  open.push(one)
  return one
}
/** The same file as anybody else would read it. */
function database() {
  const one = new Database(file, { readonly: true })
  open.push(one)
  return one
}

const stored = (reference: string, more: Partial<StoredReferral> = {}): StoredReferral => ({
  reference,
  partnership: 'derby',
  openedAt: '2026-11-02T09:30:00.000Z',
  machineVersion: 1,
  state: 'received',
  given: {
    partnership: 'derby',
    facts: { 'child.care_status': null, 'victim.view': 'Sorry is enough. 🙂' },
  },
  recommendation: { kind: 'recommendation', findings: [] } as unknown as Recommendation,
  ...more,
})

describe('the store', () => {
  it('gives back what it was given, to the letter', async () => {
    const one = stored('R-1', {
      reference: "R'1; --",
      given: { partnership: '', facts: { a: [], b: 0, c: '' } },
    })
    await store().open(one)
    expect(await store().find("R'1; --")).toEqual(one)
  })

  it('finds nothing under a reference that it does not know', async () => {
    await store().open(stored('R-1'))
    for (const other of ['R-2', 'r-1', 'R-1 ', '', "' OR 1=1 --", 'R-%'])
      expect(await store().find(other)).toBeUndefined()
  })

  it('throws when a reference is taken, and keeps the first', async () => {
    const one = store()
    await one.open(stored('R-1'))
    await expect(one.open(stored('R-1', { partnership: 'nottingham' }))).rejects.toThrow(
      expect.objectContaining({ message: expect.stringMatching(/UNIQUE|Failed query/) }),
    )
    expect((await one.find('R-1'))?.partnership).toBe('derby')
  })

  it('throws too where another process took the reference', async () => {
    await store().open(stored('R-1'))
    await expect(store().open(stored('R-1'))).rejects.toThrow()
  })

  it('keeps a row when it is closed and opened again', async () => {
    const first = sqliteStore(file)
    await first.open(stored('R-1'))
    first.close()
    const second = store()
    expect(await second.find('R-1')).toEqual(stored('R-1'))
    await second.open(stored('R-2'))
    expect(await second.find('R-2')).toEqual(stored('R-2'))
  })

  it('shows another reader a row as soon as it is acknowledged', async () => {
    const reader = store()
    await store().open(stored('R-1'))
    expect(await reader.find('R-1')).toEqual(stored('R-1'))
  })

  it('does nothing after it is closed', async () => {
    const one = sqliteStore(file)
    one.close()
    await expect(one.open(stored('R-1'))).rejects.toThrow()
  })
})

describe('the database of the store', () => {
  it('has strict tables alone, so that a column holds what it says it holds', () => {
    store()
    const tables = database()
      .prepare(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '__drizzle_migrations'",
      )
      .all() as { name: string; sql: string }[]
    expect(tables.map(({ name }) => name)).toContain('demonstration_referral')
    expect(tables.filter(({ sql }) => !/\) STRICT$/.test(sql)).map(({ name }) => name)).toEqual([])
  })

  it('refuses a text where a number belongs', () => {
    store()
    const raw = new Database(file)
    open.push(raw)
    const insert = raw.prepare(
      "INSERT INTO demonstration_referral VALUES ('R-1', 'derby', 'now', ?, 'received', '{}', '{}')",
    )
    expect(() => insert.run('one')).toThrow(/cannot store TEXT value in INTEGER column/)
    expect(insert.run(1).changes).toBe(1)
  })

  it('has just the columns that the schema names', () => {
    store()
    const columns = database().pragma(`table_info(${getTableName(demonstrationReferral)})`) as {
      name: string
      notnull: number
      pk: number
    }[]
    const named = Object.values(getTableColumns(demonstrationReferral)).map(({ name }) => name)
    expect(columns.map(({ name }) => name)).toEqual(named)
    expect(columns.every(({ notnull }) => notnull === 1)).toBe(true)
    expect(columns.filter(({ pk }) => pk > 0).map(({ name }) => name)).toEqual(['reference'])
  })

  it('writes ahead in a log, and is on the disk before a write is acknowledged', () => {
    const raw = openDatabase(file)
    open.push(raw)
    const asked = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout']
    expect(asked.map((name) => raw.pragma(name, { simple: true }))).toEqual(['wal', 2, 1, 5000])
  })

  it('stays in its log mode for whoever opens it next', () => {
    store()
    expect(database().pragma('journal_mode', { simple: true })).toBe('wal')
  })

  it('is sound after writes and reopening, and remembers its migrations', async () => {
    for (let time = 1; time <= 3; time++) {
      const one = sqliteStore(file)
      await one.open(stored(`R-${time}`))
      one.close()
    }
    const raw = database()
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(raw.prepare('SELECT count(*) AS n FROM demonstration_referral').get()).toEqual({ n: 3 })
    const scripts = readdirSync('db/migrations').filter((name) => name.endsWith('.sql'))
    expect(raw.prepare('SELECT count(*) AS n FROM __drizzle_migrations').get()).toEqual({
      n: scripts.length,
    })
  })
})
