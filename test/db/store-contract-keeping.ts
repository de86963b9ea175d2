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

  it('adds to what happened to rule sets only where nobody else did first, with what is to be told', async () => {
    const { store, dump } = fresh()
    const digest = 'sha256-1'
    await store.keepRuleSet({ digest, partnership: 'derby', content: '{}', at })
    const by = { person: 'sweeper-1', role: 'sweeper', agency: 'partnership' } as const
    const event = { type: 'ruleSet.loaded', by, at, partnership: 'derby', digest } as const
    const one = (id: string) => ({ id, digest, event, notes: { 'note-1': 'Why.' } })
    const told = [{ id: 'o-1', kind: 'notice' as const, body: { ruleSet: digest } }]
    expect(await store.addRuleSetEvents('derby', 0, [one('e-1'), one('e-2')], told)).toBe('done')
    const before = dump()
    expect(await store.addRuleSetEvents('derby', 1, [one('e-3')], told)).toBe('stale')
    expect(await store.addRuleSetEvents('derby', 3, [one('e-3')], told)).toBe('stale')
    expect(dump()).toEqual(before)
    const kept = await store.ruleSetEvents('derby')
    expect(kept).toEqual([
      { seq: 1, ...one('e-1') },
      { seq: 2, ...one('e-2') },
    ])
    expect(await store.ruleSetEvents('west-mercia')).toEqual([])
    expect((await store.outbox(9)).map(({ id }) => id)).toEqual(['o-1'])
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
