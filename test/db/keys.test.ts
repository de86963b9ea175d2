import { createSecretKey, randomBytes } from 'node:crypto'
import { chmodSync, copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { openKeyRing } from '../../db/key-ring.ts'
import { seal, unseal } from '../../db/seal.ts'
import { verifyChains } from '../../db/verify-chains.ts'
import { KeyMissing, SubjectErased } from '../../src/casework/ports.ts'
import { caseStore } from '../support/stores.ts'
import { access, at, caseRow, following, full, note, opening } from './changes.ts'
import { storeFolder } from './store-folder.ts'

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

describe('the key ring', () => {
  const { file, keep } = storeFolder()
  const ring = () => keep(openKeyRing(file('ring.keys')))
  /** Makes one key, and gives it. */
  const make = (one: ReturnType<typeof ring>, subject: string) => {
    one.make([subject], at)
    return one.need(subject).export()
  }
  const bytes = (one: ReturnType<typeof ring>, subject: string) => one.find(subject)?.export()

  it('makes a key once, and another process finds the same', () => {
    const one = ring()
    const made = make(one, 'child:k-1')
    expect(made).toHaveLength(32)
    expect(make(one, 'child:k-1')).toEqual(made)
    expect(bytes(ring(), 'child:k-1')).toEqual(made)
    expect(make(one, 'child:k-2')).not.toEqual(made)
  })

  it('never makes anew what was destroyed', () => {
    const one = ring()
    const other = ring()
    one.make(['child:k-1'], at)
    one.destroy(['child:k-1', 'child:k-9'], at)
    expect(one.find('child:k-1')).toBeUndefined()
    for (const ringOf of [one, other, ring()]) {
      expect(() => ringOf.make(['child:k-3', 'child:k-1'], at)).toThrow(SubjectErased)
      expect(() => ringOf.need('child:k-9')).toThrow(SubjectErased)
      expect(ringOf.knows('child:k-3')).toBe(false)
    }
  })

  it('says that a key is missing where it was not destroyed', () => {
    expect(() => ring().find('child:k-1')).toThrow(KeyMissing)
    expect(() => ring().need('child:k-1')).toThrow(KeyMissing)
    expect(ring().knows('child:k-1')).toBe(false)
  })

  it('leaves nothing of a destroyed key in its file', () => {
    const one = ring()
    const made = make(one, 'child:k-1')
    one.make(['child:k-2'], at)
    expect(readFileSync(file('ring.keys')).includes(made)).toBe(true)
    one.destroy(['child:k-1'], at)
    expect(readFileSync(file('ring.keys')).includes(made)).toBe(false)
  })

  it('is a file for its owner alone, and refuses one that others can read', () => {
    ring()
    expect(statSync(file('ring.keys')).mode & 0o777).toBe(0o600)
    for (const mode of [0o640, 0o604, 0o620]) {
      chmodSync(file('ring.keys'), mode)
      expect(ring).toThrow(`chmod 600 "${file('ring.keys')}"`)
    }
    chmodSync(file('ring.keys'), 0o400)
  })

  it('is not opened where SQLite does not take what makes it survive a power cut', () => {
    const { pragma } = Database.prototype
    const deaf = vi.spyOn(Database.prototype, 'pragma')
    deaf.mockImplementation(function (this: Database.Database, source, options) {
      return source === 'synchronous = 3' ? [] : pragma.call(this, source, options)
    })
    expect(ring).toThrow('SQLite did not take the setting synchronous = 3.')
    deaf.mockRestore()
    expect(ring).not.toThrow()
  })

  it('refuses what is no key file', () => {
    writeFileSync(file('ring.keys'), 'this is not a key file at all, but a letter'.repeat(50), {
      mode: 0o600,
    })
    expect(ring).toThrow('cannot be used')
  })
})

describe('the key file of a record', () => {
  const { file, store, keyFile, keep } = storeFolder()

  it('is never made anew under a record that was sealed', async () => {
    const one = store()
    await one.commit(opening())
    one.close()
    rmSync(file('waymark.keys'))
    expect(store).toThrow(/is not there\. Restore the backup of the key file/)
    expect(() => statSync(file('waymark.keys'))).toThrow('ENOENT')
    expect(() => keep(caseStore(file('waymark.db')))).toThrow('does not hold their keys')
  })

  it('may be new where nothing is sealed yet, or everything was erased', async () => {
    store().close()
    rmSync(file('waymark.keys'))
    const one = store()
    await one.commit(opening())
    await one.erase('child-of-case-1', access)
    one.close()
    rmSync(file('waymark.keys'))
    expect((await store().read('case-1', ['identity'], access))?.identity).toBeNull()
  })

  it('of another record is refused', async () => {
    await store().commit(opening())
    const other = caseStore(file('other.db'), file('other.keys'))
    await other.commit(opening('case-2'))
    other.close()
    expect(() => caseStore(file('waymark.db'), file('other.keys'))).toThrow(
      'does not hold their keys',
    )
  })

  it('that lacks one key says so, and does not show the case as empty', async () => {
    const one = store()
    await one.commit(full('case-1', 'words'))
    await one.commit(opening('case-2'))
    one.close()
    keyFile().exec("DELETE FROM subject_key WHERE subject = 'child:child-of-case-1'")
    const again = store()
    await expect(again.read('case-1', ['notes'], access)).rejects.toThrow(KeyMissing)
    const next = following(caseRow('case-1', { offences: 2 }), { notes: [note('n-9', 'more')] })
    await expect(again.commit(next)).rejects.toThrow(KeyMissing)
    expect(await again.read('case-2', ['notes'], access)).toBeDefined()
  })

  it('that was restored from before an erasure brings nothing back', async () => {
    const one = store()
    await one.commit(full('case-1', 'words'))
    copyFileSync(file('waymark.keys'), file('old.keys'))
    await one.erase('child-of-case-1', access)
    one.close()
    copyFileSync(file('old.keys'), file('waymark.keys'))
    const file1 = await store().read('case-1', ['identity', 'notes', 'victims'], access)
    expect(file1).toMatchObject({ identity: null, notes: [], victimEntries: [] })
    expect(keyFile().prepare('SELECT count(*) FROM subject_key').pluck().get()).toBe(0)
  })

  it('makes a restored older database forget who was erased since', async () => {
    const one = store()
    await one.commit(full('case-1', 'words'))
    one.close()
    copyFileSync(file('waymark.db'), file('old.db'))
    const two = store()
    await two.erase('child-of-case-1', access)
    two.close()
    const restored = keep(caseStore(file('old.db'), file('waymark.keys')))
    const read = await restored.read('case-1', ['identity', 'notes', 'answers', 'victims'], access)
    expect(read).toMatchObject({ identity: null, notes: [], answers: [], victimEntries: [] })
  })

  it('clears the reference, the tasks and the due dates of whoever was erased since, and of nobody else', async () => {
    const one = store()
    await one.commit(full('case-1', 'words'))
    await one.commit(full('case-2', 'other'))
    one.close()
    copyFileSync(file('waymark.db'), file('old.db'))
    const two = store()
    const later = '2026-11-09T09:30:00.000Z'
    await two.erase('child-of-case-1', { ...access, at: later })
    two.close()
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
    before.close()
    const raw = keep(new Database(file('old.db')))
    expect(raw.prepare("SELECT id FROM referral WHERE reference LIKE '%words%'").all()).toEqual([])
    expect(verifyChains(raw).mismatches).toEqual([])
    raw.close()
    // It is done once.
    const again = await openedOld()
    const rows = await again.accessLog({ scopes: [{ partnership: 'derby' }], limit: 99 })
    expect(rows.filter(({ action }) => action === 'case.erase-again')).toHaveLength(1)
  })
  const openedOld = async () => keep(caseStore(file('old.db'), file('waymark.keys')))
})
