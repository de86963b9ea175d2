import { expect, it } from 'vitest'
import { SubjectErased } from '../../src/casework/ports.ts'
import { access, at, caseRow, following, full, opening } from './changes.ts'
import type { Opened } from './store-contract.ts'
import { asRead, readAll, recommendationsOf } from './whole-case.ts'

/** Erasing a child. */
export function eraseContract(fresh: () => Promise<Opened>): void {
  const erased = async () => {
    const one = await fresh()
    const change = full('case-1', 'words')
    await one.store.commit(change)
    await one.store.erase('child-of-case-1', { ...access, action: 'child.erase' })
    return { ...one, change }
  }

  it('leaves where the case stands and what happened, and nothing that was said', async () => {
    const { store, change } = await erased()
    const file = await readAll(store, 'case-1')
    expect(file).toEqual({
      ...asRead({
        row: { ...change.row, reference: null, dueOn: null, erasedAt: at, version: 2 },
        from: null,
        access,
      }),
      deliveries: change.deliveries,
      conditions: change.conditions,
      // A birthday could be read from the days by which something was due.
      tasks: [],
      clocks: [],
      victims: change.victims,
    })
    expect(await recommendationsOf(store, 'case-1', access)).toEqual([])
    expect(await store.history('case-1', access)).toHaveLength(2)
    const [listed] = await store.list({ scopes: [{ partnership: 'derby' }], limit: 5 }, access)
    expect(listed?.identity).toBeNull()
  })

  it('is seen by a process that had the key at hand', async () => {
    const one = await fresh()
    const other = await one.again()
    await one.store.commit(full('case-1', 'words'))
    expect((await readAll(other, 'case-1')).identity).not.toBeNull()
    await one.store.erase('child-of-case-1', access)
    expect((await readAll(other, 'case-1')).identity).toBeNull()
    expect((await readAll(other, 'case-1')).notes).toEqual([])
  })

  it('leaves other children alone', async () => {
    const { store } = await erased()
    const other = full('case-2', 'other')
    await store.commit(other)
    expect(await readAll(store, 'case-2')).toEqual(asRead(other))
  })

  it('makes what was begun before stale, and nothing is added for an erased child', async () => {
    const { store, change, dump } = await erased()
    const before = dump()
    expect(await store.commit(following(change.row))).toEqual({ kind: 'stale' })
    const now = { ...change.row, version: 2 }
    await expect(store.commit(following(now))).rejects.toThrow(SubjectErased)
    const again = caseRow('case-9', { child: 'child-of-case-1' })
    await expect(store.commit(opening('case-9', { row: again }))).rejects.toThrow(SubjectErased)
    expect(dump()).toEqual(before)
  })

  it('is logged, can be said twice, and does nothing for a child who is not there', async () => {
    const { store, dump } = await erased()
    const [last] = await store.accessLog({ scopes: [{ partnership: 'derby' }], limit: 1 })
    expect(last).toMatchObject({
      action: 'child.erase',
      cases: [{ case: 'case-1', child: 'child-of-case-1' }],
    })
    await store.erase('child-of-case-1', { ...access, at: '2026-12-01T00:00:00.000Z' })
    expect((await store.whereIs('case-1'))?.erasedAt).toBe(at)
    const before = dump()
    await store.erase('child-9', access)
    expect(dump()).toEqual(before)
  })

  it('keeps a used key used: its answer is gone, and nothing is done again', async () => {
    const { store, change } = await erased()
    const { owner = '', key = '' } = change.idempotency ?? {}
    expect(await store.repeated(owner, key)).toEqual({ case: 'case-1', answer: null })
  })

  it('gives no answer again in a process that had the key at hand', async () => {
    const one = await fresh()
    const other = await one.again()
    const change = full('case-1', 'words')
    const { owner = '', key = '' } = change.idempotency ?? {}
    await one.store.commit(change)
    expect((await other.repeated(owner, key))?.answer?.body).toBe('words')
    await one.store.erase('child-of-case-1', access)
    expect(await other.repeated(owner, key)).toEqual({ case: 'case-1', answer: null })
  })

  it('lets its due dates rest', async () => {
    const { store } = await erased()
    expect(await store.due('2030-01-01', 5)).toEqual([])
    expect(await store.overdueTasks('2030-01-01', 5)).toEqual([])
  })
}
