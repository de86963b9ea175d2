import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../db/sqlite/open-store.ts'
import { storeFolder } from '../db/store-folder.ts'
import { aReferral, siteOn } from '../support/faults-site.ts'
import { migrations } from '../support/stores.ts'

/** A store that cannot write for a while: what the service answers, and when it is well again. */

const { file, keep } = storeFolder()

async function world(patience: number) {
  const files = { database: file('waymark.db'), keys: file('waymark.keys'), migrations }
  const store = keep(await openStore({ ...files, patience }))
  const { call } = siteOn(store, 'busy', { ready: () => store.writable() })
  const other = keep(new Database(file('waymark.db')))
  const list = () => call({ method: 'GET', path: '/v1/cases', person: 'team-leader-1' })
  const refer = (key: string, name = 'Example Child') =>
    call({
      method: 'POST',
      path: '/v1/referrals',
      person: 'officer-1',
      body: { ...aReferral, child: { name } },
      headers: { 'idempotency-key': key },
    })
  const ready = async () => (await call({ method: 'GET', path: '/readyz' })).status
  const alive = async () => (await call({ method: 'GET', path: '/healthz' })).status
  return { store, other, list, refer, ready, alive }
}

describe('while another process writes', () => {
  it('the rest is answered, and what waits for too long is told to come again', async () => {
    const { other, list, refer, alive } = await world(150)
    await refer('key-00000001')
    other.exec('BEGIN IMMEDIATE')
    const order: string[] = []
    const lists = [1, 2, 3, 4].map(async () => {
      const answer = await list()
      order.push(`list ${answer.status} ${answer.headers.get('retry-after')}`)
    })
    expect(await alive()).toBe(200)
    order.push('alive')
    await Promise.all(lists)
    expect(order).toEqual(['alive', ...Array(4).fill('list 503 5')])
    other.exec('ROLLBACK')
    expect((await list()).status).toBe(200)
  })

  it('a write that gets its turn in time is done as if nothing had been', async () => {
    const { other, refer, store } = await world(5_000)
    other.exec('BEGIN IMMEDIATE')
    const waiting = refer('key-00000001')
    await new Promise(setImmediate)
    other.exec('ROLLBACK')
    const answer = await waiting
    expect(answer.status).toBe(201)
    const { id } = ((await answer.json()) as { case: { id: string } }).case
    expect((await store.whereIs(id))?.version).toBe(1)
  })
})
