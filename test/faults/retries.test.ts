import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseStore } from '../../src/casework/ports.ts'
import { storeFolder } from '../db/store-folder.ts'
import { amount } from '../support/amount.ts'
import {
  aReferral,
  type Call,
  inTurns,
  type Site,
  siteOn,
  type Turn,
  withoutAnswers,
} from '../support/faults-site.ts'

const { store, database } = storeFolder()
const seed = 20261122

/** A client that repeats: each request several times, in any order, some at once, to two services. */
type Sent = { request: number; service: 0 | 1 }
type Schedule = { writes: ('facts' | 'event')[]; sent: Sent[]; atOnce: number[] }

const schedules: fc.Arbitrary<Schedule> = fc
  .tuple(
    fc.array(fc.constantFrom('facts' as const, 'event' as const), { minLength: 1, maxLength: 3 }),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 }),
  )
  .chain(([writes, times]) => {
    const all = [0, ...writes.map((_, i) => i + 1)].flatMap((request) =>
      Array.from({ length: times[request] ?? 1 }, () => request),
    )
    const service = fc.constantFrom<0 | 1>(0, 1)
    return fc.record({
      writes: fc.constant(writes),
      sent: fc
        .tuple(
          fc.shuffledSubarray(all, { minLength: all.length }),
          fc.array(service, { minLength: all.length, maxLength: all.length }),
        )
        .map(([order, to]) => order.map((request, i) => ({ request, service: to[i] ?? 0 }))),
      atOnce: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
    })
  })

/** Groups that are sent at the same time. */
function groups({ sent, atOnce }: Schedule): Sent[][] {
  const all: Sent[][] = []
  for (let i = 0; i < sent.length; i += all.at(-1)?.length ?? 1)
    all.push(sent.slice(i, i + (atOnce[all.length % atOnce.length] ?? 1)))
  return all
}

/** Two services, each with a connection of its own to one file. */
async function world(wrapped: (store: CaseStore) => CaseStore = (one) => one) {
  const turn: Turn = {}
  const site = async (name: string) => siteOn(inTurns(wrapped(await store()), turn), name)
  const sites = [await site('a'), await site('b')]
  const raw = database()
  const count = (table: string, where = '1 = 1') =>
    raw.prepare(`SELECT count(*) FROM ${table} WHERE ${where}`).pluck().get() as number
  return { turn, sites: sites as [Site, Site], count }
}
type World = Awaited<ReturnType<typeof world>>

let keys = 0
const key = () => {
  keys += 1
  return { 'idempotency-key': `key-${String(keys).padStart(8, '0')}` }
}
const refer = (): Call => ({
  method: 'POST',
  path: '/v1/referrals',
  person: 'officer-1',
  body: aReferral,
  headers: key(),
})
function write(kind: 'facts' | 'event', id: string, version: number): Call {
  const headers = { ...key(), 'if-match': `"${version}"` }
  const person = 'practitioner-1'
  return kind === 'facts'
    ? {
        method: 'PUT',
        path: `/v1/cases/${id}/facts`,
        person,
        body: { answers: [{ fact: 'child.earlier_convictions', answer: version }] },
        headers,
      }
    : {
        method: 'POST',
        path: `/v1/cases/${id}/events`,
        person,
        body: { type: 'safeguarding.raised', reason: 'missing' },
        headers,
      }
}

/** A case that was opened before, the requests of a schedule about it, and another referral. */
async function prepared({ sites, count }: World, { writes }: Schedule) {
  const opened = (await (await sites[0].call(refer())).json()) as { case: { id: string } }
  const { id } = opened.case
  const calls = [refer(), ...writes.map((kind, i) => write(kind, id, i + 1))]
  const before = { cases: count('referral'), children: count('child') }
  return { id, calls, before, answers: calls.map(() => new Set<string>()), broken: [] as string[] }
}
type Prepared = Awaited<ReturnType<typeof prepared>>

/** Keeps an answer with its request; gives its status. */
async function take({ answers, broken }: Prepared, request: number, answer: Response) {
  if (answer.status < 300) answers[request]?.add(`${answer.status} ${await answer.text()}`)
  else if (![409, 412].includes(answer.status)) broken.push(`answered ${answer.status}`)
  return answer.status
}

/** Everything that breaks the promise, in words; nothing where it is kept. */
async function brokenBy(here: World, schedule: Schedule, scheduler: fc.Scheduler) {
  const { turn, sites } = here
  const all = await prepared(here, schedule)
  turn.now = scheduler
  for (const group of groups(schedule)) {
    const under = group.map(({ request, service }) =>
      sites[service].call(all.calls[request] as Call),
    )
    const came = await scheduler.waitFor(Promise.all(under))
    for (const [i, answer] of came.entries()) await take(all, group[i]?.request ?? 0, answer)
  }
  delete turn.now
  // Whatever was lost on the way: in the end the client has an answer to each.
  for (const [request, call] of all.calls.entries())
    if ((await take(all, request, await sites[1].call(call))) >= 300)
      all.broken.push('not carried out')
  return { ...all, broken: [...all.broken, ...(await tooMuch(here, all))] }
}

/** What was done more than once, or not at all. */
async function tooMuch({ sites, count }: World, { id, calls, before, answers }: Prepared) {
  const version = (await sites[0].deps.store.whereIs(id))?.version
  const wrong: [boolean, string][] = [
    [answers.some((each) => each.size !== 1), 'two answers to one request'],
    [count('referral') !== before.cases + 1, 'a case too many'],
    [count('child') !== before.children + 1, 'a child too many'],
    [version !== calls.length, `version ${version}, not ${calls.length}`],
    [count('case_event', `referral = '${id}'`) !== calls.length, 'an event too many'],
  ]
  return wrong.filter(([is]) => is).map(([, says]) => says)
}

describe('a client that does not know whether it was heard', () => {
  it('may send each request up to five times, in any order and at once: it is done once', async () => {
    const here = await world()
    await fc.assert(
      fc.asyncProperty(schedules, fc.scheduler(), async (schedule, scheduler) => {
        expect((await brokenBy(here, schedule, scheduler)).broken).toEqual([])
      }),
      { numRuns: amount(40, 1_000), seed },
    )
  })

  it('is refused where the key comes with another body, before and after', async () => {
    const here = await world()
    await fc.assert(
      fc.asyncProperty(schedules, fc.scheduler(), async (schedule, scheduler) => {
        const { calls } = await brokenBy(here, schedule, scheduler)
        const now = () => [here.count('case_event'), here.count('referral')]
        const before = now()
        for (const call of calls) {
          const body = { ...(call.body as object), another: 'body' }
          const answer = await here.sites[0].call({ ...call, body })
          expect([answer.status, await answer.json()]).toMatchObject([
            422,
            { type: 'urn:waymark:problem:key-used-otherwise' },
          ])
        }
        expect(now()).toEqual(before)
      }),
      { numRuns: amount(10, 50), seed },
    )
  })

  it('would be carried out twice if the answers were not kept', async () => {
    const here = await world(withoutAnswers)
    const found = await fc.check(
      fc.asyncProperty(schedules, fc.scheduler(), async (schedule, scheduler) => {
        const { broken } = await brokenBy(here, schedule, scheduler)
        return !broken.includes('a case too many')
      }),
      { numRuns: 100, seed, endOnFailure: true },
    )
    expect(found.failed).toBe(true)
  })
})
