import { expect, it } from 'vitest'
import { waitingIn } from '../support/outbox.ts'
import { at, opening } from './changes.ts'
import type { Opened } from './store-contract.ts'

/** What is kept beside cases. */
export function keepContract(fresh: () => Promise<Opened>): void {
  it('keeps a rule set once, by its digest, to the letter', async () => {
    const { store, dump } = await fresh()
    const set = { digest: 'sha256-1', partnership: 'derby', content: '{"rules":["…"]}', at }
    await store.keepRuleSet(set)
    const before = dump()
    await store.keepRuleSet(set)
    expect(dump()).toEqual(before)
    expect(await store.ruleSet('sha256-1')).toBe(set.content)
    expect(await store.ruleSet('sha256-2')).toBeUndefined()
  })

  it('adds to what happened to rule sets only where nobody else did first, with what is to be told', async () => {
    const { store, dump } = await fresh()
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
    expect((await waitingIn(store, 9)).map(({ id }) => id)).toEqual(['o-1'])
  })

  it('hands out messages, oldest first, until they arrived', async () => {
    const { store } = await fresh()
    await store.commit(opening('case-1', { outbox: [notice('o-1'), notice('o-2')] }))
    const ids = async (limit = 9) => (await waitingIn(store, limit)).map(({ id }) => id)
    expect((await ids()).sort()).toEqual(['audit:derby:1', 'o-1', 'o-2'])
    const [first = '', ...rest] = await ids()
    expect(await ids(1)).toEqual([first])
    const taken: string[] = []
    const take = async (messages: readonly { id: string }[]) => {
      taken.push(...messages.map(({ id }) => id))
    }
    expect(await store.handOn(1, take, () => at)).toBe(1)
    expect(taken).toEqual([first])
    expect(await ids()).toEqual(rest)
  })

  it('hands on a message to one of two who hand on at once', async () => {
    const { store } = await fresh()
    await store.commit(opening('case-1', { outbox: [notice('o-1')] }))
    const taken: string[] = []
    const take = async (messages: readonly { id: string }[]) => {
      await Promise.resolve()
      taken.push(...messages.map(({ id }) => id))
    }
    await Promise.all([store.handOn(9, take, () => at), store.handOn(9, take, () => at)])
    expect(taken.sort()).toEqual(['audit:derby:1', 'o-1'])
  })

  it('runs work that only one may do for one alone', async () => {
    const { store } = await fresh()
    const both = [1, 2].map((n) => store.alone('sweep', async () => n))
    expect(await Promise.all(both)).toEqual([1, undefined])
    expect(await store.alone('sweep', async () => 3)).toBe(3)
    await expect(store.alone('relay', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await store.alone('relay', async () => 4)).toBe(4)
  })

  it('says that it takes writes', async () => {
    const { store } = await fresh()
    expect(await store.writable()).toBe(true)
    await store.close()
    expect(await store.writable()).toBe(false)
  })
}

const notice = (id: string) => ({ id, kind: 'notice' as const, body: { id } })
