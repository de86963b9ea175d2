import { closeSync, openSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/open-database.ts'
import { checkpoint, writeGuard } from '../../db/write-guard.ts'
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
const failing = (code: string) => () => {
  throw new Database.SqliteError('made up', code)
}

describe('a write', () => {
  it('that finds no room says so, writes nothing, and works again when there is room', () => {
    const { raw, guard, insert } = guarded()
    const count = () => raw.prepare('SELECT count(*) FROM t').pluck().get()
    raw.pragma(`max_page_count = ${raw.pragma('page_count', { simple: true })}`)
    const big = () =>
      guard.write(() => {
        insert.run(Buffer.from('x'))
        insert.run(Buffer.alloc(100_000))
      })
    expect(big).toThrow(StoreFull)
    expect(count()).toBe(0)
    expect(guard.open()).toBe(true)
    raw.pragma('max_page_count = 1000000')
    big()
    expect(count()).toBe(2)
  })

  it('that waits too long for another says so, and works when the other is done', () => {
    const { guard, insert, raw } = guarded()
    raw.pragma('busy_timeout = 1')
    const other = keep(new Database(file('small.db')))
    other.exec('BEGIN IMMEDIATE')
    const write = () => guard.write(() => insert.run(Buffer.from('x')))
    expect(write).toThrow(StoreBusy)
    expect(guard.open()).toBe(true)
    other.exec('ROLLBACK')
    expect(write().changes).toBe(1)
  })

  it.each([
    'SQLITE_IOERR',
    'SQLITE_IOERR_FSYNC',
    'SQLITE_CORRUPT',
    'SQLITE_CORRUPT_INDEX',
    'SQLITE_NOTADB',
  ])('that meets %s is the last that is taken', (code) => {
    const { guard, insert } = guarded()
    expect(() => guard.write(failing(code))).toThrow(StoreClosedToWrites)
    expect(guard.open()).toBe(false)
    expect(() => guard.write(() => insert.run(Buffer.from('x')))).toThrow(StoreClosedToWrites)
  })

  it.each(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_FULL'])(
    'that meets %s leaves the store as it was',
    (code) => {
      const { guard } = guarded()
      expect(() => guard.write(failing(code))).toThrow()
      expect(guard.open()).toBe(true)
    },
  )

  it('that fails in our own code hands on what failed, and nothing was written', () => {
    const { raw, guard, insert } = guarded()
    const bug = new TypeError('a bug')
    const write = () =>
      guard.write(() => {
        insert.run(Buffer.from('x'))
        throw bug
      })
    expect(write).toThrow(bug)
    expect(guard.open()).toBe(true)
    expect(raw.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0)
  })

  it('finds its cause where a library wrapped it', () => {
    const { guard } = guarded()
    const cause = new Database.SqliteError('made up', 'SQLITE_FULL')
    const wrapped = () => {
      throw new Error('Failed query', { cause })
    }
    expect(() => guard.write(wrapped)).toThrow(StoreFull)
  })
})

describe('the store over a damaged file', () => {
  it('takes no writes once it met the damage, and says so', async () => {
    const one = store()
    await one.commit(opening('case-1', { notes: [note('n-1', 'words')] }))
    one.close()
    const raw = database()
    checkpoint(raw)
    const page = raw.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'note'").pluck().get()
    const size = raw.pragma('page_size', { simple: true }) as number
    raw.close()
    const handle = openSync(file('waymark.db'), 'r+')
    writeSync(handle, Buffer.alloc(size, 0xff), 0, size, ((page as number) - 1) * size)
    closeSync(handle)

    const again = store()
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
    const one = store()
    await one.commit(opening())
    const raw = database()
    const size = () => (raw.pragma('wal_checkpoint(PASSIVE)') as { log: number }[])[0]?.log
    expect(size()).toBeGreaterThan(0)
    checkpoint(raw)
    expect(size()).toBe(0)
    expect((await one.whereIs('case-1'))?.id).toBe('case-1')
  })
})
