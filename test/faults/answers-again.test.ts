import { afterEach, describe, expect, it } from 'vitest'
import type { OpenStore } from '../../db/sqlite/open-store.ts'
import type { Caller, Grant } from '../../src/access/caller.ts'
import { smallPolicy } from '../support/api.ts'
import { aReferral, type Site, siteOn } from '../support/faults-site.ts'
import { caseStore } from '../support/stores.ts'

/** Who may have the kept answer of a request that comes again. */

const small = smallPolicy()
const partnerships = { ...small.partnerships, 'west-mercia': small.partnerships.derby }
const policy = { ...small, partnerships } as typeof small
const stores: OpenStore[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
})

type Who = { caller: Caller | undefined }

/** A site where the tests say who calls. */
async function world() {
  const store = await caseStore()
  stores.push(store)
  const who: Who = { caller: undefined }
  const site = siteOn(store, 'one', {
    policy,
    identify: async () => who.caller ?? 'absent',
  })
  return { store, who, site }
}

const officer = (more: Partial<Grant> = {}): Caller => ({
  person: 'officer-1',
  by: 'bearer',
  grants: [{ role: 'referring-officer', agency: 'police', partnership: 'derby', ...more }],
})
const system = (partnership: string, serviceKey: string): Caller => ({
  person: 'records-1',
  by: 'service-key',
  serviceKey,
  grants: [{ role: 'service', agency: 'police', partnership }],
})
const refer = (site: Site, more: object = {}) =>
  site.call({
    method: 'POST',
    path: '/v1/referrals',
    body: { ...aReferral, ...more },
    headers: { 'idempotency-key': 'key-00000001' },
  })

/** A referral by officer-1, and what its answer was. */
async function referred() {
  const { store, who, site } = await world()
  who.caller = officer()
  const first = await refer(site)
  const text = await first.text()
  const { id } = (JSON.parse(text) as { case: { id: string } }).case
  const log = () => store.accessLog({ scopes: [{ partnership: 'derby' }], case: id, limit: 100 })
  const bar = async () => {
    const row = await store.whereIs(id)
    if (!row) throw new Error('It was opened.')
    const access = { actor: { ...chair }, at: row.updatedAt, action: 'x', requestId: 'r-1' }
    const version = row.version + 1
    await store.commit({
      row: { ...row, version, barred: ['officer-1'] },
      from: row.version,
      access,
    })
  }
  return { store, who, site, id, text, first, log, bar }
}
const chair = { person: 'chair-1', role: 'clinic-chair', agency: 'chair' } as const

describe('the answer that is kept for a repeated request', () => {
  it('is handed out again to who may still read the case, and that is logged', async () => {
    const { site, text, log } = await referred()
    const before = (await log()).length
    const again = await refer(site)
    expect([again.status, await again.text()]).toEqual([201, text])
    const rows = await log()
    expect(rows).toHaveLength(before + 1)
    expect(rows[0]).toMatchObject({
      action: 'case.answer-again',
      actor: { person: 'officer-1', role: 'referring-officer' },
    })
  })

  it('is not handed out to who has a conflict of interest by now', async () => {
    const { site, bar } = await referred()
    await bar()
    const again = await refer(site)
    expect(again.status).toBe(404)
    expect(await again.text()).not.toContain('recommendation')
  })

  it.each([
    ['whose grants are elsewhere by now', officer({ partnership: 'west-mercia' }), 404],
    ['who holds nothing that reads a case', officer({ role: 'policy-lead' }), 403],
    ['who refers no cases any more', officer({ role: 'clinic-member', agency: 'health' }), 403],
  ])('is not handed out to one %s', async (_, caller, status) => {
    const { site, who, log } = await referred()
    const before = await log()
    who.caller = caller
    const again = await refer(site)
    expect(again.status).toBe(status)
    expect(await log()).toEqual(before)
  })

  it('is gone with a case that was erased, and nothing is done anew', async () => {
    const { site, id, store } = await referred()
    await store.erase((await store.whereIs(id))?.child ?? '', {
      actor: { person: 'administrator-1', role: 'administrator', agency: 'partnership' },
      at: '2026-11-02T12:00:00.000Z',
      action: 'case.erase',
      requestId: 'r-2',
    })
    expect((await refer(site)).status).toBe(404)
    const scopes = [{ partnership: 'derby' }]
    const access = { actor: chair, at: '2026-11-02T12:00:00.000Z', action: 'x', requestId: 'r-3' }
    expect(await store.list({ scopes, limit: 10 }, access)).toHaveLength(1)
  })

  it('is not that of another request under the same key', async () => {
    const { site } = await referred()
    const other = await refer(site, { reference: 'FICTION-2' })
    expect([other.status, await other.json()]).toMatchObject([
      422,
      { type: 'urn:waymark:problem:key-used-otherwise' },
    ])
  })

  it('belongs to one service key: two keys of one system never meet', async () => {
    const { site, who } = await world()
    const body = { partnership: 'derby' }
    who.caller = system('derby', '0000000000000001')
    const first = await refer(site, body)
    const text = await first.text()
    expect(first.status).toBe(201)
    who.caller = system('west-mercia', '0000000000000002')
    const foreign = await refer(site, body)
    expect([foreign.status, await foreign.text()]).not.toEqual([201, text])
    const own = await refer(site, { partnership: 'west-mercia' })
    expect([own.status, await own.json()]).toMatchObject([
      201,
      { case: { partnership: 'west-mercia' } },
    ])
    who.caller = system('derby', '0000000000000001')
    expect(await (await refer(site, body)).text()).toBe(text)
  })
})
