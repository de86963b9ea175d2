import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ClockBehind, StoreClosedToWrites } from '../../src/casework/ports.ts'
import { seed } from '../support/always.ts'
import {
  access,
  answer,
  anyOpening,
  caseRow,
  event,
  following,
  full,
  note,
  opening,
  recommendation,
} from './changes.ts'
import type { Opened } from './store-contract.ts'
import { asRead, readAll, recommendationsOf } from './whole-case.ts'

/** Acts: what is committed, and what is not. */
export function commitContract(fresh: () => Promise<Opened>): void {
  it('is what is read, everything of it', async () => {
    const { store } = await fresh()
    const change = full('case-1', 'Sorry is enough. 🙂')
    expect(await store.commit(change)).toEqual({ kind: 'done' })
    expect(await readAll(store, 'case-1')).toEqual(asRead(change))
    expect((await store.history('case-1', access)).map(({ event: one }) => one)).toEqual(
      change.events?.map(({ event: one }) => one),
    )
  })

  it('is what is read, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(anyOpening, async (change) => {
        const one = await fresh()
        await one.store.commit(change)
        expect(await readAll(one.store, 'case-1')).toEqual(asRead(change))
        expect(await recommendationsOf(one.store, 'case-1', access)).toEqual(change.recommendations)
        await one.close()
        one.close = async () => {}
      }),
      { numRuns: 40, seed },
    )
  })

  it('keeps the order of what was handed to the rules, so that the same is known as the same', async () => {
    const { store } = await fresh()
    const given = { z: 1, a: { y: [3, 1], b: null } }
    await store.commit(opening('case-1', { recommendations: [recommendation('r-1', { given })] }))
    const { recommendation: read } = await readAll(store, 'case-1')
    expect(JSON.stringify(read?.given)).toBe(JSON.stringify(given))
  })

  it('is seen by another process as soon as it is acknowledged', async () => {
    const one = await fresh()
    await one.store.commit(full('case-1', 'words'))
    expect(await readAll(await one.again(), 'case-1')).toEqual(await readAll(one.store, 'case-1'))
  })

  it.each([
    ['the version before', 0],
    ['the version to come', 2],
    ['no version, as if it were new', null],
  ])('changes nothing at all when it was made from %s', async (_, from) => {
    const { store, dump } = await fresh()
    await store.commit(opening())
    const before = dump()
    const late = full('case-1', 'late', { version: 2 })
    expect(await store.commit({ ...late, from })).toEqual({ kind: 'stale' })
    expect(dump()).toEqual(before)
  })

  it('changes nothing when the case that it goes on from is not there', async () => {
    const { store, dump } = await fresh()
    const before = dump()
    expect(await store.commit(following(caseRow('case-9')))).toEqual({ kind: 'stale' })
    expect(dump()).toEqual(before)
  })

  it('changes nothing at all when one part of it cannot be kept', async () => {
    const { store, dump } = await fresh()
    await store.commit(opening())
    const before = dump()
    const twice = [note('n-1', 'one'), note('n-1', 'two')]
    await expect(
      store.commit(following(caseRow(), { events: [event('e-1')], notes: twice })),
    ).rejects.toThrow()
    const unknown = answer('a-1', { about: { what: 'offence', number: 2 } })
    await expect(store.commit(following(caseRow(), { answers: [unknown] }))).rejects.toThrow()
    expect(dump()).toEqual(before)
  })

  it('refuses what is about a victim outside the tables of victims', async () => {
    const { store } = await fresh()
    const stray = answer('a-1', { about: { what: 'victim', number: 1 }, kept: 'ordinary' })
    await expect(store.commit(opening('case-1', { answers: [stray] }))).rejects.toThrow('victim')
  })

  it('is won by one of two who change the same version at once', async () => {
    const one = await fresh()
    const stores = [one.store, await one.again()]
    await one.store.commit(opening())
    const made = await Promise.all(
      stores.map((store, i) =>
        store.commit(following(caseRow(), { notes: [note(`n-${i}`, `${i}`)] })),
      ),
    )
    expect(made.map(({ kind }) => kind).sort()).toEqual(['done', 'stale'])
    expect((await readAll(one.store, 'case-1')).notes).toHaveLength(1)
  })

  it.each([
    ['a minute behind, as clocks that work may be', '2026-11-02T09:29:00.000Z', 'done'],
    ['more than a minute behind', '2026-11-02T09:28:59.999Z', 'refused'],
  ])('by a clock that is %s, is %s: %s', async (_, now, outcome) => {
    const { store, dump } = await fresh()
    await store.commit(opening())
    const before = dump()
    const late = store.commit(following(caseRow(), { access: { ...access, at: now } }))
    if (outcome === 'done') return expect(await late).toEqual({ kind: 'done' })
    await expect(late).rejects.toThrow(ClockBehind)
    return expect(dump()).toEqual(before)
  })

  it('by a clock that goes back a minute at a time is refused at the second', async () => {
    const { store } = await fresh()
    await store.commit(opening())
    const behind = (version: number, now: string) =>
      store.commit(
        following(caseRow('case-1', { version, updatedAt: now }), {
          access: { ...access, at: now },
        }),
      )
    expect(await behind(1, '2026-11-02T09:29:00.000Z')).toEqual({ kind: 'done' })
    await expect(behind(2, '2026-11-02T09:28:00.000Z')).rejects.toThrow(ClockBehind)
  })

  it('is finished before the store closes, and none is taken after that', async () => {
    const { store, again } = await fresh()
    const cases = ['case-1', 'case-2', 'case-3']
    const under = cases.map((id) =>
      store.commit(opening(id, { notes: [note(`n-${id}`, 'words')] })),
    )
    await store.close()
    expect(await Promise.all(under)).toEqual(cases.map(() => ({ kind: 'done' })))
    await expect(store.commit(opening('case-4'))).rejects.toThrow(StoreClosedToWrites)
    expect(await (await again()).whereAre([...cases, 'case-4'])).toHaveLength(3)
  })

  it('about one child who comes with two cases at once keeps who the child is', async () => {
    const { store } = await fresh()
    const child = 'child-1'
    await Promise.all([
      store.commit(
        opening('case-1', { row: caseRow('case-1', { child }), identity: { name: 'N' } }),
      ),
      store.commit(opening('case-2', { row: caseRow('case-2', { child }) })),
    ])
    expect((await readAll(store, 'case-2')).identity).toEqual({ name: 'N' })
  })

  it('waits with others and shares a transaction with them, and one that fails takes no other with it', async () => {
    const { store } = await fresh()
    const cases = Array.from({ length: 16 }, (_, i) => `case-${i}`)
    for (const id of cases) await store.commit(opening(id))
    const twice = [note('n-1', 'one'), note('n-1', 'two')]
    const made = await Promise.allSettled(
      cases.map((id, i) => {
        const notes = i % 4 === 1 ? twice : [note(`n-${id}`, 'words')]
        return store.commit(following(caseRow(id), { events: [event(`e-${id}`)], notes }))
      }),
    )
    for (const [i, id] of cases.entries()) {
      const kept = i % 4 !== 1
      expect([id, made[i]?.status]).toEqual([id, kept ? 'fulfilled' : 'rejected'])
      expect((await store.whereIs(id))?.version).toBe(kept ? 2 : 1)
      expect((await readAll(store, id)).notes).toHaveLength(kept ? 1 : 0)
      expect(await store.history(id, access)).toHaveLength(kept ? 1 : 0)
    }
    const log = await store.accessLog({ scopes: [{ partnership: 'derby' }], limit: 999 })
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => log.length - i))
  })

  it('is a repetition where the same key comes twice at once', async () => {
    const { store } = await fresh()
    await store.commit(opening())
    await store.commit(opening('case-2'))
    const { idempotency } = full('case-1', 'words')
    if (!idempotency) throw new Error('The example has an answer.')
    const made = await Promise.all(
      ['case-1', 'case-2'].map((id) => store.commit(following(caseRow(id), { idempotency }))),
    )
    expect(made.map(({ kind }) => kind)).toEqual(['done', 'repeated'])
    expect((await store.whereIs('case-2'))?.version).toBe(1)
  })

  it('takes a reference once in a partnership', async () => {
    const { store, dump } = await fresh()
    const named = (id: string, partnership = 'derby') =>
      opening(id, { row: caseRow(id, { reference: 'REF/1', partnership }) })
    expect(await store.commit(named('case-1'))).toEqual({ kind: 'done' })
    const before = dump()
    expect(await store.commit(named('case-2'))).toEqual({ kind: 'reference-taken' })
    expect(dump()).toEqual(before)
    expect(await store.commit(named('case-3', 'nottingham'))).toEqual({ kind: 'done' })
    expect(await store.commit(following(named('case-1').row))).toEqual({ kind: 'done' })
  })

  it('supersedes an answer and keeps what stood before out of sight', async () => {
    const { store } = await fresh()
    await store.commit(opening('case-1', { answers: [answer('a-1'), answer('a-2')] }))
    const newer = answer('a-3', { answer: 'looked-after', supersedes: 'a-1' })
    await store.commit(following(caseRow(), { answers: [newer] }))
    const { answers } = await readAll(store, 'case-1')
    expect(answers.map(({ id }) => id)).toEqual(['a-2', 'a-3'])
  })

  it('replaces the rows that say where things stand, by their id', async () => {
    const { store } = await fresh()
    const change = full('case-1', 'words')
    await store.commit(change)
    const [task] = change.tasks ?? []
    if (!task) throw new Error('The example has a task.')
    const done = { ...task, doneAt: '2026-11-03T10:00:00.000Z' }
    await store.commit(following(change.row, { tasks: [done, { ...task, id: 'a-new-1' }] }))
    expect((await readAll(store, 'case-1')).tasks).toEqual([{ ...task, id: 'a-new-1' }, done])
  })

  it('never replaces rows of another case that bear the same id', async () => {
    const { store } = await fresh()
    const change = full('case-1', 'words')
    await store.commit(change)
    const { deliveries = [], tasks = [], clocks = [] } = change
    const other = clocks.map((one) => ({ ...one, state: 'stopped' as const }))
    await store.commit(opening('case-2', { deliveries, tasks, clocks: other }))
    expect((await readAll(store, 'case-1')).clocks).toEqual(clocks)
    expect((await readAll(store, 'case-2')).clocks).toEqual(other)
  })

  it('gives the latest recommendation and the latest of each checklist', async () => {
    const { store } = await fresh()
    const change = full('case-1', 'words')
    await store.commit(change)
    const [first] = change.checklists ?? []
    if (!first) throw new Error('The example has a checklist.')
    const second = { ...first, id: 'l-2', version: 2, answers: [] }
    const other = { ...first, id: 'l-3', instrument: 'child-information-form' }
    const newer = recommendation('r-2', { status: 'on-hold' })
    await store.commit(
      following(change.row, { recommendations: [newer], checklists: [second, other] }),
    )
    const file = await readAll(store, 'case-1')
    expect(file.recommendation).toEqual(newer)
    expect(file.checklists).toEqual([second, other])
    const ids = (await recommendationsOf(store, 'case-1', access)).map(({ id }) => id)
    expect(ids).toEqual(['case-1-r1', 'r-2'])
  })

  it('numbers the events of each partnership without gaps, and those of a case stay in order', async () => {
    const { store } = await fresh()
    await store.commit(opening('case-1', { events: [event('e-1')] }))
    await store.commit(opening('case-2', { events: [event('e-2')] }))
    await store.commit(
      opening('case-3', {
        row: caseRow('case-3', { partnership: 'nottingham' }),
        events: [event('e-3')],
      }),
    )
    await store.commit(following(caseRow('case-1'), { events: [event('e-4'), event('e-5')] }))
    const numbers = async (id: string) =>
      (await store.history(id, access)).map((one) => [one.id, one.seq])
    expect(await numbers('case-1')).toEqual([
      ['e-1', 1],
      ['e-4', 3],
      ['e-5', 4],
    ])
    expect(await numbers('case-2')).toEqual([['e-2', 2]])
    expect(await numbers('case-3')).toEqual([['e-3', 1]])
  })

  it('stays one history when a case goes to another partnership, and both have logged it', async () => {
    const { store } = await fresh()
    await store.commit(opening('case-1', { events: [event('e-1')] }))
    const moved = following(caseRow('case-1', { partnership: 'nottingham' }), {
      events: [event('e-2')],
    })
    await store.commit(moved)
    await store.commit(following(moved.row, { events: [event('e-3')] }))
    const history = await store.history('case-1', access)
    expect(history.map(({ id, seq }) => [id, seq])).toEqual([
      ['e-1', 1],
      ['e-2', 2],
      ['e-3', 1],
    ])
    const log = await store.accessLog({
      scopes: [{ partnership: 'derby' }, { partnership: 'nottingham' }],
      limit: 9,
    })
    expect(log.map(({ partnership, seq }) => `${partnership} ${seq}`)).toEqual([
      'derby 2',
      'derby 1',
      'nottingham 3',
      'nottingham 2',
      'nottingham 1',
    ])
  })
}
