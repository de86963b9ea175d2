import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { type DatabaseKind, kindOf, marks } from '../../db/sqlite/kind.ts'
import { openStore } from '../../db/sqlite/open-store.ts'
import { databaseTools } from '../../db/sqlite/tools.ts'
import { migrations } from '../support/stores.ts'
import { at, opening } from './changes.ts'
import { now } from './run-db.ts'
import { storeFolder } from './store-folder.ts'

const { file, store, database, keep } = storeFolder()
const toolsOf = (name: string) =>
  databaseTools({ database: file(name), keys: file('waymark.keys') }, migrations, () => [], now)

const openedAs = async (kind: DatabaseKind, name = 'waymark') =>
  keep(
    await openStore({
      database: file(`${name}.db`),
      keys: file('waymark.keys'),
      migrations,
      mark: { kind, at },
    }),
  )
const made = async (kind: DatabaseKind) => (await openedAs(kind)).close()
const kindIn = (name: string) => kindOf(keep(new Database(file(name))))

describe('a database', () => {
  it.each(['record', 'demonstration'] as const)(
    'that was made as a %s is opened as one again, and never as the other',
    async (kind) => {
      await made(kind)
      await made(kind)
      const other = kind === 'record' ? 'demonstration' : 'record'
      await expect(openedAs(other)).rejects.toThrow(
        kind === 'record' ? 'It holds real cases' : 'It holds the made-up cases',
      )
      expect(kindIn('waymark.db')).toBe(kind)
    },
  )

  it('says how to mend it', async () => {
    await made('record')
    await expect(openedAs('demonstration')).rejects.toThrow(
      expect.objectContaining({ mend: expect.stringContaining('Set WAYMARK_DEMO=0') }),
    )
  })

  it('that holds something and does not say what it is, is a record', async () => {
    const one = await store()
    await one.commit(opening())
    await one.close()
    expect(kindIn('waymark.db')).toBe('record')
    await expect(openedAs('demonstration')).rejects.toThrow('It holds real cases')
    await openedAs('record')
    expect(database().pragma('application_id', { simple: true })).toBe(marks.record)
  })

  it('that is new and empty becomes what it is first opened as', async () => {
    await (await store()).close()
    expect(kindIn('waymark.db')).toBeUndefined()
    await made('demonstration')
    expect(kindIn('waymark.db')).toBe('demonstration')
  })

  it('of another program is left alone', async () => {
    const raw = database()
    raw.pragma('application_id = 7')
    raw.close()
    await expect(openedAs('record')).rejects.toThrow('It belongs to another program')
    expect(database().prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0)
  })
})

describe('the commands', () => {
  it.each(['record', 'demonstration'] as const)('work on a %s and keep it one', async (kind) => {
    await made(kind)
    const tools = toolsOf('waymark.db')
    expect(await tools.migrate()).toEqual({ ok: true, value: { done: 0 } })
    expect(await tools.copies?.backup(file('copy.db'))).toMatchObject({ ok: true })
    const checked = await toolsOf('copy.db').check({ keys: true })
    expect(checked.ok && checked.value.every(({ ok }) => ok)).toBe(true)
    const restored = await toolsOf('restored.db').copies?.restore(file('copy.db'), { force: false })
    expect(restored?.ok).toBe(true)
    for (const name of ['waymark.db', 'copy.db', 'restored.db']) expect(kindIn(name)).toBe(kind)
    await openedAs(kind, 'restored')
  })

  it('make a database that may become either', async () => {
    await toolsOf('waymark.db').migrate()
    await openedAs('record')
  })
})
