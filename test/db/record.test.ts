import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, bodyOfStored } from '../../db/record/canonical.ts'
import { hashAt } from '../../db/record/chain.ts'
import { bodyOfAct, type RowOfLog } from '../../db/record/log.ts'
import { tables } from '../../db/record/tables.ts'
import { checkDatabase } from '../../db/sqlite/check-database.ts'
import { marks } from '../../db/sqlite/kind.ts'
import { openStore } from '../../db/sqlite/open-store.ts'
import { evenly } from '../support/amount.ts'
import { migrations } from '../support/stores.ts'
import { access, at, full, opening } from './changes.ts'
import { tablesOf } from './dump.ts'
import { storeFolder } from './store-folder.ts'
import { mismatchesIn } from './verified.ts'
import { writeWholeRecord } from './whole-record.ts'

const { file, store, database, keep } = storeFolder()

let written: Buffer
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-whole-'))
  const database = join(folder, 'waymark.db')
  const mark = { kind: 'record', at } as const
  const one = await openStore({ database, keys: ':memory:', migrations, mark })
  await writeWholeRecord(one)
  await one.close()
  written = readFileSync(database)
  rmSync(folder, { recursive: true })
})

/** A small record with every kind of row in it, as somebody with the file in hand can change it. */
async function record(): Promise<Database.Database> {
  writeFileSync(file('waymark.db'), written)
  const raw = keep(new Database(file('waymark.db')))
  raw.pragma('foreign_keys = OFF')
  return raw
}

/** Takes the triggers away, as somebody with the file in hand can, and puts them back afterwards. */
function unguarded<T>(raw: Database.Database, change: () => T): T {
  const guards = raw
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all() as { name: string; sql: string }[]
  for (const { name } of guards) raw.exec(`DROP TRIGGER ${name}`)
  try {
    return change()
  } finally {
    for (const { sql } of guards) raw.exec(sql)
  }
}

/** What `waymark db check` finds, but for the charts: the cases here are made up. */
async function foundIn(raw: Database.Database): Promise<string[]> {
  const checks = await checkDatabase(raw, { migrations, fold: () => [] })
  return checks.flatMap(({ what, found }) => found.map((says) => `${what}: ${says}`))
}

/**
 * What one change by hand can do that nothing here finds, each with its reason. Beside these, only
 * the cutting off of a chain's end and a whole old backup: they need an anchor outside.
 */
const unseen: Readonly<Record<string, string>> = {
  'session.last_seen_at': tables.session.loose.lastSeenAt ?? '',
  'outbox.seq': tables.outbox.loose.seq ?? '',
  'outbox.delivered_at': tables.outbox.loose.deliveredAt ?? '',
  'sign_in.hashed_id': 'Nobody is let in by a sign-in that has begun; the issuer has to agree.',
  'sign_in.started_at': 'As above.',
  'sign_in.holds': 'As above.',
  '__drizzle_migrations.id': 'The order of the migrations stands in created_at.',
}

/** Every way to change one byte of a value, near enough: the first, the middle, the last, and none. */
function changesOf(value: unknown): unknown[] {
  if (value === null) return ['x', 1, Buffer.of(1)]
  if (typeof value === 'number') return [value + 1, value - 1]
  const bytes = Buffer.from(value as string | Buffer)
  const places = [...new Set([0, Math.floor(bytes.length / 2), bytes.length - 1])]
  const flipped = places.map((place) => {
    const copy = Buffer.from(bytes)
    copy[place] = (copy[place] ?? 0) ^ 1
    return copy
  })
  const all = [...flipped, bytes.subarray(0, -1)]
  return typeof value === 'string' ? [...all.map(String), null] : [...all, null]
}

/** Changes, looks, and takes the change back. @returns undefined where SQLite did not take it */
async function foundAfter(raw: Database.Database, change: () => { changes: number }) {
  raw.exec('SAVEPOINT change')
  try {
    const { changes } = unguarded(raw, change)
    return changes === 1 ? await foundInside(raw) : undefined
  } catch (error) {
    if (error instanceof Database.SqliteError) return undefined
    throw error
  } finally {
    raw.exec('ROLLBACK TO change; RELEASE change')
  }
}

/** The check begins a transaction of its own, and here it is inside of one. */
const foundInside = (raw: Database.Database): Promise<string[]> =>
  foundIn(
    new Proxy(raw, {
      get: (of, name) => {
        if (name === 'exec') return () => of
        const value = Reflect.get(of, name, of) as unknown
        return typeof value === 'function' ? value.bind(of) : value
      },
    }),
  )

/** Of the single changes that SQLite took: how many were found, and how many are listed as unseen. */
const tally = { found: 0, listed: 0 }
afterAll(() => console.info(`single changes of a column: ${JSON.stringify(tally)}`))

type Row = Record<string, unknown> & { at_row: number }
const every = [...tablesIn(), '__drizzle_migrations']
function tablesIn(): string[] {
  return [...Object.keys(tables), 'access_log', 'access_case', 'sign_in'].sort()
}

describe('a record', () => {
  it('is found in order as it was written, with a row in every table', async () => {
    const raw = await record()
    expect(tablesOf(raw)).toEqual(tablesIn())
    for (const table of every)
      expect([table, raw.prepare(`SELECT count(*) > 0 FROM ${table}`).pluck().get()]).toEqual([
        table,
        1,
      ])
    expect(await foundIn(raw)).toEqual([])
  })

  it.each(every)(
    'shows a change of any column of any row of %s, or it is listed why not',
    async (table) => {
      const raw = await record()
      const columns = (raw.pragma(`table_info(${table})`) as { name: string }[]).map(
        ({ name }) => name,
      )
      const missed = new Set<string>()
      let tried = 0
      for (const row of evenly(
        raw.prepare(`SELECT rowid AS at_row, * FROM ${table}`).all() as Row[],
        1,
      ))
        for (const column of columns)
          for (const value of evenly(changesOf(row[column]), 2)) {
            const put = `UPDATE OR IGNORE ${table} SET "${column}" = ? WHERE rowid = ?`
            const found = await foundAfter(raw, () => raw.prepare(put).run(value, row.at_row))
            if (found) tried += 1
            if (found?.length === 0) missed.add(`${table}.${column}`)
            if (found) tally[found.length > 0 ? 'found' : 'listed'] += 1
          }
      expect(tried).toBeGreaterThanOrEqual(columns.length)
      expect([...missed].sort()).toEqual(
        Object.keys(unseen)
          .filter((name) => name.startsWith(`${table}.`))
          .sort(),
      )
    },
  )

  it.each(every)('shows that any row of %s was taken out', async (table) => {
    const raw = await record()
    for (const place of evenly(raw.prepare(`SELECT rowid FROM ${table}`).pluck().all(), 2)) {
      const take = `DELETE FROM ${table} WHERE rowid = ?`
      const found = await foundAfter(raw, () => raw.prepare(take).run(place))
      if (table === 'sign_in') expect(found).toEqual([])
      else expect(found, `row ${place}`).not.toEqual([])
    }
  })

  it.each(every)('shows that a row of %s was made up', async (table) => {
    const raw = await record()
    const columns = raw.pragma(`table_info(${table})`) as {
      name: string
      type: string
      pk: number
    }[]
    const unique = new Set([
      ...columns.filter(({ pk }) => pk > 0).map(({ name }) => name),
      ...['id', 'seq', 'version', 'edition', 'reference'].filter((name) =>
        columns.some((one) => one.name === name),
      ),
    ])
    const more = columns.map(({ name, type }) => {
      if (!unique.has(name)) return `"${name}"`
      return type.toUpperCase() === 'INTEGER' ? `"${name}" + 900` : `"${name}" || '-9'`
    })
    const copy = `INSERT INTO ${table} SELECT ${more.join()} FROM ${table} ORDER BY rowid DESC LIMIT 1`
    const found = await foundAfter(raw, () => raw.prepare(copy).run())
    expect(found).toBeDefined()
    if (table === 'sign_in') expect(found).toEqual([])
    else expect(found).not.toEqual([])
  })

  it.each([
    ['as a demonstration', `PRAGMA application_id = ${marks.demonstration}`],
    ['as nothing', 'PRAGMA application_id = 0'],
    ['without the index that takes a reference once', 'DROP INDEX referral_reference'],
    ['with a guard that guards nothing', 'DROP TRIGGER note_is_never_removed'],
  ])('that is left %s is found', async (_, change) => {
    const raw = await record()
    raw.exec(change)
    expect(await foundIn(raw)).not.toEqual([])
  })

  type Child = { id: string; identity: Buffer }

  it('shows that who two children are was swapped', async () => {
    const raw = await record()
    const children = raw.prepare('SELECT id, identity FROM child ORDER BY id').all() as Child[]
    const put = raw.prepare('UPDATE child SET identity = ? WHERE id = ?')
    for (const [i, { id }] of children.entries())
      put.run(children[children.length - 1 - i]?.identity, id)
    expect((await mismatchesIn(raw)).map(({ table }) => table)).toEqual(['child', 'child'])
  })

  it('shows a session that was ended and is back, and a key whose end was undone', async () => {
    const raw = await record()
    raw.exec(
      "INSERT INTO session SELECT 'a3', started_at, last_seen_at, holds FROM session LIMIT 1",
    )
    raw.exec("UPDATE service_key SET revoked_at = NULL WHERE id = 'key-2'")
    expect(await mismatchesIn(raw)).toEqual([
      { table: 'session', row: 'a3', says: 'was taken away, and is back' },
      { table: 'service_key', row: 'key-2', says: 'is not as it was last written' },
    ])
  })

  it('names the row that was changed, and blames no other', async () => {
    const raw = await record()
    unguarded(raw, () =>
      raw.exec("UPDATE access_log SET person = 'nobody-1' WHERE partnership = 'derby' AND seq = 3"),
    )
    const found = await mismatchesIn(raw)
    expect(found).toContainEqual({ table: 'access_log', row: 'derby 3', says: 'was changed' })
    expect(found.filter(({ table }) => table !== 'outbox')).toHaveLength(1)
  })

  it('shows a changed act whose hash was made anew', async () => {
    const raw = await record()
    unguarded(raw, () =>
      raw.exec("UPDATE access_log SET person = 'nobody-1' WHERE partnership = 'derby' AND seq = 3"),
    )
    const act = raw
      .prepare("SELECT * FROM access_log WHERE partnership = 'derby' AND seq = 3")
      .get() as RowOfLog
    unguarded(raw, () =>
      raw
        .prepare("UPDATE access_log SET hash = ? WHERE partnership = 'derby' AND seq = 3")
        .run(hashAt(act, bodyOfAct(act))),
    )
    expect(await mismatchesIn(raw)).toContainEqual({
      table: 'access_log',
      row: 'derby 4',
      says: 'does not follow the row before it',
    })
  })

  it('cannot show that the end was cut off with all that hangs on it: that needs somebody outside who holds a hash', async () => {
    const raw = await record()
    const { seq, id } = raw
      .prepare(
        "SELECT seq, id FROM access_log WHERE partnership = 'derby' ORDER BY seq DESC LIMIT 1",
      )
      .get() as { seq: number; id: string }
    unguarded(raw, () => {
      raw.prepare('DELETE FROM outbox WHERE act = ?').run(id)
      for (const table of ['access_case', 'access_log'])
        raw.prepare(`DELETE FROM ${table} WHERE partnership = 'derby' AND seq = ?`).run(seq)
    })
    expect(await mismatchesIn(raw)).toEqual([])
  })

  it('verifies without keys, and after an erasure', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.erase('child-of-case-1', access)
    await one.close()
    expect(await mismatchesIn(database())).toEqual([])
  })

  it('keeps nothing by which a day that was cleared can be guessed', async () => {
    const one = await store()
    const change = full('case-1', 'words')
    await one.commit(change)
    await one.erase('child-of-case-1', access)
    await one.close()
    const covers = database().prepare('SELECT covers FROM access_log').pluck().all().join()
    const [clock] = change.clocks ?? []
    const guess = { ...clock, referral: 'case-1', hard: 1 }
    expect(covers).toContain('"clock",["case-1","case-1-k1"]')
    for (const salt of [undefined, null, ''])
      expect(covers).not.toContain(bodyOf('clock', { ...guess, salt }))
  })

  it('keeps its word over texts that SQLite cannot keep to the letter', async () => {
    const one = await store()
    await one.commit(opening('case-1', { access: { ...access, purpose: 'half \ud83d of one' } }))
    await one.close()
    expect(await mismatchesIn(database())).toEqual([])
  })

  it('of nothing is fine', async () => {
    await (await store()).close()
    expect(await mismatchesIn(database())).toEqual([])
  })

  it('misses messages that were cleared because they are old, and no others', async () => {
    const one = await store()
    await one.commit(opening('case-1', { outbox: [{ id: 'o-1', kind: 'notice', body: {} }] }))
    await one.handOn(
      9,
      async () => {},
      () => at,
    )
    // These wait still when those before them are cleared.
    await one.commit(opening('case-2', { outbox: [{ id: 'o-2', kind: 'notice', body: {} }] }))
    const before = '2026-12-01T00:00:00.000Z'
    expect(await one.clearOutbox({ delivered: before, limit: 9, at: before })).toBe(2)
    await one.close()
    const raw = database()
    expect(await mismatchesIn(raw)).toEqual([])
    raw.exec("DELETE FROM outbox WHERE id = 'o-2'")
    expect((await mismatchesIn(raw)).map(({ row }) => row)).toEqual(['o-2'])
  })
})

describe('a digest', () => {
  const row = { referral: 'c-1', id: 't-1', task: 'a', agency: 'b', since: 'd', salt: 's' }
  const none = { dueOn: null, doneAt: null, toldAt: null }

  it('is that of the recipe in db/record/canonical.ts, and does not hang on the order of columns', () => {
    const body = bodyOf('task', { ...row, ...none })
    expect(body).toBe('541e0700dd33926e3eda64324809bec6aa010faeceef79adb536790a45a71824')
    expect(bodyOf('task', { ...none, ...row })).toBe(body)
    const stored = { ...row, due_on: null, done_at: null, told_at: null }
    expect(bodyOfStored('task', stored)).toBe(body)
    expect(bodyOf('task', { ...row, ...none, dueOn: '2026-11-02' })).not.toBe(body)
  })

  it('of an act hangs on its place in the chain', () => {
    const place = { partnership: 'derby', seq: 1, prev: '0' }
    const hash = hashAt(place, 'body')
    expect(hash).toBe('e8d750dfd0e89adb595372082b2e167f20d951872a298c54b2799e042f0c01e1')
    for (const other of [{ partnership: 'x' }, { seq: 2 }, { prev: '1' }])
      expect(hashAt({ ...place, ...other }, 'body')).not.toBe(hash)
  })
})
