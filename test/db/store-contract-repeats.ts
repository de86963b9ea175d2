import { expect, it } from 'vitest'
import type { Committed } from '../../src/casework/ports.ts'
import { at, opening } from './changes.ts'
import type { Opened } from './store-contract.ts'

/** Requests that come again. */
export function repeatContract(fresh: () => Promise<Opened>): void {
  const kept = (request = 'sha256-1') => ({
    owner: 'system-1',
    key: 'key-1',
    request,
    status: 201,
    headers: { location: '/v1/cases/case-1' },
    body: '{"id":"case-1"}',
    at,
  })

  it('get the answer of the first, and nothing is done twice', async () => {
    const { store, dump } = await fresh()
    expect(await store.repeated('system-1', 'key-1')).toBeUndefined()
    await store.commit(opening('case-1', { idempotency: kept() }))
    const before = dump()
    const again = opening('case-2', { idempotency: kept('sha256-2') })
    expect(await store.commit(again)).toEqual({ kind: 'repeated' })
    const answer = { case: 'case-1', answer: kept() }
    expect(await store.repeated('system-1', 'key-1')).toEqual(answer)
    expect(dump()).toEqual(before)
  })

  it('are those of one owner: another may use the same key', async () => {
    const { store } = await fresh()
    await store.commit(opening('case-1', { idempotency: kept() }))
    expect(await store.repeated('system-2', 'key-1')).toBeUndefined()
    const other = opening('case-2', { idempotency: { ...kept(), owner: 'system-2' } })
    expect(await store.commit(other)).toEqual({ kind: 'done' })
  })

  it('leave the key free where the first was not done', async () => {
    const { store } = await fresh()
    await store.commit(opening())
    expect(await store.commit(opening('case-1', { idempotency: kept() }))).toEqual({
      kind: 'stale',
    })
    expect(await store.repeated('system-1', 'key-1')).toBeUndefined()
  })

  it('that come at once are done once', async () => {
    const one = await fresh()
    const stores = [one.store, await one.again(), one.store, await one.again()]
    const made: Committed[] = await Promise.all(
      stores.map((store, i) => store.commit(opening(`case-${i}`, { idempotency: kept() }))),
    )
    expect(made.map(({ kind }) => kind).sort()).toEqual([
      'done',
      'repeated',
      'repeated',
      'repeated',
    ])
  })
}
