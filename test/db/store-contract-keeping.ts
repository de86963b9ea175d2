import { expect, it } from 'vitest'
import { at, opening } from './changes.ts'
import type { Opened } from './store-contract.ts'

/** What is kept beside cases. */
export function keepContract(fresh: () => Opened): void {
  it('keeps a rule set once, by its digest, to the letter', async () => {
    const { store, dump } = fresh()
    const set = { digest: 'sha256-1', partnership: 'derby', content: '{"rules":["…"]}', at }
    await store.keepRuleSet(set)
    const before = dump()
    await store.keepRuleSet(set)
    expect(dump()).toEqual(before)
    expect(await store.ruleSet('sha256-1')).toBe(set.content)
    expect(await store.ruleSet('sha256-2')).toBeUndefined()
  })

  it('hands out messages, oldest first, until they arrived', async () => {
    const { store } = fresh()
    const notice = (id: string) => ({ id, kind: 'notice' as const, body: { id } })
    await store.commit(opening('case-1', { outbox: [notice('o-1'), notice('o-2')] }))
    const ids = async (limit = 9) => (await store.outbox(limit)).map(({ id }) => id)
    expect(await ids()).toEqual(['audit:derby:1', 'o-1', 'o-2'])
    expect(await ids(1)).toEqual(['audit:derby:1'])
    await store.delivered(['o-1', 'o-9'], at)
    expect(await ids()).toEqual(['audit:derby:1', 'o-2'])
  })

  it('says that it takes writes', async () => {
    const { store } = fresh()
    expect(await store.writable()).toBe(true)
    store.close()
    expect(await store.writable()).toBe(false)
  })
}
