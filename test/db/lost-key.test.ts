import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KeyMissing } from '../../src/casework/ports.ts'
import { missingKeysLine } from '../../src/missing-keys.ts'
import { siteOn } from '../support/faults-site.ts'
import { aReferral } from '../support/made-up.ts'
import { caseStore } from '../support/stores.ts'
import { access, at, full } from './changes.ts'
import { dumpOf } from './dump.ts'
import { runDb } from './run-db.ts'
import { storeFolder } from './store-folder.ts'
import { readAll } from './whole-case.ts'

const { file, store, keyFile, database, keep } = storeFolder()
const db = (...argv: string[]) =>
  runDb({ database: file('waymark.db'), keys: file('waymark.keys') }, () => [], argv)
const giveUp = (...argv: string[]) => db('give-up-key', ...argv)

const clinicRow = { id: 'clinic-1', partnership: 'derby', area: null, heldOn: '2026-11-20' }

/** A record of three cases and a clinic in which keys are lost, as a power cut could leave it. */
async function withLost(...subjects: string[]) {
  const one = await store()
  await one.planClinic({ ...clinicRow, state: 'planned', version: 1 }, access)
  for (const id of ['case-1', 'case-2', 'case-3']) await one.commit(full(id, `words of ${id}`))
  await one.close()
  const raw = keyFile()
  for (const subject of subjects)
    raw.prepare('DELETE FROM subject_key WHERE subject = ?').run(subject)
  raw.close()
}
const newest = 'child:child-of-case-3'
const older = 'child:child-of-case-2'
const victim = 'victim:case-2:1'
const clinic = 'clinic:clinic-1'

/** What is logged with one subject, of what starts and commands do. */
async function loggedBy(action: string) {
  const one = await store()
  const rows = await one.accessLog({ scopes: [{ partnership: 'derby' }], limit: 99 })
  await one.close()
  return rows.filter((row) => row.action === action)
}

describe('a key that is lost', () => {
  it('of the newest child keeps the service from starting, which names the child and the page that helps', async () => {
    await withLost(newest)
    await expect(store()).rejects.toThrow(
      new RegExp(
        `lacks the key of ${newest}, the newest child .* Restore the newest backup of the key file\\. .* docs/lost-key\\.md`,
      ),
    )
  })

  it('of anybody else does not, and each of them is named', async () => {
    await withLost(older, victim, clinic)
    const one = await store()
    expect(await one.missingKeys()).toEqual([older, victim, clinic])
    expect(missingKeysLine(await one.missingKeys())).toBe(
      `3 keys are lost, in the key file neither as held nor as destroyed: ${older}, ${victim}, ${clinic}. What was sealed with them cannot be read: docs/lost-key.md says what to do.`,
    )
  })

  it('is not said where none is lost, nor of who was erased', async () => {
    await withLost()
    const one = await store()
    await one.erase('child-of-case-2', access)
    expect(await one.missingKeys()).toEqual([])
    expect(missingKeysLine([])).toBeUndefined()
  })

  it('is said of twenty at the most, with how many there are', () => {
    const many = Array.from({ length: 23 }, (_, i) => `child:k-${i}`)
    expect(missingKeysLine(many)).toMatch(/^23 keys are lost, .*child:k-19, and 3 more\. What/)
    expect(missingKeysLine(many.slice(0, 1))).toMatch(/^1 key is lost, .*: child:k-0\. What/)
  })

  it('closes its case, and neither the others nor the list, where it stands without a name', async () => {
    await withLost(older)
    const one = await store()
    await expect(readAll(one, 'case-2')).rejects.toThrow(KeyMissing)
    expect((await readAll(one, 'case-1')).identity?.name).toBe('words of case-1')
    const listed = await one.list({ scopes: [{ partnership: 'derby' }], limit: 9 }, access)
    expect(listed.map(({ row, identity }) => [row.id, identity?.name])).toEqual([
      ['case-3', 'words of case-3'],
      ['case-2', undefined],
      ['case-1', 'words of case-1'],
    ])
  })

  it('is answered over HTTP by a sentence that does not say "try again"', async () => {
    const one = await store()
    const site = siteOn(one, 'lost')
    const headers = { 'idempotency-key': 'key-00000001' }
    const opened = await site.call({
      method: 'POST',
      path: '/v1/referrals',
      person: 'officer-1',
      body: aReferral,
      headers,
    })
    const { id } = ((await opened.json()) as { case: { id: string } }).case
    await one.commit(full('case-1', 'words'))
    await one.close()
    const raw = keyFile()
    raw.exec("DELETE FROM subject_key WHERE subject <> 'child:child-of-case-1'")
    raw.close()
    const again = siteOn(await store(), 'again')
    const get = (path: string) => again.call({ method: 'GET', path, person: 'officer-1' })
    const answer = await get(`/v1/cases/${id}`)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3600'])
    expect(await answer.json()).toMatchObject({
      detail:
        'Nothing was read or stored: a key that this case needs is lost. Whoever runs the service was told which.',
    })
    expect((await get('/v1/cases')).status).toBe(200)
  })
})

/** All that is in the two files. */
const asTheyAre = () =>
  [database(), keyFile()].map((raw) => {
    const all = dumpOf(raw)
    raw.close()
    return all
  })

describe('db give-up-key', () => {
  it('says what it means and changes nothing, where it is not said to be for good', async () => {
    await withLost(newest)
    const before = asTheyAre()
    const { code, out, error } = await giveUp(newest)
    expect([code, out]).toEqual([1, ''])
    expect(error).toContain(
      `Nothing was changed. The key of ${newest} is in "${file('waymark.keys')}" neither as held nor as destroyed. To give it up means: whatever was sealed for this child can never be read again, by anybody, in any copy. At the next start case case-3 is erased as an administrator would erase it, victims included, and that is logged.`,
    )
    expect(error).toContain(
      'Restore the newest backup of the key file first: it may hold the key (docs/lost-key.md). Where none does, add --for-good.',
    )
    expect(asTheyAre()).toEqual(before)
    await expect(store()).rejects.toThrow('lacks the key')
  })

  it('lets the service start again, which erases the child and nobody else, and both are logged', async () => {
    await withLost(newest)
    const { code, out } = await giveUp(newest, '--for-good')
    expect([code, out]).toEqual([
      0,
      `The key of ${newest} is given up: it is marked as destroyed, and that is logged.\nThe next start erases case case-3.`,
    ])
    const one = await store()
    const file3 = await readAll(one, 'case-3')
    expect(file3).toMatchObject({
      row: { reference: null, erasedAt: '2026-11-30T08:00:00.000Z' },
      identity: null,
      notes: [],
      victimEntries: [],
      tasks: [],
    })
    expect((await readAll(one, 'case-2')).identity?.name).toBe('words of case-2')
    expect(await one.missingKeys()).toEqual([])
    await one.close()
    const log = [...(await loggedBy('key.give-up')), ...(await loggedBy('case.erase-again'))]
    expect(log.map((row) => [row.cases.map((one) => one.case), row.actor.role])).toEqual([
      [['case-3'], 'sweeper'],
      [['case-3'], 'sweeper'],
    ])
    const { code: sound } = await db('check', '--keys')
    expect(sound).toBe(0)
  })

  it('of an older child lets its case be seen as erased, which was closed before', async () => {
    await withLost(older)
    expect(JSON.parse((await giveUp(older, '--for-good', '--json')).out)).toEqual({
      ok: true,
      subject: older,
      cases: ['case-2'],
    })
    expect(await readAll(await store(), 'case-2')).toMatchObject({ identity: null, notes: [] })
  })

  it('of a victim leaves the case as it is, without what was sealed for the victim', async () => {
    await withLost(victim)
    expect((await giveUp(victim)).error).toContain(
      'whatever this victim said, and what was said of them in case case-2, can never be read again',
    )
    expect((await giveUp(victim, '--for-good')).code).toBe(0)
    const one = await store()
    const read = await readAll(one, 'case-2')
    expect(read).toMatchObject({ identity: { name: 'words of case-2' }, victimEntries: [] })
    expect(read.notes).toHaveLength(2)
    await one.close()
    expect(await loggedBy('key.give-up')).toMatchObject([
      { cases: [{ case: 'case-2', child: 'child-of-case-2' }] },
    ])
  })

  it('of a clinic leaves its cases as they are', async () => {
    await withLost(clinic)
    expect((await giveUp(clinic)).error).toContain('the minutes of this clinic')
    expect((await giveUp(clinic, '--for-good')).code).toBe(0)
    expect((await (await store()).clinic('clinic-1', access))?.row.heldOn).toBe('2026-11-20')
    expect(await loggedBy('key.give-up')).toMatchObject([{ clinic: 'clinic-1' }])
  })

  const refused = async (subject: string, why: string) => {
    const { code, error } = await giveUp(subject, '--for-good')
    expect([code, error]).toEqual([1, expect.stringContaining(why)])
  }

  it('is refused for a key that is there, one that was given up already, and nobody at all', async () => {
    await withLost(older)
    await refused(newest, 'it is not lost')
    await refused('child:child-of-case-9', 'Nobody in this database is called')
    await refused('case-2', 'Write child:ID, victim:CASE:NUMBER or clinic:ID')
    expect((await giveUp(older, '--for-good')).code).toBe(0)
    await refused(older, 'is marked as destroyed already')
  })

  it('is refused where the whole key file is not there, or is that of another database', async () => {
    await withLost()
    rmSync(file('waymark.keys'))
    await refused(newest, 'With the file all keys are lost, not one')
    expect(existsSync(file('waymark.keys'))).toBe(false)
    const other = keep(await caseStore(file('other.db'), file('other.keys')))
    await other.commit(full('case-7', 'words'))
    await other.close()
    copyFileSync(file('other.keys'), file('waymark.keys'))
    await refused(newest, 'holds no key of this database at all')
  })

  it('goes on where the only child there is has lost its key, with its victims', async () => {
    const one = await store()
    await one.commit(full('case-1', 'words'))
    await one.close()
    const raw = keyFile()
    raw.exec('DELETE FROM subject_key')
    raw.close()
    await expect(store()).rejects.toThrow('does not hold their keys')
    expect((await giveUp('child:child-of-case-1', '--for-good')).code).toBe(0)
    expect((await readAll(await store(), 'case-1')).row.erasedAt).not.toBe(at)
  })

  it('is refused while the service runs, which would show the case as empty', async () => {
    await withLost(older)
    const one = await store()
    await refused(older, 'Stop the service first')
    expect(await one.missingKeys()).toEqual([older])
  })
})
