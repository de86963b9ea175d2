import { createSecretKey, randomBytes } from 'node:crypto'
import { chmodSync, copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { seal, unseal } from '../../db/record/seal.ts'
import { openKeyFile } from '../../db/sqlite/key-file.ts'
import { openKeyDatabase } from '../../db/sqlite/open-key-file.ts'
import { KeyMissing, SubjectErased } from '../../src/casework/ports.ts'
import { caseStore } from '../support/stores.ts'
import { access, at, caseRow, following, full, note, opening } from './changes.ts'
import { storeFolder } from './store-folder.ts'
import { mismatchesIn } from './verified.ts'

const place = { table: 'note', row: 'n-1', subject: 'child:k-1' }
const key = createSecretKey(randomBytes(32))

describe('sealed content', () => {
  it('opens to what it was, short or long', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat({ max: 300 }), (value, times) => {
        const content = { value: JSON.parse(JSON.stringify(value)), words: 'Ä🙂 '.repeat(times) }
        expect(unseal(key, place, seal(key, place, content))).toEqual(content)
      }),
    )
  })

  it('shows nothing of itself, and is another each time', () => {
    const sealed = seal(key, place, { words: 'CANARY' })
    expect(sealed.includes('CANARY')).toBe(false)
    expect(sealed[0]).toBe(1)
    expect(seal(key, place, { words: 'CANARY' }).equals(sealed)).toBe(false)
  })

  it('is made small where it is long', () => {
    expect(seal(key, place, 'a'.repeat(509)).length).toBeGreaterThan(500)
    expect(seal(key, place, 'a'.repeat(511)).length).toBeLessThan(100)
  })

  it.each([
    ['another table', { ...place, table: 'answer' }],
    ['another row', { ...place, row: 'n-2' }],
    ['somebody else', { ...place, subject: 'child:k-2' }],
  ])('cannot be moved to %s', (_, other) => {
    expect(() => unseal(key, other, seal(key, place, 'words'))).toThrow('cannot be opened')
  })

  it('cannot be opened once any byte of it was changed, or some are missing', () => {
    const sealed = seal(key, place, { words: 'words' })
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = Buffer.from(sealed)
      changed[i] = (changed[i] ?? 0) ^ 1
      expect(() => unseal(key, place, changed)).toThrow('cannot be opened')
      expect(() => unseal(key, place, sealed.subarray(0, i))).toThrow('cannot be opened')
    }
  })

  it('cannot be opened with another key', () => {
    const other = createSecretKey(randomBytes(32))
    expect(() => unseal(other, place, seal(key, place, 'words'))).toThrow('cannot be opened')
  })
})

describe('the key file', () => {
  const { file, keep } = storeFolder()
  const opened = () => keep(openKeyFile(file('ring.keys')))
  type Opened = ReturnType<typeof opened>
  const bytes = async (one: Opened, subject: string) =>
    (await one.find([subject])).get(subject)?.export()
  /** Makes one key, and gives it. */
  const make = async (one: Opened, subject: string): Promise<Buffer> => {
    await one.make([subject], at)
    const made = await bytes(one, subject)
    if (!made) throw new Error('It was made.')
    return made
  }
  const state = async (one: Opened, subject: string) => (await one.states([subject])).get(subject)

  it('makes a key once, and another process finds the same', async () => {
    const one = opened()
    const made = await make(one, 'child:k-1')
    expect(made).toHaveLength(32)
    expect(await make(one, 'child:k-1')).toEqual(made)
    expect(await bytes(opened(), 'child:k-1')).toEqual(made)
    expect(await make(one, 'child:k-2')).not.toEqual(made)
  })

  it('makes the keys of many who come at once, and refuses one of them alone', async () => {
    const one = opened()
    await one.destroy(['child:k-9'], at)
    const made = await Promise.allSettled(
      ['child:k-1', 'child:k-9', 'child:k-2'].map((subject) => one.make([subject], at)),
    )
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await state(opened(), 'child:k-1')).toBe('held')
    expect(await state(opened(), 'child:k-2')).toBe('held')
  })

  it('never makes anew what was destroyed', async () => {
    const one = opened()
    const other = opened()
    await one.make(['child:k-1'], at)
    await one.destroy(['child:k-1', 'child:k-9'], at)
    expect(await bytes(one, 'child:k-1')).toBeUndefined()
    for (const each of [one, other, opened()]) {
      await expect(each.make(['child:k-3', 'child:k-1'], at)).rejects.toThrow(SubjectErased)
      expect(await state(each, 'child:k-9')).toBe('destroyed')
      expect(await state(each, 'child:k-3')).toBe('missing')
    }
  })

  it('says that a key is missing where it was not destroyed', async () => {
    await expect(opened().find(['child:k-1'])).rejects.toThrow(KeyMissing)
    expect(await state(opened(), 'child:k-1')).toBe('missing')
  })

  it('syncs its folder when a journal goes, so that no key goes with it', () => {
    opened()
    const raw = keep(openKeyDatabase(file('ring.keys')))
    expect(raw.pragma('synchronous', { simple: true })).toBe(3)
    expect(raw.pragma('journal_mode', { simple: true })).toBe('delete')
  })

  it('leaves nothing of a destroyed key in its file', async () => {
    const one = opened()
    const made = await make(one, 'child:k-1')
    await one.make(['child:k-2'], at)
    expect(readFileSync(file('ring.keys')).includes(made)).toBe(true)
    await one.destroy(['child:k-1'], at)
    expect(readFileSync(file('ring.keys')).includes(made)).toBe(false)
  })

  it('is a file for its owner alone, and refuses one that others can read', () => {
    opened()
    expect(statSync(file('ring.keys')).mode & 0o777).toBe(0o600)
    for (const mode of [0o640, 0o604, 0o620]) {
      chmodSync(file('ring.keys'), mode)
      expect(opened).toThrow(`chmod 600 "${file('ring.keys')}"`)
    }
    chmodSync(file('ring.keys'), 0o400)
  })

  it('is not opened where SQLite does not take what makes it survive a power cut', () => {
    const { pragma } = Database.prototype
    const deaf = vi.spyOn(Database.prototype, 'pragma')
    deaf.mockImplementation(function (this: Database.Database, source, options) {
      return source === 'synchronous = 3' ? [] : pragma.call(this, source, options)
    })
    expect(opened).toThrow('SQLite did not take the setting synchronous = 3.')
    deaf.mockRestore()
    expect(opened).not.toThrow()
  })

  it('refuses what is no key file', () => {
    writeFileSync(file('ring.keys'), 'this is not a key file at all, but a letter'.repeat(50), {
      mode: 0o600,
    })
    expect(opened).toThrow('cannot be used')
  })
})

describe('the key file of a record', () => {
  const { file, store, keyFile, keep } = storeFolder()

  it('is never made anew under a record that was sealed', async () => {
    const one = await store()
    await one.commit(opening())
    await one.close()
    rmSync(file('waymark.keys'))
    await expect(store()).rejects.toThrow(/is not there\. Restore the backup of the key file/)
    expect(() => statSync(file('waymark.keys'))).toThrow('ENOENT')
    await expect(caseStore(file('waymark.db'))).rejects.toThrow('does not hold their keys')
  })

  it('may be new where nothing is sealed yet, or everything was erased', async () => {
    ;(await store()).close()
    rmSync(file('waymark.keys'))
    const one = await store()
    await one.commit(opening())
    await one.erase('child-of-case-1', access)
    await one.close()
    rmSync(file('waymark.keys'))
    expect((await (await store()).read('case-1', ['identity'], access))?.identity).toBeNull()
  })

  it('of another record is refused', async () => {
    ;(await store()).commit(opening())
    const other = await caseStore(file('other.db'), file('other.keys'))
    await other.commit(opening('case-2'))
    await other.close()
    await expect(caseStore(file('waymark.db'), file('other.keys'))).rejects.toThrow(
      'does not hold their keys',
    )
  })

  it('that lacks one key says so, and does not show the case as empty', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.commit(opening('case-2'))
    await one.close()
    keyFile().exec("DELETE FROM subject_key WHERE subject = 'child:child-of-case-1'")
    const again = await store()
    await expect(again.read('case-1', ['notes'], access)).rejects.toThrow(KeyMissing)
    const next = following(caseRow('case-1', { offences: 2 }), { notes: [note('n-9', 'more')] })
    await expect(again.commit(next)).rejects.toThrow(KeyMissing)
    expect(await again.read('case-2', ['notes'], access)).toBeDefined()
  })

  it('that was restored from before an erasure brings nothing back', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    copyFileSync(file('waymark.keys'), file('old.keys'))
    await one.erase('child-of-case-1', access)
    await one.close()
    copyFileSync(file('old.keys'), file('waymark.keys'))
    const file1 = await (await store()).read('case-1', ['identity', 'notes', 'victims'], access)
    expect(file1).toMatchObject({ identity: null, notes: [], victimEntries: [] })
    expect(keyFile().prepare('SELECT count(*) FROM subject_key').pluck().get()).toBe(0)
  })

  it('makes a restored older database forget who was erased since', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.close()
    copyFileSync(file('waymark.db'), file('old.db'))
    const two = await store()
    await two.erase('child-of-case-1', access)
    await two.close()
    const restored = keep(await caseStore(file('old.db'), file('waymark.keys')))
    const read = await restored.read('case-1', ['identity', 'notes', 'answers', 'victims'], access)
    expect(read).toMatchObject({ identity: null, notes: [], answers: [], victimEntries: [] })
  })

  it('clears the reference, the tasks and the due dates of whoever was erased since, and of nobody else', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.commit(full('case-2', 'other'))
    await one.close()
    copyFileSync(file('waymark.db'), file('old.db'))
    const two = await store()
    const later = '2026-11-09T09:30:00.000Z'
    await two.erase('child-of-case-1', { ...access, at: later })
    await two.close()
    const before = await openedOld()
    const erased = await before.read('case-1', ['tasks', 'clocks'], access)
    expect(erased).toMatchObject({
      row: { reference: null, dueOn: null, erasedAt: later },
      tasks: [],
      clocks: [],
    })
    const kept = await before.read('case-2', ['tasks', 'clocks', 'identity'], access)
    expect(kept).toMatchObject({ row: { erasedAt: null }, identity: { name: 'other' } })
    expect([kept?.tasks.length, kept?.clocks.length]).toEqual([1, 1])
    const log = await before.accessLog({
      scopes: [{ partnership: 'derby' }],
      case: 'case-1',
      limit: 9,
    })
    expect(log.filter(({ action }) => action === 'case.erase-again')).toMatchObject([
      { actor: { role: 'sweeper' }, at: later },
    ])
    await before.close()
    const raw = keep(new Database(file('old.db')))
    expect(raw.prepare("SELECT id FROM referral WHERE reference LIKE '%words%'").all()).toEqual([])
    expect(await mismatchesIn(raw)).toEqual([])
    raw.close()
    // It is done once.
    const again = await openedOld()
    const rows = await again.accessLog({ scopes: [{ partnership: 'derby' }], limit: 99 })
    expect(rows.filter(({ action }) => action === 'case.erase-again')).toHaveLength(1)
  })
  const openedOld = async () => keep(await caseStore(file('old.db'), file('waymark.keys')))
})
