import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CaseQuery, CaseRow, CaseStore } from '../../src/casework/ports.ts'
import { seed } from '../support/always.ts'
import { partOf } from '../support/amount.ts'
import { access, at, caseRow, following, opening } from './changes.ts'
import type { Opened } from './store-contract.ts'

/** Lists, pages, and what falls due. */
export function listContract(fresh: () => Promise<Opened>): void {
  const ids = async (store: CaseStore, query: Partial<CaseQuery>, by = access) =>
    (await store.list({ scopes: [{ partnership: 'derby' }], limit: 50, ...query }, by)).map(
      ({ row }) => row.id,
    )
  const keep = async (store: CaseStore, rows: readonly CaseRow[]) => {
    for (const row of rows) await store.commit(opening(row.id, { row }))
  }

  const anyRow = fc.record({
    partnership: fc.constantFrom('derby', 'nottingham'),
    area: fc.constantFrom(null, 'north', 'south'),
    state: fc.constantFrom('received', 'preparing'),
    status: fc.constantFrom(null, 'open' as const, 'on-hold' as const),
    dueOn: fc.constantFrom(null, '2026-11-09', '2026-11-10', '2026-11-11'),
    updatedAt: fc.constantFrom('2026-11-02T09:30:00.000Z', '2026-11-03T09:30:00.000Z'),
    barred: fc.constantFrom([], ['officer-1'], ['officer-2', 'officer-10']),
  })
  const anyQuery = fc.record({
    scopes: fc.uniqueArray(
      fc.constantFrom(
        { partnership: 'derby' },
        { partnership: 'derby', area: 'north' },
        { partnership: 'nottingham', area: 'south' },
        { partnership: 'west-mercia' },
      ),
    ),
    state: fc.constantFrom(undefined, 'received'),
    status: fc.constantFrom(undefined, 'open' as const),
    dueBy: fc.constantFrom(undefined, '2026-11-10'),
    limit: fc.integer({ min: 1, max: 4 }),
  })
  type Query = typeof anyQuery extends fc.Arbitrary<infer Q> ? Q : never

  /** What a list is, said as simply as it can be. */
  const wanted = (rows: readonly CaseRow[], { scopes, state, status, dueBy }: Query) =>
    rows
      .filter(
        (row) =>
          scopes.some(
            (scope) =>
              scope.partnership === row.partnership &&
              (!('area' in scope) || scope.area === row.area),
          ) &&
          (state === undefined || row.snapshot.value === state) &&
          (status === undefined || row.status === status) &&
          (dueBy === undefined || (row.dueOn !== null && row.dueOn <= dueBy)) &&
          !row.barred.includes('officer-1'),
      )
      .sort((one, other) =>
        `${one.updatedAt} ${one.id}` < `${other.updatedAt} ${other.id}` ? 1 : -1,
      )
      .map(({ id }) => id)

  it('give page by page just what was asked for, newest first, each once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 12 }), anyQuery, async (made, query) => {
        const one = await fresh()
        const rows = made.map(({ state, ...more }, i) => {
          const row = caseRow(`case-${i + 10}`, more)
          return { ...row, snapshot: { ...row.snapshot, value: state } }
        })
        await keep(one.store, rows)
        const found: string[] = []
        let after: CaseQuery['after']
        for (;;) {
          const page = await one.store.list({ ...query, after }, access)
          expect(page.length).toBeLessThanOrEqual(query.limit)
          found.push(...page.map(({ row }) => row.id))
          const last = page.at(-1)?.row
          if (!last) break
          after = { updatedAt: last.updatedAt, id: last.id }
        }
        expect(found).toEqual(wanted(rows, query))
        await one.close()
        one.close = async () => {}
      }),
      { numRuns: partOf(60), seed },
    )
  })

  it('show who the child is, and nothing else of what is sealed', async () => {
    const { store } = await fresh()
    const identity = { name: 'Ashby Example', dateOfBirth: '2011-05-14' }
    await store.commit(opening('case-1', { identity }))
    const scopes = [{ partnership: 'derby' }]
    expect(await store.list({ scopes, limit: 5 }, access)).toEqual([{ row: caseRow(), identity }])
  })

  it('find a case by its reference, whole and in its own partnership alone', async () => {
    const { store } = await fresh()
    await keep(store, [caseRow('case-1', { reference: 'REF/10' })])
    expect(await ids(store, { reference: 'REF/10' })).toEqual(['case-1'])
    for (const reference of ['REF/1', 'ref/10', 'REF/%', ''])
      expect(await ids(store, { reference })).toEqual([])
    const scopes = [{ partnership: 'nottingham' }]
    expect(await ids(store, { reference: 'REF/10', scopes })).toEqual([])
  })

  it('say nothing of the identity of a case to those who are barred from it', async () => {
    const { store } = await fresh()
    await keep(store, [caseRow('case-1', { barred: ['officer-2'] }), caseRow('case-2')])
    const other = { ...access, actor: { ...access.actor, person: 'officer-2' } }
    expect(await ids(store, {}, other)).toEqual(['case-2'])
    expect(await ids(store, {})).toEqual(['case-2', 'case-1'])
  })

  it('of the access log come by partnership, newest first, and page by page', async () => {
    const { store } = await fresh()
    await keep(store, [
      caseRow('case-1', { area: 'north' }),
      caseRow('case-2'),
      caseRow('case-3', { partnership: 'nottingham' }),
      caseRow('case-4', { area: 'north' }),
    ])
    const scopes = [{ partnership: 'nottingham' }, { partnership: 'derby' }]
    const key = ({ partnership, seq }: { partnership: string; seq: number }) =>
      `${partnership} ${seq}`
    const all = (await store.accessLog({ scopes, limit: 9 })).map(key)
    expect(all).toEqual(['derby 3', 'derby 2', 'derby 1', 'nottingham 1'])
    const paged: string[] = []
    let after: { partnership: string; seq: number } | undefined
    for (;;) {
      const [row] = await store.accessLog({ scopes, limit: 1, ...(after ? { after } : {}) })
      if (!row) break
      paged.push(key(row))
      after = row
    }
    expect(paged).toEqual(all)
    const north = [{ partnership: 'derby', area: 'north' }]
    const log = async (more: object) =>
      (await store.accessLog({ scopes, limit: 9, ...more })).map((row) => row.cases[0]?.case)
    expect(await log({ scopes: north })).toEqual(['case-4', 'case-1'])
    expect(await log({ case: 'case-2' })).toEqual(['case-2'])
    expect(await log({ case: 'case-2', scopes: north })).toEqual([])
    expect(await log({ child: 'child-of-case-2' })).toEqual(['case-2'])
    expect(await log({ child: 'child-of-case-2', scopes: north })).toEqual([])
  })

  it.each([
    ['the day before', '2026-11-08', 0],
    ['the day', '2026-11-09', 1],
    ['the day after', '2026-11-10', 1],
  ])('of what is due on the ninth find it by %s: %s', async (_, day, found) => {
    const { store } = await fresh()
    const clock = { what: 'limitation', rule: null, about: '', hard: true, dueOn: '2026-11-09' }
    const task = { task: 'home/plan', of: 'home' as const, since: at, dueOn: '2026-11-09' }
    await store.commit(
      opening('case-1', {
        clocks: [
          { ...clock, id: 'k-1', state: 'running' },
          { ...clock, id: 'k-2', state: 'stopped' },
          { ...clock, id: 'k-3', state: 'fired' },
        ],
        tasks: [
          { ...task, id: 't-1', doneAt: null, toldAt: null },
          { ...task, id: 't-2', doneAt: at, toldAt: null },
          { ...task, id: 't-3', doneAt: null, toldAt: at },
          { ...task, id: 't-4', doneAt: null, toldAt: null, dueOn: null },
        ],
      }),
    )
    const due = await store.due(day, 9)
    expect(due).toEqual(
      found === 0
        ? []
        : [
            {
              case: 'case-1',
              partnership: 'derby',
              clock: { ...clock, id: 'k-1', state: 'running' },
            },
          ],
    )
    const owed = await store.overdueTasks(day, 9)
    expect(owed.map(({ task: one }) => one.id)).toEqual(found === 0 ? [] : ['t-1'])
  })

  it('of what is due give the earliest first, and no more than asked for', async () => {
    const { store } = await fresh()
    const clock = { what: 'review', rule: null, about: '', hard: false, state: 'running' as const }
    const days = ['2026-11-11', '2026-11-09', '2026-11-10']
    await store.commit(
      opening('case-1', { clocks: days.map((dueOn, i) => ({ ...clock, id: `k-${i}`, dueOn })) }),
    )
    const due = await store.due('2026-12-01', 2)
    expect(due.map(({ clock: one }) => one.dueOn)).toEqual(['2026-11-09', '2026-11-10'])
  })

  it('put a case that was changed before those that were not', async () => {
    const { store } = await fresh()
    await keep(store, [caseRow('case-1'), caseRow('case-2')])
    const later = caseRow('case-1', { updatedAt: '2026-11-04T00:00:00.000Z' })
    await store.commit(following(later))
    expect(await ids(store, {})).toEqual(['case-1', 'case-2'])
  })
}
