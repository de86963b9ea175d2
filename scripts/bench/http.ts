import { randomUUID } from 'node:crypto'
import type { Call } from './caller.ts'
import { delivering } from './delivering.ts'
import { withFolder } from './folder.ts'
import { type Line, median } from './measure.ts'
import { callerThread, hello, listening, service } from './service.ts'
import { type Site, siteIn } from './site.ts'

const rounds = 7
/** How many connections call at once; one shows what a person waits, many what a service carries. */
const widths = [1, 16] as const
const names = {
  hello: 'GET a bare Hono hello',
  recommendation: 'POST /v1/recommendations, nothing stored',
  event: 'POST /v1/cases/{id}/events, a contact',
  referral: 'POST /v1/referrals',
} as const
type Name = keyof typeof names
const perRound: Record<Name, number> = { hello: 960, recommendation: 32, event: 64, referral: 16 }

/** What the durable calls reach, as requests a second over loopback, beside a bare Hono. */
export const benchHttp = (): Promise<Line[]> =>
  withFolder(async (folder) => {
    const site = await siteIn(folder)
    const bare = await listening(hello())
    const ours = await listening(service(site))
    const caller = callerThread()
    try {
      const calls = await callsTo(site, bare.port, ours.port)
      const lines: Line[] = []
      for (const width of widths) {
        const speeds = new Map<Name, number[]>()
        for (let round = -1; round < rounds; round += 1)
          for (const name of Object.keys(names) as Name[]) {
            const each = Math.ceil(perRound[name] / (width === 1 ? 4 : width))
            const plan = Array.from({ length: width }, (_, i) => calls[name](i, each))
            const { all } = await caller.call(plan)
            const known = speeds.get(name) ?? []
            if (round >= 0) speeds.set(name, [...known, (each * width * 1_000) / all])
          }
        lines.push(...linesOf(speeds, width))
      }
      return lines
    } finally {
      await caller.end()
      for (const one of [bare, ours]) one.close()
      await site.deps.store.close()
    }
  })

/** How the calls of each kind are made up: `count` of them for one connection. */
async function callsTo(site: Site, bare: number, ours: number) {
  const cases: { id: string; version: number }[] = []
  for (let i = 0; i < Math.max(...widths); i += 1) {
    const id = await delivering(site)
    cases.push({ id, version: (await site.deps.store.whereIs(id))?.version ?? 0 })
  }
  const json = (person: string) => ({
    authorization: `Demonstration ${person}`,
    'content-type': 'application/json',
  })
  const post = (path: string, headers: object, body: unknown, expect: number): Call => ({
    ...{ port: ours, method: 'POST', path, expect },
    headers: { ...headers },
    body: JSON.stringify(body),
  })
  const many = (count: number, make: () => Call) => Array.from({ length: count }, make)
  const plain = { port: bare, method: 'GET', path: '/', headers: {}, body: '', expect: 200 }
  const asked = { ...site.referral, asAt: site.deps.today() }
  const officer = json('officer-1')
  return {
    hello: (_: number, count: number) => many(count, () => plain),
    recommendation: (_: number, count: number) =>
      many(count, () => post('/v1/recommendations', officer, asked, 200)),
    event: (i: number, count: number) =>
      many(count, () => {
        const one = cases[i] ?? { id: '', version: 0 }
        const headers = { ...json('practitioner-1'), 'if-match': `"${one.version}"` }
        one.version += 1
        return post(`/v1/cases/${one.id}/events`, headers, { type: 'contact.made' }, 200)
      }),
    referral: (_: number, count: number) =>
      many(count, () => {
        const headers = { ...officer, 'idempotency-key': randomUUID() }
        return post('/v1/referrals', headers, site.referral, 201)
      }),
  }
}

const targets: Partial<Record<Name, number>> = { recommendation: 0.4, event: 0.15 }

function linesOf(speeds: ReadonlyMap<Name, readonly number[]>, width: number): Line[] {
  const peerValue = median(speeds.get('hello') ?? [])
  const many = width === 1 ? 'one connection' : `${width} connections`
  return (['recommendation', 'event', 'referral'] as const).map((name) => {
    const value = median(speeds.get(name) ?? [])
    return {
      group: `Over loopback, ${many}, requests a second`,
      ...{ what: names[name], peer: names.hello, ratio: value / peerValue },
      kind: 'more-is-better' as const,
      target: targets[name] ?? null,
      ...{ value, peerValue, unit: 'a second' },
    }
  })
}
