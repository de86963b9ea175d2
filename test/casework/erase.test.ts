import { describe, expect, it } from 'vitest'
import { eraseChild } from '../../src/casework/erase.ts'
import { granted } from '../support/casework.ts'
import { closed, workedCase } from './whole-case.ts'

describe('erasing a child', () => {
  it('waits until the case is closed', async () => {
    const { work, id } = await workedCase()
    const before = await work.file(id)
    expect(await eraseChild(work.deps, work.as('administrator-1'), id)).toMatchObject({
      ok: false,
      why: 'refused',
      refusal: { asked: 'case.erase', blockedBy: [{ id: 'case-is-closed' }] },
    })
    expect(await work.file(id)).toEqual(before)
    await work.store.close()
  })

  it('leaves ids and codes of a closed case and nothing of the child, and is logged', async () => {
    const { work, id } = await workedCase('REF-1')
    await closed(work, id)
    const child = (await work.file(id)).row.child
    expect((await work.file(id)).identity).not.toBeNull()
    const erased = granted(await eraseChild(work.deps, work.as('administrator-1'), id))
    const file = await work.file(id)
    expect(file).toMatchObject({ identity: null, answers: [], notes: [], decisions: [] })
    expect(file.row).toMatchObject({ reference: null, erasedAt: erased.erasedAt, child })
    const scopes = [{ partnership: 'derby' }]
    const log = await work.store.accessLog({ scopes, case: id, limit: 5 })
    expect(log.find(({ action }) => action === 'case.erase')).toMatchObject({
      actor: { person: 'administrator-1', role: 'administrator' },
      cases: [{ case: id, child }],
    })
    await work.store.close()
  })

  it('changes nothing the second time', async () => {
    const { work, id } = await workedCase()
    await closed(work, id)
    const first = granted(await eraseChild(work.deps, work.as('administrator-1'), id))
    const version = (await work.store.whereIs(id))?.version
    expect(granted(await eraseChild(work.deps, work.as('administrator-1'), id))).toEqual(first)
    expect((await work.store.whereIs(id))?.version).toBe(version)
    await work.store.close()
  })

  it('is for administrators of the partnership, and for nobody who works on the case', async () => {
    const { work, id } = await workedCase()
    await closed(work, id)
    for (const [person, why] of [
      ['chair-1', 'not-allowed'],
      ['inspector-1', 'not-allowed'],
      ['auditor-1', 'absent'],
      ['administrator-2', 'absent'],
    ] as const)
      expect(await eraseChild(work.deps, work.as(person), id), person).toMatchObject({ why })
    expect((await work.store.whereIs(id))?.erasedAt).toBeNull()
    await work.store.close()
  })
})
