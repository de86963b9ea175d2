import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkDatabase } from '../../db/sqlite/check-database.ts'
import { fileParts } from '../../src/casework/ports.ts'
import { differences } from '../../src/casework/replay.ts'
import { sweep } from '../../src/casework/sweep.ts'
import { clock, keep, sweeperOn, task, told } from '../casework/sweep-cases.ts'
import { amount } from '../support/amount.ts'
import type { Started } from '../support/built.ts'
import { buildWorker, go, linesOf, type Works } from '../support/faults.ts'
import { caseStore, migrations } from '../support/stores.ts'
import type { Acknowledged } from './write-until-killed.ts'

let works: Works
beforeAll(() => {
  works = buildWorker('write-until-killed')
})
afterAll(() => works.remove())

type Files = ReturnType<Works['files']>
/** When to kill: after so many acknowledgements, and so many milliseconds later. */
type Moment = { after: number; delay: number }
const moments = fc.record({
  after: fc.integer({ min: 0, max: 9 }),
  delay: fc.double({ min: 0, max: 12, noNaN: true }),
})

/** Kills a worker at its moment; gives all that it had acknowledged by then. */
async function killed(one: Started, { after, delay }: Moment): Promise<Acknowledged[]> {
  await go(one)
  await one.says(new RegExp(`^ready\\n(?:.*\\n){${after}}`))
  // Not a wait for something: the delay is the moment itself.
  await new Promise((done) => setTimeout(done, delay))
  one.child.kill('SIGKILL')
  expect([await one.ended, one.said.error]).toEqual(['SIGKILL', ''])
  return linesOf(one)
}

/** A worker for each moment, on the same files. The next one is loaded while the last one writes. */
async function killAll(
  files: Files,
  when: readonly Moment[],
  how: string,
  each: (acknowledged: Acknowledged[]) => Promise<void>,
) {
  const fresh = () => works.worker(files.database, files.keys, how)
  let next = fresh()
  for (const [i, moment] of when.entries()) {
    const one = next
    await one.says(/^ready\n/)
    if (i + 1 < when.length) next = fresh()
    await each(await killed(one, moment))
  }
}

/** What was acknowledged and is not there any more, or not with its answer. */
async function lostOf(files: Files, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const store = await caseStore(files.database, files.keys)
  const lost: string[] = []
  for (const { case: id, version, key } of acknowledged) {
    if (((await store.whereIs(id))?.version ?? 0) < version) lost.push(`lost: ${id} ${version}`)
    if ((await store.repeated('worker-1', key))?.answer?.body !== `${id} ${version}`)
      lost.push(`the answer to ${id} ${version} is lost`)
  }
  await store.close()
  return lost
}

const auditor = {
  actor: { person: 'auditor-1', role: 'auditor', agency: 'partnership' } as const,
  at: '2026-11-02T12:00:00.000Z',
  action: 'case.check-replay',
  requestId: 'request-2',
}

/** Cases that do not stand where their events say, or whose rules were half run. */
async function tornIn(files: Files, ids: readonly string[]): Promise<string[]> {
  const store = await caseStore(files.database, files.keys)
  const torn: string[] = []
  for (const id of ids) {
    const file = await store.read(id, fileParts, auditor)
    const events = await store.history(id, auditor)
    if (!file) continue
    const found = differences(events, { referral: file.row.snapshot, deliveries: {} })
    torn.push(...found.map(({ message }) => message))
    if (file.recommendation?.id !== file.row.recommendation) torn.push(`${id}: half a rule run`)
  }
  await store.close()
  return torn
}

/** What is wrong with a whole database after crashes: nothing, where the store keeps its word. */
async function wrongWith(files: Files): Promise<string[]> {
  const raw = new Database(files.database, { readonly: true })
  const ask = (sql: string) => raw.prepare(`SELECT ${sql}`).pluck().all()
  const ids = ask('id FROM referral') as string[]
  const checks = await checkDatabase(raw, { migrations, fold: differences })
  const wrong = checks.flatMap(({ what, found }) => found.map((one) => `${what}: ${one}`))
  // Each act is an event, and an answer for its repetition, or nothing.
  const acts = ask('count(*) FROM (SELECT DISTINCT referral, version FROM case_event)')
  if (`${acts}` !== `${ask('count(*) FROM idempotency_key')}`)
    wrong.push('an act without its answer')
  raw.close()
  return [...wrong, ...(await tornIn(files, ids))]
}

describe('a process that is killed while it writes', () => {
  const runs = amount(10, 200)
  const seed = 20261122
  const perDatabase = 10

  it(`loses nothing that it acknowledged and leaves nothing half done, ${runs} times`, async () => {
    const when = fc.sample(moments, { numRuns: runs, seed })
    let count = 0
    for (let i = 0; i < runs; i += perDatabase) {
      const files = works.files()
      const all: Acknowledged[] = []
      await killAll(files, when.slice(i, i + perDatabase), 'kept', async (acknowledged) => {
        all.push(...acknowledged)
        count += acknowledged.length
        expect(await lostOf(files, acknowledged), `seed ${seed}, from kill ${i}`).toEqual([])
      })
      const wrong = [...(await lostOf(files, all)), ...(await wrongWith(files))]
      expect(wrong, `seed ${seed}, from kill ${i}`).toEqual([])
    }
    expect(count).toBeGreaterThan(runs * 3)
  })

  /** Whether a worker with a protection taken out is found out before long. */
  async function foundOut(how: string, most: number): Promise<string[]> {
    const files = works.files()
    const wrong: string[] = []
    for (let i = 0; i < 40 && wrong.length === 0; i += 1)
      await killAll(files, [{ after: 1 + (i % most), delay: 0 }], how, async (acknowledged) => {
        wrong.push(...(await lostOf(files, acknowledged)), ...(await wrongWith(files)))
      })
    return wrong
  }

  it('would be found out if it acknowledged before it wrote', async () => {
    expect((await foundOut('early', 8)).join()).toMatch(/lost: /)
  })

  it('would be found out if it wrote events and standing in two transactions', async () => {
    expect((await foundOut('halves', 1)).join()).toMatch(/its events come to/)
  })
})

it('a sweeper that is killed, time and again, tells of each day once, and of none too few', async () => {
  const files = works.files()
  const store = await caseStore(files.database, files.keys)
  const rows = Array.from({ length: 120 }, (_, i) =>
    i % 2 === 0 ? clock(`d${i}`, '2026-11-20') : task(`d${i}`, '2026-11-21'),
  )
  await keep(store, rows)
  const when = Array.from({ length: amount(3, 8) }, (_, i) => ({ after: i, delay: i / 2 }))
  let swept = 0
  await killAll(files, when, 'sweep', async (acknowledged) => {
    swept += acknowledged.length
  })
  const before = await told(store)
  expect(before.length).toBeGreaterThanOrEqual(swept)
  expect(before.length).toBeLessThan(rows.length)
  await sweep(
    sweeperOn(store, () => '2026-12-01', 'after'),
    { limit: 1_000 },
  )
  const cases = (await told(store)).map((body) => String(body.case))
  expect(cases.sort()).toEqual(rows.map(({ id }) => `case-of-${id}`).sort())
  await store.close()
})
