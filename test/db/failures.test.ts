import { closeSync, openSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/sqlite/open-database.ts'
import { checkpoint, writeGuard } from '../../db/sqlite/write-guard.ts'
import { StoreBusy, StoreClosedToWrites, StoreError, StoreFull } from '../../src/casework/ports.ts'
import { access, caseRow, following, note, opening } from './changes.ts'
import { storeFolder } from './store-folder.ts'

const { file, store, database, keep } = storeFolder()

function guarded() {
  const raw = keep(openDatabase(file('small.db')))
  raw.exec('CREATE TABLE IF NOT EXISTS t (a BLOB) STRICT')
  const insert = raw.prepare('INSERT INTO t VALUES (?)')
  return { raw, guard: writeGuard(raw), insert }
}
const tablesIn = (raw: Database.Database) =>
  raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
const failing = (code: string) => () => {
  throw new Database.SqliteError('made up', code)
}

describe('a write', () => {
  it('that finds no room says so, writes nothing, and works again when there is room', async () => {
    const { raw, guard, insert } = guarded()
    const count = () => raw.prepare('SELECT count(*) FROM t').pluck().get()
    const limit = (pages: unknown) => raw.pragma(`max_page_count = ${pages}`)
    limit(raw.pragma('page_count', { simple: true }))
    const big = () =>
      guard.write(() => {
        insert.run(Buffer.from('x'))
        insert.run(Buffer.alloc(100_000))
      })
    expect(await guard.open()).toBe(true)
    await expect(big()).rejects.toThrow(StoreFull)
    expect(count()).toBe(0)
    // Whoever asks is told so for as long as there is no room, and no longer.
    expect([await guard.open(), await guard.open()]).toEqual([false, false])
    limit(1_000_000)
    expect(await guard.open()).toBe(true)
    await big()
    expect(count()).toBe(2)
    expect(tablesIn(raw)).toEqual(['t'])
  })

  it('that changes nothing does not hide that there is no room', async () => {
    const { raw, guard, insert } = guarded()
    raw.pragma(`max_page_count = ${raw.pragma('page_count', { simple: true })}`)
    await expect(guard.write(() => insert.run(Buffer.alloc(100_000)))).rejects.toThrow(StoreFull)
    await guard.write(() => raw.exec('DELETE FROM t'))
    expect(await guard.open()).toBe(false)
  })

  it('that waits too long for another says so, and works when the other is done', async () => {
    const { raw, insert } = guarded()
    const guard = writeGuard(raw, { patience: 50 })
    const other = keep(new Database(file('small.db')))
    other.exec('BEGIN IMMEDIATE')
    const write = () => guard.write(() => insert.run(Buffer.from('x')))
    await expect(write()).rejects.toThrow(StoreBusy)
    expect(await guard.open()).toBe(true)
    other.exec('ROLLBACK')
    expect((await write()).changes).toBe(1)
  })

  it('waits for another without keeping everything else waiting, and is then done', async () => {
    const { guard, insert, raw } = guarded()
    const other = keep(new Database(file('small.db')))
    other.exec('BEGIN IMMEDIATE')
    const order: string[] = []
    const writes = Array.from({ length: 20 }, async (_, i) => {
      await guard.write(() => insert.run(Buffer.from('x')))
      order.push(`write ${i}`)
    })
    let longest = 0
    for (let turn = 0; turn < 30; turn += 1) {
      const before = performance.now()
      await new Promise(setImmediate)
      longest = Math.max(longest, performance.now() - before)
    }
    order.push('something else')
    other.exec('ROLLBACK')
    await Promise.all(writes)
    expect(order[0]).toBe('something else')
    expect(longest).toBeLessThan(1_000)
    expect(raw.prepare('SELECT count(*) FROM t').pluck().get()).toBe(20)
  })

  it.each([
    'SQLITE_IOERR',
    'SQLITE_IOERR_FSYNC',
    'SQLITE_CORRUPT',
    'SQLITE_CORRUPT_INDEX',
    'SQLITE_NOTADB',
  ])('that meets %s is the last that is taken', async (code) => {
    const { guard, insert } = guarded()
    await expect(guard.write(failing(code))).rejects.toThrow(StoreClosedToWrites)
    expect(await guard.open()).toBe(false)
    const next = guard.write(() => insert.run(Buffer.from('x')))
    await expect(next).rejects.toThrow(StoreClosedToWrites)
  })

  it.each(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_FULL'])(
    'that meets %s leaves the store as it was',
    async (code) => {
      const { raw } = guarded()
      const guard = writeGuard(raw, { patience: 5 })
      await expect(guard.write(failing(code))).rejects.toThrow()
      expect(await guard.open()).toBe(true)
    },
  )

  it('that is alone waits for nobody, and those of one turn share one transaction', async () => {
    guarded()
    const said: string[] = []
    const raw = keep(new Database(file('small.db'), { verbose: (sql) => said.push(String(sql)) }))
    const guard = writeGuard(raw)
    const insert = raw.prepare('INSERT INTO t VALUES (?)')
    const commits = () => said.filter((sql) => sql === 'COMMIT').length
    const order: string[] = []
    const alone = guard.write(() => insert.run(Buffer.from('x'))).then(() => order.push('alone'))
    const turn = new Promise<void>((next) => setImmediate(next)).then(() => order.push('turn'))
    await Promise.all([alone, turn])
    expect([order, commits()]).toEqual([['alone', 'turn'], 1])
    await Promise.all(Array.from({ length: 8 }, () => guard.write(() => insert.run(Buffer.of(1)))))
    expect(commits()).toBe(2)
  })

  it('of several that the disk does not take fails all of them, and none is half written', async () => {
    const { raw, guard, insert } = guarded()
    const write = () => guard.write(() => insert.run(Buffer.from('x')))
    const all = await Promise.allSettled([write(), guard.write(failing('SQLITE_IOERR')), write()])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(raw.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0)
  })

  it('that fails in our own code hands on what failed, and nothing was written', async () => {
    const { raw, guard, insert } = guarded()
    const bug = new TypeError('a bug')
    const write = () =>
      guard.write(() => {
        insert.run(Buffer.from('x'))
        throw bug
      })
    await expect(write()).rejects.toThrow(bug)
    expect(await guard.open()).toBe(true)
    expect(raw.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0)
  })

  it('finds its cause where a library wrapped it', async () => {
    const { guard } = guarded()
    const cause = new Database.SqliteError('made up', 'SQLITE_FULL')
    const wrapped = () => {
      throw new Error('Failed query', { cause })
    }
    await expect(guard.write(wrapped)).rejects.toThrow(StoreFull)
  })
})

describe('the store over a damaged file', () => {
  it('takes no writes once it met the damage, and says so', async () => {
    const one = await store()
    await one.commit(opening('case-1', { notes: [note('n-1', 'words')] }))
    await one.close()
    const raw = database()
    checkpoint(raw)
    const page = raw.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'note'").pluck().get()
    const size = raw.pragma('page_size', { simple: true }) as number
    raw.close()
    const handle = openSync(file('waymark.db'), 'r+')
    writeSync(handle, Buffer.alloc(size, 0xff), 0, size, ((page as number) - 1) * size)
    closeSync(handle)

    const again = await store()
    expect(await again.writable()).toBe(true)
    const next = following(caseRow(), { notes: [note('n-2', 'more')] })
    const damage = await again.commit(next).catch((error: unknown) => error)
    expect(damage).toBeInstanceOf(StoreClosedToWrites)
    expect(damage).toBeInstanceOf(StoreError)
    expect(await again.writable()).toBe(false)
    await expect(again.commit(following(caseRow()))).rejects.toThrow(StoreClosedToWrites)
    await expect(again.read('case-1', [], access)).rejects.toThrow(StoreClosedToWrites)
    expect((await again.whereIs('case-1'))?.version).toBe(1)
  })
})

describe('the write-ahead log', () => {
  it('is cut to nothing when asked', async () => {
    const one = await store()
    await one.commit(opening())
    const raw = database()
    const size = () => (raw.pragma('wal_checkpoint(PASSIVE)') as { log: number }[])[0]?.log
    expect(size()).toBeGreaterThan(0)
    checkpoint(raw)
    expect(size()).toBe(0)
    expect((await one.whereIs('case-1'))?.id).toBe('case-1')
  })
})
