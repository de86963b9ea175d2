import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { access, at, following, full } from './changes.ts'
import { storeFolder } from './store-folder.ts'
import { mismatchesIn } from './verified.ts'

const { file, store, database } = storeFolder()

const canary = 'CANARY-Quill-Example'
const files = [
  'waymark.db',
  'waymark.db-wal',
  'waymark.db-shm',
  'waymark.keys',
  'waymark.keys-journal',
]

/** The files that hold a text in clear. */
const holding = (text: string) =>
  files.filter((name) => existsSync(file(name)) && readFileSync(file(name)).includes(text))

describe('what is sealed', () => {
  it('stands nowhere in clear: not in the database, its log, or the key file', async () => {
    const one = await store()
    const change = full('case-1', canary, { reference: 'REF/77' })
    await one.commit(change)
    await one.planClinic(
      {
        id: 'clinic-1',
        partnership: 'derby',
        area: null,
        heldOn: '2026-11-12',
        state: 'planned',
        version: 1,
      },
      access,
    )
    await one.saveClinic(
      {
        row: {
          id: 'clinic-1',
          partnership: 'derby',
          area: null,
          heldOn: '2026-11-12',
          state: 'open',
          version: 2,
        },
        minutes: canary,
        attendance: [
          { person: 'p-1', name: canary, role: 'clinic-chair', agency: 'chair', way: 'remote' },
        ],
      },
      1,
      access,
    )
    expect(holding('REF/77')).not.toEqual([])
    expect(holding(canary)).toEqual([])
    await one.close()
    expect(holding(canary)).toEqual([])
    const raw = database()
    const bodies = raw.prepare('SELECT body FROM outbox').pluck().all().join()
    expect(bodies).not.toContain(canary)
  })
})

describe('an erased child', () => {
  it('leaves no word in any file, and the chains still verify', async () => {
    const one = await store()
    const change = full('case-1', canary)
    await one.commit(full('case-2', 'somebody else'))
    await one.commit(change)
    // The case is changed often, so that older copies of its row may lie about in the file.
    for (let version = 1; version <= 20; version += 1)
      await one.commit(following({ ...change.row, version, reference: `REF ${canary} ${version}` }))
    expect(holding(canary)).not.toEqual([])
    await one.erase('child-of-case-1', { ...access, at })
    expect(holding(canary)).toEqual([])
    await one.close()
    expect(holding(canary)).toEqual([])
    expect(await mismatchesIn(database())).toEqual([])
  })
})
