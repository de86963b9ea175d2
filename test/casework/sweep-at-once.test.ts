import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CaseStore, Change } from '../../src/casework/ports.ts'
import { sweep } from '../../src/casework/sweep.ts'
import { storeFolder } from '../db/store-folder.ts'
import { plusDays } from '../support/days.ts'
import { caseStore } from '../support/stores.ts'
import { clock, keep, sweeperOn, task, told } from './sweep-cases.ts'

const first = '2026-11-01'
const last = 12

/** Days on which something falls due, clocks and tasks. */
const dues = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: last }), isTask: fc.boolean() }),
  { minLength: 1, maxLength: 6 },
)
type Due = { after: number; isTask: boolean }
const rowsOf = (given: readonly Due[]) =>
  given.map(({ after, isTask }, i) =>
    isTask ? task(`d${i}`, plusDays(first, after)) : clock(`d${i}`, plusDays(first, after)),
  )
/** What has to be told by a day: everything whose day is over. */
const owed = (given: readonly Due[], today: string) =>
  rowsOf(given)
    .filter(({ dueOn }) => (dueOn ?? today) < today)
    .map(({ id }) => `case-of-${id}`)
    .sort()
const toldOf = async (store: CaseStore) => (await told(store)).map((body) => String(body.case))

/** A store whose every call waits for its turn, which the scheduler deals out in any order. */
const inTurns = (store: CaseStore, scheduler: fc.Scheduler): CaseStore => ({
  ...store,
  due: scheduler.scheduleFunction(store.due),
  overdueTasks: scheduler.scheduleFunction(store.overdueTasks),
  whereIs: scheduler.scheduleFunction(store.whereIs),
  read: scheduler.scheduleFunction(store.read),
  commit: scheduler.scheduleFunction(store.commit),
})

/** Two sweepers until nothing is left, in the order that the scheduler deals. */
async function twoSweepers(store: CaseStore, scheduler: fc.Scheduler, today: string) {
  const both = ['a', 'b'].map((name) =>
    sweep(
      sweeperOn(inTurns(store, scheduler), () => today, name),
      { limit: 100 },
    ),
  )
  await scheduler.waitFor(Promise.all(both))
  await sweep(
    sweeperOn(store, () => today, 'c'),
    { limit: 100 },
  )
}

it('two sweepers at once, in whatever order their steps fall, tell of each day exactly once', async () => {
  const today = plusDays(first, last)
  await fc.assert(
    fc.asyncProperty(dues, fc.scheduler(), async (given, scheduler) => {
      const store = await caseStore()
      await keep(store, rowsOf(given))
      await twoSweepers(store, scheduler, today)
      expect((await toldOf(store)).sort()).toEqual(owed(given, today))
      await store.close()
    }),
    { numRuns: 60, seed: 20261112 },
  )
})

/** Takes every write, whatever happened meanwhile. */
const withoutVersions = (store: CaseStore): CaseStore => ({
  ...store,
  commit: async (change: Change) => {
    const now = (await store.whereIs(change.row.id))?.version ?? 0
    return store.commit({ ...change, from: now, row: { ...change.row, version: now + 1 } })
  },
})

/** Writes everything but what marks a thing as done. */
const withoutMarks = (store: CaseStore): CaseStore => ({
  ...store,
  commit: async ({ clocks: _clocks, tasks: _tasks, ...change }: Change) => store.commit(change),
})

it('without the check of the version they would tell twice', async () => {
  const twice = await fc.check(
    fc.asyncProperty(dues, fc.scheduler(), async (given, scheduler) => {
      const store = await caseStore()
      await keep(store, rowsOf(given))
      await twoSweepers(withoutVersions(store), scheduler, plusDays(first, last))
      const sent = await toldOf(store)
      await store.close()
      return sent.length === new Set(sent).size
    }),
    { numRuns: 100, seed: 20261112, endOnFailure: true },
  )
  expect(twice.failed).toBe(true)
})

it('without the mark of what is done, the next sweep would tell again', async () => {
  const store = await caseStore()
  await keep(store, [clock('d0', first), task('d1', first)])
  const deps = sweeperOn(withoutMarks(store), () => plusDays(first, 1))
  await sweep(deps, { limit: 100 })
  await sweep(deps, { limit: 100 })
  expect(await toldOf(store)).toHaveLength(4)
  await store.close()
})

it('a sweeper that was away for days catches up on all of it, once, earliest first', async () => {
  await fc.assert(
    fc.asyncProperty(dues, fc.subarray([...Array(last + 3).keys()]), async (given, days) => {
      const store = await caseStore()
      await keep(store, rowsOf(given))
      for (const day of days)
        await sweep(
          sweeperOn(store, () => plusDays(first, day), `day-${day}`),
          { limit: 100 },
        )
      const today = plusDays(first, days.at(-1) ?? 0)
      expect((await toldOf(store)).sort()).toEqual(owed(given, today))
      const dueOn = (await told(store)).map((body) => String(body.dueOn))
      expect(dueOn).toEqual([...dueOn].sort())
      await store.close()
    }),
    { numRuns: 30, seed: 20261112 },
  )
})

const { store: opened } = storeFolder()

it('two programs on one file tell of each day exactly once', async () => {
  const [one, other] = [await opened(), await opened()]
  const rows = Array.from({ length: 30 }, (_, i) => clock(`d${i}`, plusDays(first, i % 5)))
  await keep(one, rows)
  const today = () => plusDays(first, 10)
  const swept = await Promise.all([
    sweep(sweeperOn(one, today, 'a'), { limit: 100 }),
    sweep(sweeperOn(other, today, 'b'), { limit: 100 }),
  ])
  expect(swept.every(({ ok }) => ok)).toBe(true)
  await sweep(sweeperOn(one, today, 'c'), { limit: 100 })
  expect((await toldOf(one)).sort()).toEqual(rows.map(({ id }) => `case-of-${id}`).sort())
})
