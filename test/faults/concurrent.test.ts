import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseStore } from '../../src/casework/ports.ts'
import { access } from '../db/changes.ts'
import { storeFolder } from '../db/store-folder.ts'
import { amount } from '../support/amount.ts'
import { buildWorker, go, linesOf, type Works } from '../support/faults.ts'
import {
  aReferral,
  inTurns,
  type Site,
  siteOn,
  type Turn,
  withoutVersions,
} from '../support/faults-site.ts'
import { caseStore } from '../support/stores.ts'
import type { Acknowledged } from './write-until-killed.ts'

const { store, database } = storeFolder()
const seed = 20261122

/** Two services, each with a connection of its own to one file, and how to open a case. */
async function world(wrapped: (store: CaseStore) => CaseStore = (one) => one) {
  const turn: Turn = {}
  const site = async (name: string) => siteOn(inTurns(wrapped(await store()), turn), name)
  const sites = [await site('a'), await site('b')]
  const raw = database()
  let cases = 0
  const open = async (): Promise<string> => {
    cases += 1
    const answer = await (sites[0] as Site).call({
      method: 'POST',
      path: '/v1/referrals',
      person: 'officer-1',
      body: aReferral,
      headers: { 'idempotency-key': `key-${String(cases).padStart(8, '0')}` },
    })
    return ((await answer.json()) as { case: { id: string } }).case.id
  }
  const ofCase = (what: string, id: string) =>
    raw.prepare(`SELECT ${what} WHERE referral = ?`).pluck().all(id)
  return { turn, sites: sites as [Site, Site], open, ofCase }
}
type World = Awaited<ReturnType<typeof world>>

/** A person who reads a case and then says something about it, so many times. */
type Client = { service: 0 | 1; says: ('facts' | 'event')[] }
const clients = fc.array(
  fc.record({
    service: fc.constantFrom<0 | 1>(0, 1),
    says: fc.array(fc.constantFrom('facts' as const, 'event' as const), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  { minLength: 2, maxLength: 6 },
)

type Came = { status: number; version: number; saw: number; said: number | undefined }

async function edit(here: World, id: string, { service, says }: Client, who: number) {
  const site = here.sites[service]
  const came: Came[] = []
  for (const [i, kind] of says.entries()) {
    const path = `/v1/cases/${id}`
    const read = await site.call({ method: 'GET', path, person: 'team-leader-1' })
    const saw = ((await read.json()) as { version: number }).version
    const said = kind === 'facts' ? 1 + who * 10 + i : undefined
    const answer = await site.call({
      ...(said === undefined ? worried(path) : counted(path, said)),
      person: 'practitioner-1',
      headers: { 'if-match': `"${saw}"` },
    })
    const { version } = (await answer.json()) as { version: number }
    came.push({ status: answer.status, version, saw, said })
  }
  return came
}
const worried = (path: string) => ({
  method: 'POST',
  path: `${path}/events`,
  body: { type: 'safeguarding.raised', reason: 'missing' },
})
const counted = (path: string, answer: number) => ({
  method: 'PUT',
  path: `${path}/facts`,
  body: { answers: [{ fact: 'child.earlier_convictions', answer }] },
})

/** What was lost, overwritten or let through, in words. */
async function brokenBy(here: World, given: Client[], scheduler: fc.Scheduler) {
  const id = await here.open()
  here.turn.now = scheduler
  const all = await scheduler.waitFor(
    Promise.all(given.map((client, who) => edit(here, id, client, who))),
  )
  delete here.turn.now
  const came = all.flat()
  const done = came.filter(({ status }) => status === 200).sort((a, b) => a.version - b.version)
  const others = came.filter(({ status }) => status !== 200 && status !== 412)
  const broken = [
    ...others.map(({ status }) => `answered ${status}`),
    ...(await lostOf(here, id, done)),
  ]
  return { broken, refused: came.length - done.length }
}

/** Where the record differs from what was answered, in the order of the versions. */
async function lostOf({ sites, ofCase }: World, id: string, done: readonly Came[]) {
  const file = await sites[0].deps.store.read(id, ['answers'], access)
  const stands = file?.answers.find(({ fact }) => fact === 'child.earlier_convictions')?.answer
  const history = [1, ...done.map((_, i) => i + 2)]
  const wrong: [boolean, string][] = [
    [done.some(({ version }, i) => version !== i + 2), 'versions with a gap or twice'],
    [done.some(({ version, saw }) => version !== saw + 1), 'written over what was unseen'],
    [file?.row.version !== history.length, 'another version than the last'],
    [`${ofCase('version FROM case_event', id)}` !== `${history}`, 'a history with gaps'],
    [stands !== done.findLast(({ said }) => said !== undefined)?.said, 'the last word is lost'],
  ]
  return wrong.filter(([is]) => is).map(([, says]) => says)
}

describe('people who edit one case at once, over two services', () => {
  it('lose no update, and are told where somebody was first', async () => {
    const here = await world()
    const runs = amount(20, 120)
    let refused = 0
    await fc.assert(
      fc.asyncProperty(clients, fc.scheduler(), async (given, scheduler) => {
        const came = await brokenBy(here, given, scheduler)
        refused += came.refused
        expect(came.broken).toEqual([])
      }),
      { numRuns: runs, seed },
    )
    expect(refused).toBeGreaterThan((runs * 5) / 6)
  })

  it('would write over each other if nobody looked at the version', async () => {
    const here = await world(withoutVersions)
    const found = await fc.check(
      fc.asyncProperty(clients, fc.scheduler(), async (given, scheduler) => {
        const { broken } = await brokenBy(here, given, scheduler)
        return !broken.includes('versions with a gap or twice')
      }),
      { numRuns: 100, seed, endOnFailure: true },
    )
    expect(found.failed).toBe(true)
  })
})

describe('processes that edit one case at once', () => {
  let works: Works
  beforeAll(() => {
    works = buildWorker('write-until-killed')
  })
  afterAll(() => works.remove())

  it('lose no update of each other, also where all are killed', async () => {
    const files = works.files()
    const one = await caseStore(files.database, files.keys)
    const made = await siteOn(one, 'a').call({
      method: 'POST',
      path: '/v1/referrals',
      person: 'officer-1',
      body: aReferral,
      headers: { 'idempotency-key': 'key-00000001' },
    })
    const { id } = ((await made.json()) as { case: { id: string } }).case
    const all = Array.from({ length: 3 }, (_, i) =>
      works.worker(files.database, files.keys, 'kept', id, String(i + 1)),
    )
    await Promise.all(all.map(go))
    await Promise.all(all.map((each) => each.says(/^ready\n(?:.*\n){40}/)))
    for (const { child } of all) child.kill('SIGKILL')
    await Promise.all(all.map(({ ended }) => ended))
    const versions = all.flatMap((each) =>
      linesOf<Acknowledged>(each).map(({ version }) => version),
    )
    expect(new Set(versions).size).toBe(versions.length)
    const events = (await one.history(id, access)).length
    const last = (await one.whereIs(id))?.version ?? 0
    await one.close()
    expect(events).toBe(last)
    // Each process may have been killed after a commit and before it could say so.
    const unsaid = Array.from({ length: last - 1 }, (_, i) => i + 2).filter(
      (version) => !versions.includes(version),
    )
    expect(unsaid.length).toBeLessThanOrEqual(all.length)
  })
})
