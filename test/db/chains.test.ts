import type Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { digestOfEntries, digestOfRow } from '../../db/chain.ts'
import { chainTables, entryTables, verifyChains } from '../../db/verify-chains.ts'
import { access, at, caseRow, event, following, full, note, opening } from './changes.ts'
import { storeFolder } from './store-folder.ts'

const { store, database } = storeFolder()

/** A small record with every kind of row in it, as another program would open it. */
async function record(): Promise<Database.Database> {
  const one = store()
  const first = full('case-1', 'words')
  await one.commit(first)
  await one.commit(full('case-2', 'other words', { partnership: 'nottingham' }))
  await one.commit(following(first.row, { notes: [note('n-1', 'without an event')] }))
  await one.read('case-1', ['notes'], access)
  await one.commit(
    following(caseRow('case-1', { version: 2, offences: 2 }), { events: [event('e-9')] }),
  )
  for (const digest of ['sha256-1', 'sha256-2'])
    await one.keepRuleSet({ digest, partnership: 'derby', content: `content of ${digest}`, at })
  const who = { type: 'ruleSet.loaded' as const, by: access.actor, at }
  for (const [from, digest] of ['sha256-1', 'sha256-2'].entries()) {
    const loaded = { ...who, partnership: 'derby', digest }
    const life = { id: `r-${from}`, digest, event: loaded, notes: { n: 'why' } }
    await one.addRuleSetEvents('derby', from, [life], [])
  }
  await one.list({ scopes: [{ partnership: 'derby' }], limit: 5 }, access)
  one.close()
  const raw = database()
  raw.pragma('foreign_keys = OFF')
  return raw
}

/** Takes the triggers away, as somebody with the file in hand can. */
const unguard = (raw: Database.Database) => {
  const triggers = raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck()
  for (const name of triggers.all()) raw.exec(`DROP TRIGGER ${name}`)
}

const tables = [...chainTables, ...entryTables]

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
  const shorter = bytes.subarray(0, -1)
  const all = [...flipped, shorter]
  return typeof value === 'string' ? all.map(String) : all
}

describe('the chains', () => {
  it('verify as they were written, over every row, and count them', async () => {
    const raw = await record()
    const { rows, mismatches } = verifyChains(raw)
    expect(mismatches).toEqual([])
    for (const table of tables)
      expect([table, rows[table]]).toEqual([
        table,
        raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
      ])
    expect(Object.values(rows).every((count) => count > 0)).toBe(true)
  })

  it.each(tables)('show a change of any column of any row of %s', async (table) => {
    const raw = await record()
    unguard(raw)
    const columns = (raw.pragma(`table_info(${table})`) as { name: string }[]).map(
      ({ name }) => name,
    )
    let tried = 0
    for (const row of raw.prepare(`SELECT rowid AS at_row, * FROM ${table}`).all() as Row[])
      for (const column of columns)
        for (const value of changesOf(row[column])) {
          raw.exec('BEGIN')
          const put = raw.prepare(`UPDATE OR IGNORE ${table} SET "${column}" = ? WHERE rowid = ?`)
          const done = attempt(() => put.run(value, row.at_row).changes)
          if (done === 1) {
            tried += 1
            const { mismatches } = verifyChains(raw)
            expect(mismatches, `${table}.${column} := ${value}`).not.toEqual([])
          }
          raw.exec('ROLLBACK')
        }
    expect(tried).toBeGreaterThan(columns.length)
    expect(verifyChains(raw).mismatches).toEqual([])
  })
  type Row = Record<string, unknown> & { at_row: number }
  /** What SQLite itself does not take (a text in a number's column) needs no chain to be noticed. */
  const attempt = (change: () => number): number => {
    try {
      return change()
    } catch {
      return 0
    }
  }

  it.each(tables)('show that a row was taken out of the middle of %s', async (table) => {
    const raw = await record()
    unguard(raw)
    const ends = (chainTables as readonly string[]).includes(table)
      ? `WHERE (partnership, seq) NOT IN (SELECT partnership, max(seq) FROM ${table} GROUP BY partnership)`
      : ''
    const places = raw.prepare(`SELECT rowid FROM ${table} ${ends}`).pluck().all()
    expect(places.length).toBeGreaterThan(0)
    for (const place of places) {
      raw.exec('BEGIN')
      raw.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(place)
      expect(verifyChains(raw).mismatches).not.toEqual([])
      raw.exec('ROLLBACK')
    }
  })

  it('name the row that was changed, and blame no other', async () => {
    const raw = await record()
    unguard(raw)
    raw.exec("UPDATE access_log SET person = 'nobody-1' WHERE partnership = 'derby' AND seq = 3")
    expect(verifyChains(raw).mismatches).toEqual([
      { table: 'access_log', partnership: 'derby', seq: 3, says: 'was changed' },
    ])
  })

  it('show a changed row whose hash was made anew', async () => {
    const raw = await record()
    unguard(raw)
    raw.exec("UPDATE access_log SET person = 'nobody-1' WHERE partnership = 'derby' AND seq = 3")
    const row = raw
      .prepare("SELECT * FROM access_log WHERE partnership = 'derby' AND seq = 3")
      .get()
    const hash = digestOfRow('access_log', row as Row)
    raw.prepare("UPDATE access_log SET hash = ? WHERE partnership = 'derby' AND seq = 3").run(hash)
    expect(verifyChains(raw).mismatches).toEqual([
      {
        table: 'access_log',
        partnership: 'derby',
        seq: 4,
        says: 'does not follow the row before it',
      },
    ])
  })

  it('show an entry that was slipped in', async () => {
    const raw = await record()
    const copy = (access: string) =>
      raw.exec(
        `INSERT INTO note SELECT 'n-new-1', referral, version + 90, place, partnership, ${access}, actor, at, sealed FROM note LIMIT 1`,
      )
    raw.exec('BEGIN')
    copy('access')
    expect(verifyChains(raw).mismatches).toMatchObject([{ table: 'access_log', seq: 1 }])
    raw.exec('ROLLBACK')
    copy('3')
    expect(verifyChains(raw).mismatches).toEqual([
      {
        table: 'note',
        id: 'n-new-1',
        partnership: 'derby',
        seq: 3,
        says: 'nobody is known to have written it',
      },
    ])
  })

  it('cannot show that the end was cut off: that needs somebody outside who holds a hash', async () => {
    const raw = await record()
    unguard(raw)
    raw.exec(
      "DELETE FROM access_log WHERE partnership = 'derby' AND seq = (SELECT max(seq) FROM access_log WHERE partnership = 'derby')",
    )
    expect(verifyChains(raw).mismatches).toEqual([])
  })

  it('verify without keys, and after an erasure', async () => {
    const one = store()
    await one.commit(full('case-1', 'words'))
    await one.erase('child-of-case-1', access)
    one.close()
    expect(verifyChains(database()).mismatches).toEqual([])
  })

  it('keep their word over texts that SQLite cannot keep to the letter', async () => {
    const one = store()
    await one.commit(opening('case-1', { access: { ...access, purpose: 'half \ud83d of one' } }))
    one.close()
    expect(verifyChains(database()).mismatches).toEqual([])
  })

  it('of nothing are fine', () => {
    store().close()
    expect(verifyChains(database())).toMatchObject({ mismatches: [] })
  })
})

describe('a digest', () => {
  it('is that of the recipe in db/chain.ts, and does not hang on the order of columns', () => {
    const row = { b: 'text', a: 1, none: null, bytes: Buffer.from('abc'), hash: 'left out' }
    const { hash: _, ...more } = row
    expect(digestOfRow('note', row)).toBe(
      '5dce54c4a71e740620e7e2ddd058110317e83adc2e6e2ad1175335d3b2d35a77',
    )
    expect(digestOfRow('note', Object.fromEntries(Object.entries(more).reverse()))).toBe(
      digestOfRow('note', row),
    )
    expect(digestOfRow('notes', row)).not.toBe(digestOfRow('note', row))
  })

  it('of entries does not hang on their order, and is none where there are none', () => {
    const one = ['note', 'n-1', 'x'] as const
    const other = ['answer', 'a-1', 'y'] as const
    expect(digestOfEntries([one, other])).toBe(digestOfEntries([other, one]))
    expect(digestOfEntries([one])).not.toBe(digestOfEntries([other]))
    expect(digestOfEntries([])).toBeNull()
  })
})
