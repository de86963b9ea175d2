import { afterEach, describe, expect, it } from 'vitest'
import type { OpenStore } from '../../db/sqlite/open-store.ts'
import type { Outcome } from '../../src/casework/casework.ts'
import { StoreFull } from '../../src/casework/ports.ts'
import { type Swept, sweep } from '../../src/casework/sweep.ts'
import { access } from '../db/changes.ts'
import { granted } from '../support/casework.ts'
import { caseStore } from '../support/stores.ts'
import { clock, keep, sweeperOn, task, told } from './sweep-cases.ts'

const day = '2026-11-12'
const open: OpenStore[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
const fresh = async () => {
  const store = await caseStore()
  open.push(store)
  return store
}
const sweptOn = async (rows: Parameters<typeof keep>[1], today = day, state = 'received') => {
  const store = await fresh()
  await keep(store, rows, state)
  const deps = sweeperOn(store, () => today)
  return { store, deps, swept: granted(await sweep(deps, { limit: 100 })) }
}
const clockNow = async (store: OpenStore, id: string) =>
  (await store.read(`case-of-${id}`, ['clocks'], access))?.clocks[0]?.state

describe('a day that has to be kept', () => {
  it('is not told of while it lasts, because it can still be kept', async () => {
    const { store, swept } = await sweptOn([clock('c1', day), task('t1', day)])
    expect(swept).toEqual({ done: 0, left: [] })
    expect(await told(store)).toEqual([])
    expect(await clockNow(store, 'c1')).toBe('running')
  })

  it('is told of the day after, once, in ids and codes', async () => {
    const { store, deps, swept } = await sweptOn([
      clock('c1', '2026-11-11', { what: 'prosecution-limit', hard: true }),
      task('t1', '2026-11-11'),
    ])
    const both = { partnership: 'derby', at: `${day}T10:00:00.000Z`, dueOn: '2026-11-11' }
    const notices = [
      {
        ...both,
        notice: 'deadline-passed',
        what: 'prosecution-limit',
        hard: true,
        case: 'case-of-c1',
      },
      { ...both, notice: 'task-overdue', task: 'assess', of: 'youth-justice', case: 'case-of-t1' },
    ]
    expect(swept).toEqual({ done: 2, left: [] })
    expect(await told(store)).toEqual(notices)
    expect(granted(await sweep(deps, { limit: 100 }))).toEqual({ done: 0, left: [] })
    expect(await told(store)).toEqual(notices)
    expect(await clockNow(store, 'c1')).toBe('fired')
  })

  it('that is a warning is told of on the day itself, and not the day before', async () => {
    const warning = clock('c1', day, { what: 'conditions-warning' })
    expect((await sweptOn([warning], '2026-11-11')).swept.done).toBe(0)
    expect((await sweptOn([warning], day)).swept.done).toBe(1)
  })

  it('no longer counts as the next day of its case, and raises the case’s version', async () => {
    const { store } = await sweptOn([clock('c1', '2026-11-11')])
    expect(await store.whereIs('case-of-c1')).toMatchObject({ version: 2, dueOn: null })
  })

  it.each([
    ['a clock that was stopped', clock('x1', '2026-11-01', { state: 'stopped' })],
    ['a clock that has fired', clock('x1', '2026-11-01', { state: 'fired' })],
    ['a task that is done', task('x1', '2026-11-01', { doneAt: access.at })],
    ['a task that was told of', task('x1', '2026-11-01', { toldAt: access.at })],
    ['a task without a day', task('x1', null)],
  ])('does not ring for %s', async (_, row) => {
    const { store, swept } = await sweptOn([row])
    expect(swept.done).toBe(0)
    expect(await told(store)).toEqual([])
  })

  it('stops, and does not ring, for a case that is closed', async () => {
    const { store } = await sweptOn([clock('c1', '2026-11-01')], day, 'closed')
    expect(await told(store)).toEqual([])
    expect(await clockNow(store, 'c1')).toBe('stopped')
  })
})

describe('what is written about a sweep', () => {
  it('names the sweeper, and the one run of it', async () => {
    const { store } = await sweptOn([clock('c1', '2026-11-01'), clock('c2', '2026-11-02')])
    const log = await store.accessLog({ scopes: [{ partnership: 'derby' }], limit: 100 })
    const swept = log.filter(({ action }) => action === 'case.sweep')
    expect(swept).toHaveLength(4)
    for (const { actor, requestId } of swept) {
      expect(actor).toEqual({ person: 'sweeper-1', role: 'sweeper', agency: 'partnership' })
      expect(requestId).toBe('sweep-a-1')
    }
  })
})

describe('a limit', () => {
  const rows = [3, 1, 2].map((n) => clock(`c${n}`, `2026-11-0${n}`))

  it('takes the earliest days first, and the next sweep the rest', async () => {
    const store = await fresh()
    await keep(store, [...rows, clock('later', day)])
    const deps = sweeperOn(store, () => day)
    expect(granted(await sweep(deps, { limit: 2 })).done).toBe(2)
    expect((await told(store)).map(({ dueOn }) => dueOn)).toEqual(['2026-11-01', '2026-11-02'])
    expect(granted(await sweep(deps, { limit: 2 })).done).toBe(1)
  })

  it('is not used up by what is only due today', async () => {
    const today = ['a1', 'a2', 'a3', 'a4', 'a5'].map((id) => clock(id, day))
    const warning = clock('z1', day, { what: 'conditions-warning' })
    const store = await fresh()
    await keep(store, [...today, warning])
    expect(
      granted(
        await sweep(
          sweeperOn(store, () => day),
          { limit: 1 },
        ),
      ).done,
    ).toBe(1)
    expect(await clockNow(store, 'z1')).toBe('fired')
  })
})

describe('a case that cannot be swept', () => {
  const unreadable = (store: OpenStore, error: Error): OpenStore => ({
    ...store,
    read: async (id, ...rest) => {
      if (id === 'case-of-c1') throw error
      return store.read(id, ...rest)
    },
  })
  const sweepBeside = async (error: Error): Promise<Outcome<Swept>> => {
    const store = await fresh()
    await keep(store, [clock('c1', '2026-11-01'), clock('c2', '2026-11-02')])
    return sweep(
      sweeperOn(unreadable(store, error), () => day),
      { limit: 1 },
    )
  }

  it('is told of, and keeps no other waiting', async () => {
    const error = new Error('The stored snapshot cannot be read.')
    expect(granted(await sweepBeside(error))).toEqual({
      done: 1,
      left: [{ case: 'case-of-c1', id: 'c1', why: 'broken', error }],
    })
  })

  it('is another thing than a store that takes no writes: then the sweep stops', async () => {
    await expect(sweepBeside(new StoreFull('No room.'))).rejects.toThrow(StoreFull)
  })
})
