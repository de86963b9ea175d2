import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Fold } from '../../src/casework/ports.ts'
import { differences } from '../../src/casework/replay.ts'
import { siteOn } from '../support/faults-site.ts'
import { aReferral } from '../support/made-up.ts'
import { access, at, full, note, opening } from './changes.ts'
import { dumpOf } from './dump.ts'
import { runDb } from './run-db.ts'
import { storeFolder } from './store-folder.ts'

const { file, store, database, keep } = storeFolder()

/** Runs a command under `waymark db` on this test's database. */
const db = (...argv: string[]) => dbWith(() => [], ...argv)

/** As `db`, with what compares a history with its case: those of these tests are made up. */
const dbWith = (fold: Fold, ...argv: string[]) =>
  runDb({ database: file('waymark.db'), keys: file('waymark.keys') }, fold, argv)
const json = async (...argv: string[]) => JSON.parse((await db(...argv, '--json')).out)

describe('db migrate', () => {
  it('creates the database and its folder, and has nothing to do after that', async () => {
    const deep = file('data/deep/waymark.db')
    const first = await db('migrate', '--database', deep)
    expect(first).toEqual({
      code: 0,
      error: '',
      out: `${deep} is up to date now; 1 migration done.`,
    })
    expect((await db('migrate', '--database', deep)).out).toBe(`${deep} is up to date.`)
    expect(await json('migrate', '--database', deep)).toEqual({ ok: true, done: 0 })
  })

  it('says what is wrong with a file that is no database', async () => {
    writeFileSync(file('waymark.db'), 'a letter, and not a database '.repeat(90))
    const { code, error } = await db('migrate')
    expect(code).toBe(1)
    expect(error).toContain('cannot be used: file is not a database')
  })
})

describe('db backup', () => {
  it('copies a database in use, as it stands, without any key', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    const { code, out } = await db('backup', file('copy.db'))
    await one.commit(opening('case-2'))
    expect(code).toBe(0)
    expect(out).toContain(
      `is copied to ${file('copy.db')} (${statSync(file('copy.db')).size} bytes)`,
    )
    expect(out).toContain('back it up apart')
    const copy = keep(new Database(file('copy.db'), { readonly: true }))
    const dump = dumpOf(copy)
    expect(dump.referral).toHaveLength(1)
    expect(dump.note).toEqual(dumpOf(database()).note)
    const key = keep(new Database(file('waymark.keys')))
      .prepare('SELECT key FROM subject_key')
      .pluck()
    for (const bytes of key.all() as Buffer[])
      expect(readFileSync(file('copy.db')).includes(bytes)).toBe(false)
  })

  it('never overwrites a file, and leaves none behind where there is nothing to copy', async () => {
    ;(await store()).close()
    writeFileSync(file('copy.db'), 'somebody’s')
    expect(await db('backup', file('copy.db'))).toMatchObject({
      code: 1,
      error: expect.stringContaining('a backup never overwrites one'),
    })
    expect(readFileSync(file('copy.db'), 'utf8')).toBe('somebody’s')
    const none = await db('backup', file('new.db'), '--database', file('none.db'))
    expect(none).toMatchObject({ code: 1, error: expect.stringContaining('There is no file') })
    expect(existsSync(file('new.db'))).toBe(false)
  })
})

describe('db restore', () => {
  const backedUp = async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await db('backup', file('copy.db'))
    await one.commit(opening('case-2'))
    await one.close()
  }

  it('puts the backup where there is no database', async () => {
    await backedUp()
    const elsewhere = file('elsewhere.db')
    const { code, out } = await db('restore', file('copy.db'), '--database', elsewhere)
    expect([code, out]).toEqual([0, expect.stringContaining('is now what')])
    expect(existsSync(file('elsewhere.db.restoring'))).toBe(false)
    expect(dumpOf(keep(new Database(elsewhere))).referral).toHaveLength(1)
  })

  it('refuses where there is one, and with --force sets it aside', async () => {
    await backedUp()
    const refused = await db('restore', file('copy.db'))
    expect(refused).toMatchObject({ code: 1, error: expect.stringContaining('Add --force') })
    const { code, out } = await db('restore', file('copy.db'), '--force')
    expect([code, out]).toEqual([0, expect.stringContaining('waymark.db.before-restore')])
    const aside = keep(new Database(file('waymark.db.before-restore')))
    expect(dumpOf(aside).referral).toHaveLength(2)
    const again = await store()
    expect((await again.read('case-1', ['identity'], access))?.identity?.name).toBe('words')
    expect(await again.whereIs('case-2')).toBeUndefined()
    await again.close()
    const third = await db('restore', file('copy.db'), '--force')
    expect(third).toMatchObject({ code: 1, error: expect.stringContaining('Move it away first') })
  })

  it('refuses while somebody uses the database', async () => {
    await backedUp()
    const one = await store()
    const { code, error } = await db('restore', file('copy.db'), '--force')
    expect([code, error]).toEqual([1, expect.stringContaining('Stop the service first')])
    expect(await one.whereIs('case-2')).toBeDefined()
  })

  it('takes the place of a database that is too damaged to be opened', async () => {
    await backedUp()
    writeFileSync(file('waymark.db'), 'damaged '.repeat(900))
    expect((await db('restore', file('copy.db'), '--force')).code).toBe(0)
    expect(await (await store()).whereIs('case-1')).toBeDefined()
  })

  it('changes nothing where the backup is cut short, is no database, or was changed', async () => {
    await backedUp()
    const raw = database()
    const before = dumpOf(raw)
    raw.close()
    const copy = keep(new Database(file('copy.db')))
    copy.exec('DROP TRIGGER note_stays_as_it_is')
    copy.exec("UPDATE note SET at = '2026-01-01T00:00:00.000Z'")
    copy.close()
    const changed = await db('restore', file('copy.db'), '--force')
    expect(changed).toMatchObject({
      code: 1,
      error: expect.stringMatching(/not sound: schema.*record: note case-1-n1: is not as/),
    })
    truncateSync(file('copy.db'), 20_000)
    expect((await db('restore', file('copy.db'), '--force')).code).toBe(1)
    writeFileSync(file('copy.db'), 'no database '.repeat(900))
    expect((await db('restore', file('copy.db'), '--force')).code).toBe(1)
    expect((await db('restore', file('none.db'), '--force')).code).toBe(1)
    expect(dumpOf(database())).toEqual(before)
    expect(existsSync(file('waymark.db.before-restore'))).toBe(false)
    expect(existsSync(file('waymark.db.restoring'))).toBe(false)
  })
})

describe('db check', () => {
  const checks = async () =>
    Object.fromEntries(
      ((await json('check')).checks as { what: string; ok: boolean }[]).map((one) => [
        one.what,
        one.ok,
      ]),
    )

  it('finds everything in order, also while the database is in use', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    const { code, out, error } = await db('check')
    expect([code, error]).toEqual([0, ''])
    expect(out.split('\n').every((line) => line.startsWith('yes  '))).toBe(true)
    expect(out.split('\n')).toHaveLength(8)
    expect(Object.values(await checks()).every(Boolean)).toBe(true)
  })

  it.each([
    ['schema', 'DROP TRIGGER case_event_is_never_removed'],
    [
      'schema',
      'DROP TRIGGER note_stays_as_it_is; CREATE TRIGGER note_stays_as_it_is BEFORE UPDATE ON note BEGIN SELECT 1; END',
    ],
    ['schema', 'CREATE TRIGGER more AFTER INSERT ON note BEGIN SELECT 1; END'],
    ['schema', 'CREATE TABLE loose (a)'],
    ['settings', 'PRAGMA journal_mode = DELETE'],
    ['migrations', 'DELETE FROM __drizzle_migrations'],
    ['schema', 'DROP INDEX referral_reference'],
    [
      'record',
      "INSERT INTO case_event SELECT partnership, 9, 'e-9', referral, child, 9, 9, act, chart, delivery, type, at, actor, body FROM case_event LIMIT 1",
    ],
  ])('finds what is wrong with %s, and nothing else', async (what, change) => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.close()
    const raw = database()
    raw.exec(change)
    raw.close()
    const found = await checks()
    expect(Object.keys(found).filter((name) => !found[name])).toEqual([what])
    const { code, out } = await db('check')
    expect([code, out]).toEqual([1, expect.stringContaining('NO   ')])
  })

  it('finds that a row names what is not there', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.close()
    const raw = database()
    raw.exec("PRAGMA foreign_keys = OFF; INSERT INTO offence VALUES ('case-9', 1)")
    raw.close()
    expect(await checks()).toMatchObject({ references: false, record: false })
  })

  it('looks at the keys when asked, and names whose key is lost, and who is still to be erased', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.commit(full('case-2', 'other words'))
    await one.close()
    expect((await db('check', '--keys')).out).toContain('yes  Every child, victim and clinic')
    const keys = keep(new Database(file('waymark.keys')))
    keys.exec("DELETE FROM subject_key WHERE subject = 'victim:case-1:1'")
    keys.exec("DELETE FROM subject_key WHERE subject = 'child:child-of-case-2'")
    keys.exec(`INSERT INTO destroyed_subject VALUES ('child:child-of-case-2', '${at}')`)
    const { code, out } = await db('check', '--keys')
    expect(code).toBe(1)
    expect(out).toContain('victim:case-1:1: has no key')
    expect(out).toContain(`child:child-of-case-2: its key was destroyed at ${at}`)
    expect((await db('check')).code).toBe(0)
  })

  it('tries each key on what is theirs, and names whose is another’s', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.commit(opening('case-2', { notes: [note('n-9', 'words')] }))
    await one.close()
    const keys = keep(new Database(file('waymark.keys')))
    keys.exec(
      "UPDATE subject_key SET key = zeroblob(32) WHERE subject IN ('child:child-of-case-2', 'victim:case-1:1')",
    )
    const { code, out } = await db('check', '--keys')
    expect(code).toBe(1)
    expect(out).toContain('child:child-of-case-2: its key does not open what is theirs')
    expect(out).toContain('victim:case-1:1: its key does not open what is theirs')
    expect(out).not.toContain('child:child-of-case-1:')
  })

  it('asks for a key file where there is none, and makes none', async () => {
    await (await store()).close()
    rmSync(file('waymark.keys'))
    const { code, error } = await db('check', '--keys')
    expect([code, error]).toEqual([1, expect.stringContaining('There is no key file')])
    expect(existsSync(file('waymark.keys'))).toBe(false)
  })

  /** A case that was opened and accepted, on the record of this test. */
  async function accepted(): Promise<string> {
    const one = await store()
    const { call } = siteOn(one, 'check')
    const send = (method: string, path: string, person: string, body: object, version: number) =>
      call({
        method,
        path,
        person,
        body,
        headers: { 'if-match': `"${version}"`, 'idempotency-key': `key-0000000${version}` },
      })
    const opened = await send('POST', '/v1/referrals', 'officer-1', aReferral, 0)
    const { id } = ((await opened.json()) as { case: { id: string } }).case
    const accept = { type: 'referral.accepted' }
    const answer = await send('POST', `/v1/cases/${id}/events`, 'team-leader-1', accept, 1)
    expect(answer.status).toBe(200)
    await one.close()
    return id
  }

  it('finds that every case stands where its events leave it', async () => {
    await accepted()
    const { code, out } = await dbWith(differences, 'check')
    expect([code, out]).toEqual([0, expect.stringContaining('yes  Every case stands where')])
  })

  it.each([
    ['in another state', "UPDATE referral SET state = 'decided'"],
    [
      'with something else remembered',
      "UPDATE referral SET context = json_set(context, '$.holds', json('[\"x\"]'))",
    ],
    [
      'with a delivery that never began',
      "INSERT INTO delivery SELECT id, 'y-1', 'd-1', 'delivery', 1, 'agreed', '{}' FROM referral",
    ],
  ])('finds a case that was put %s by hand, and names it', async (_, change) => {
    const id = await accepted()
    const raw = database()
    raw.exec(change)
    raw.close()
    const { code, out } = await dbWith(differences, 'check', '--json')
    const { checks } = JSON.parse(out) as {
      checks: { what: string; ok: boolean; found: string[] }[]
    }
    expect(code).toBe(1)
    expect(checks.filter(({ ok }) => !ok)).toMatchObject([
      { what: 'record' },
      { what: 'cases', found: [expect.stringContaining(`case ${id}: `)] },
    ])
  })

  it('says that a damaged file is not whole', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.close()
    truncateSync(file('waymark.db'), statSync(file('waymark.db')).size - 8192)
    const { code } = await db('check')
    expect(code).toBe(1)
  })

  it('changes nothing', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.close()
    const before = readFileSync(file('waymark.db'))
    await db('check')
    expect(readFileSync(file('waymark.db')).equals(before)).toBe(true)
  })

  it('of a file that is not there creates none', async () => {
    const { code, error } = await db('check')
    expect([code, error]).toEqual([1, expect.stringContaining('There is no file')])
    expect(existsSync(file('waymark.db'))).toBe(false)
  })
})
