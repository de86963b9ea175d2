import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { type DatabaseKind, kindOf, marks } from '../../db/kind.ts'
import { openStore } from '../../db/open-store.ts'
import { databaseTools } from '../../db/tools.ts'
import { keyFiles, migrations } from '../support/stores.ts'
import { opening } from './changes.ts'
import { storeFolder } from './store-folder.ts'

const { file, store, database, keep } = storeFolder()
const tools = databaseTools(migrations, () => [], keyFiles)

const openedAs = (kind: DatabaseKind, name = 'waymark') =>
  keep(
    openStore({
      database: file(`${name}.db`),
      keys: file('waymark.keys'),
      migrations,
      kind,
    }),
  )
const made = (kind: DatabaseKind) => openedAs(kind).close()
const kindIn = (name: string) => kindOf(keep(new Database(file(name))))

describe('a database', () => {
  it.each(['record', 'demonstration'] as const)(
    'that was made as a %s is opened as one again, and never as the other',
    (kind) => {
      made(kind)
      openedAs(kind).close()
      const other = kind === 'record' ? 'demonstration' : 'record'
      expect(() => openedAs(other)).toThrow(
        kind === 'record' ? 'It holds real cases' : 'It holds the made-up cases',
      )
      expect(kindIn('waymark.db')).toBe(kind)
    },
  )

  it('says how to mend it', () => {
    made('record')
    const failed = () => openedAs('demonstration')
    expect(failed).toThrow(
      expect.objectContaining({ mend: expect.stringContaining('Set WAYMARK_DEMO=0') }),
    )
  })

  it('that holds something and does not say what it is, is a record', async () => {
    const one = store()
    await one.commit(opening())
    one.close()
    expect(kindIn('waymark.db')).toBe('record')
    expect(() => openedAs('demonstration')).toThrow('It holds real cases')
    openedAs('record')
    expect(database().pragma('application_id', { simple: true })).toBe(marks.record)
  })

  it('that is new and empty becomes what it is first opened as', () => {
    store().close()
    expect(kindIn('waymark.db')).toBeUndefined()
    made('demonstration')
    expect(kindIn('waymark.db')).toBe('demonstration')
  })

  it('of another program is left alone', () => {
    const raw = database()
    raw.pragma('application_id = 7')
    raw.close()
    expect(() => openedAs('record')).toThrow('It belongs to another program')
    expect(database().prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0)
  })
})

describe('the commands', () => {
  it.each(['record', 'demonstration'] as const)('work on a %s and keep it one', async (kind) => {
    made(kind)
    expect(tools.migrate(file('waymark.db'))).toEqual({ ok: true, value: { done: 0 } })
    expect(await tools.backup(file('waymark.db'), file('copy.db'))).toMatchObject({ ok: true })
    const checked = tools.check(file('copy.db'))
    expect(checked.ok && checked.value.every(({ ok }) => ok)).toBe(true)
    const restored = tools.restore(file('copy.db'), file('restored.db'), { force: false })
    expect(restored.ok).toBe(true)
    for (const name of ['waymark.db', 'copy.db', 'restored.db']) expect(kindIn(name)).toBe(kind)
    openedAs(kind, 'restored')
  })

  it('make a database that may become either', () => {
    tools.migrate(file('waymark.db'))
    openedAs('record')
  })
})
