import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Caller, Grant } from '../../src/access/caller.ts'
import type { Request } from '../../src/casework/casework.ts'
import { writeCursor } from '../../src/casework/cursor.ts'
import { caseQuerySchema, listCases, listsFor } from '../../src/casework/list-cases.ts'
import type { CaseRow, CaseStore } from '../../src/casework/ports.ts'
import { roles } from '../../src/domain/roles.ts'
import { caseRow, opening } from '../db/changes.ts'
import { granted } from '../support/casework.ts'
import { caseStore } from '../support/stores.ts'
import { sweeperOn } from './sweep-cases.ts'

const chair: Grant = { role: 'clinic-chair', agency: 'chair', partnership: 'derby' }
const who = (...grants: Grant[]): Request => {
  const caller: Caller = { person: 'chair-1', grants, by: 'bearer' }
  return { caller, requestId: 'request-1' }
}
const minute = (n: number) => `2026-11-02T09:${String(n).padStart(2, '0')}:00.000Z`

async function storeWith(rows: readonly Partial<CaseRow>[]) {
  const store = await caseStore()
  for (const [i, more] of rows.entries()) {
    const row = caseRow(more.id ?? `case-${i}`, { updatedAt: minute(i), ...more })
    const identity = { name: 'Made-up Child', dateOfBirth: '2011-05-14' }
    await store.commit(opening(row.id, { row, identity }))
  }
  return store
}
const list = async (store: CaseStore, request: Request, query: object = {}) =>
  granted(
    await listCases(
      sweeperOn(store, () => '2026-11-02'),
      request,
      caseQuerySchema.parse(query),
    ),
  )
const ids = (page: { cases: readonly { id: string }[] }) => page.cases.map(({ id }) => id)

describe('the pages of a list', () => {
  it('hold every case once, newest first, however large they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (minutes, limit) => {
          const rows = minutes.map((n, i) => ({ id: `case-${i}`, updatedAt: minute(n) }))
          const store = await storeWith(rows)
          const seen: string[] = []
          let cursor: string | null | undefined
          do {
            const page = await list(store, who(chair), { limit, ...(cursor ? { cursor } : {}) })
            expect(page.cases.length).toBeLessThanOrEqual(limit)
            seen.push(...page.cases.map(({ updatedAt, id }) => `${updatedAt} ${id}`))
            cursor = page.next
          } while (cursor)
          const all = rows.map(({ updatedAt, id }) => `${updatedAt} ${id}`)
          expect(seen).toEqual(all.sort().reverse())
          await store.close()
        },
      ),
      { numRuns: 30, seed: 20261102 },
    )
  })

  it('are of twenty-five cases unless asked for, and of a hundred at most', () => {
    expect(caseQuerySchema.parse({}).limit).toBe(25)
    expect(caseQuerySchema.parse({ limit: '100' }).limit).toBe(100)
    for (const limit of ['101', '0', '-1', '1.5', 'all', ''])
      expect(caseQuerySchema.safeParse({ limit }).success, limit).toBe(false)
  })

  it.each([
    ['no base64', '%%%'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['another shape', writeCursor(['case-1'])],
    ['no instant', writeCursor(['yesterday', 'case-1'])],
    ['a place of the access log', writeCursor(['derby', 4])],
    ['something more at its end', `${writeCursor([minute(1), 'case-1'])}=`],
  ])('cannot be asked for with a cursor that is %s', async (_, cursor) => {
    const store = await storeWith([])
    const deps = sweeperOn(store, () => '2026-11-02')
    const query = caseQuerySchema.parse({ cursor })
    expect(await listCases(deps, who(chair), query)).toMatchObject({
      ok: false,
      why: 'unusable',
      problems: [{ pointer: '/cursor' }],
    })
    await store.close()
  })
})

describe('a list', () => {
  it('is narrowed by state, status, day due and reference', async () => {
    const { snapshot } = caseRow()
    const store = await storeWith([
      { reference: 'REF-1', dueOn: '2026-11-12' },
      { status: 'on-hold', dueOn: '2026-11-13' },
      { snapshot: { ...snapshot, value: 'listed' } },
    ])
    expect(ids(await list(store, who(chair)))).toEqual(['case-2', 'case-1', 'case-0'])
    expect(ids(await list(store, who(chair), { state: 'listed' }))).toEqual(['case-2'])
    expect(ids(await list(store, who(chair), { status: 'on-hold' }))).toEqual(['case-1'])
    expect(ids(await list(store, who(chair), { dueBy: '2026-11-12' }))).toEqual(['case-0'])
    expect(ids(await list(store, who(chair), { dueBy: '2026-11-11' }))).toEqual([])
    expect(ids(await list(store, who(chair), { reference: 'REF-1' }))).toEqual(['case-0'])
    for (const wrong of [{ state: 'nowhere' }, { dueBy: '12 November' }, { childName: 'Made-up' }])
      expect(caseQuerySchema.safeParse(wrong).success).toBe(false)
    await store.close()
  })

  it('says who the child is to whoever may know, and to nobody else', async () => {
    const store = await storeWith([{ id: 'case-0' }])
    const child = { name: 'Made-up Child' }
    const analyst: Grant = { ...chair, role: 'information-analyst', agency: 'partnership' }
    expect((await list(store, who(chair))).cases[0]).toMatchObject({ id: 'case-0', child })
    const [seen] = (await list(store, who(analyst))).cases
    expect(seen?.id).toBe('case-0')
    expect(JSON.stringify(seen)).not.toContain('Made-up')
    expect(seen).not.toHaveProperty('child')
    await store.close()
  })

  it('holds nothing of another partnership, of another area, or of a case of one’s own conflict', async () => {
    const store = await storeWith([
      { id: 'here-1', area: 'north' },
      { id: 'elsewhere-1', area: 'south' },
      { id: 'foreign-1', partnership: 'nottingham' },
      { id: 'barred-1', area: 'north', barred: ['chair-1'] },
    ])
    expect(ids(await list(store, who({ ...chair, area: 'north' })))).toEqual(['here-1'])
    expect(ids(await list(store, who(chair)))).toEqual(['elsewhere-1', 'here-1'])
    await store.close()
  })

  it('shows a case once to somebody whose roles cover it twice', async () => {
    const store = await storeWith([{ id: 'case-0', area: 'north' }])
    const member: Grant = { ...chair, role: 'clinic-member', agency: 'health' }
    expect(ids(await list(store, who({ ...chair, area: 'north' }, member)))).toEqual(['case-0'])
    await store.close()
  })

  it('is logged in one row that names each case that it shows, in the role in which it was asked for', async () => {
    const store = await storeWith([{}, {}])
    await list(store, who(chair))
    const log = await store.accessLog({ scopes: [{ partnership: 'derby' }], limit: 9 })
    const listings = log.filter(({ action }) => action === 'case.list')
    expect(listings.map((one) => [one.cases.map((of) => of.case).sort(), one.actor.role])).toEqual([
      [['case-0', 'case-1'], 'clinic-chair'],
    ])
    await store.close()
  })

  it('is refused to whoever may list nothing', async () => {
    const store = await storeWith([])
    const deps = sweeperOn(store, () => '2026-11-02')
    for (const role of ['auditor', 'administrator', 'policy-lead', 'sweeper'] as const) {
      const asked = await listCases(deps, who({ ...chair, role }), caseQuerySchema.parse({}))
      expect(asked).toMatchObject({ ok: false, why: 'not-allowed' })
    }
    await store.close()
  })
})

describe('a role that sees closed cases alone', () => {
  const scrutiny: Grant = { ...chair, role: 'scrutiny-member', agency: 'partnership' }
  const states = (grants: Grant[], state?: 'closed' | 'listed') =>
    listsFor(who(...grants).caller, 'case.read', { state }).map((one) => one.state)

  it('lists those, whatever is asked for', () => {
    expect(states([scrutiny])).toEqual(['closed'])
    expect(states([scrutiny], 'closed')).toEqual(['closed'])
    expect(states([scrutiny], 'listed')).toEqual([])
  })

  it('does not narrow what the same person sees in another role', () => {
    expect(states([scrutiny, chair])).toEqual([undefined])
    expect(states([scrutiny, { ...chair, area: 'north' }]).sort()).toEqual(['closed', undefined])
  })

  it('is the only one that is narrowed', () => {
    for (const role of roles.filter((one) => one !== 'scrutiny-member'))
      expect(states([{ ...chair, role }]).filter(Boolean)).toEqual([])
  })
})
