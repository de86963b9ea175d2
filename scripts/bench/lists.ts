import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { accessLog, accessQuerySchema } from '../../src/casework/audit.ts'
import { caseQuerySchema, listCases } from '../../src/casework/list-cases.ts'
import { viewCase } from '../../src/casework/view.ts'
import { withFolder } from './folder.ts'
import { inTurns, type Line, median, type Subject } from './measure.ts'
import { type Seeded, siteWith } from './seed.ts'
import { granted } from './site.ts'

const smallest = 10_000

/** What lists and pages cost among many cases, beside the same among ten thousand. */
export const benchLists = (full: boolean): Promise<Line[]> =>
  withFolder(async (folder) => {
    const sizes = [smallest, 100_000, ...(full ? [1_000_000] : [])]
    const seeded = new Map<number, Seeded>()
    for (const size of sizes) {
      const own = join(folder, String(size))
      mkdirSync(own)
      seeded.set(size, await siteWith(own, size))
    }
    const subjects: Record<string, Subject> = {}
    // Size by size: each page then comes after the same other page, and finds the processor as warm.
    for (const [size, one] of seeded)
      for (const [page, show] of Object.entries(pages))
        subjects[`${page} ${size}`] = () => show(one)
    const times = await inTurns(subjects, { rounds: 60, warm: 15 })
    for (const { site } of seeded.values()) await site.deps.store.close()
    const at = (page: string, size: number) => median(times.get(`${page} ${size}`) ?? [])
    return Object.keys(pages).flatMap((page) =>
      sizes.slice(1).map((size): Line => {
        const [value, peerValue] = [at(page, size), at(page, smallest)]
        return {
          group: 'Lists and pages among many cases',
          what: `${page}, ${size.toLocaleString('en-GB')} cases`,
          peer: `the same among ${smallest.toLocaleString('en-GB')}`,
          ratio: value / peerValue,
          kind: 'more-is-slower',
          target: 2,
          ...{ value, peerValue, unit: 'µs' },
        }
      }),
    )
  })

const chair = 'chair-1'
const list = async ({ site: { deps, as } }: Seeded, asked: object) => {
  const { cases } = granted(await listCases(deps, as(chair), caseQuerySchema.parse(asked)))
  if (cases.length !== 25) throw new Error(`A page has ${cases.length} cases, not 25.`)
}
/** Halfway down among ten thousand; among a million, with as many cases before it. */
const cursor = Buffer.from(JSON.stringify(['2023-11-15T20:00:00.000Z', 'f'])).toString('base64url')
const log = async ({ site: { deps, as } }: Seeded, asked: object) => {
  const page = granted(await accessLog(deps, as('auditor-1'), accessQuerySchema.parse(asked)))
  if (page.entries.length === 0) throw new Error('The page of the access log is empty.')
}
const due = '2026-12-01'

const pages: Readonly<Record<string, (one: Seeded) => Promise<unknown>>> = {
  'first page of the list': (one) => list(one, {}),
  'a page far down the list': (one) => list(one, { cursor }),
  'list by state': (one) => list(one, { state: 'delivering' }),
  'case page': async ({ site: { deps, as }, ids }) =>
    granted(await viewCase(deps, as(chair), ids[0] ?? '')),
  'clocks due, 50 of them': async ({ site }) => full(await site.deps.store.due(due, 50)),
  'tasks overdue, 50 of them': async ({ site }) =>
    full(await site.deps.store.overdueTasks(due, 50)),
  'access log, newest page': (one) => log(one, {}),
  'access log of one case': (one) => log(one, { case: one.ids[0] }),
}

function full(found: readonly unknown[]): void {
  if (found.length !== 50) throw new Error(`The sweeper found ${found.length}, not 50.`)
}
