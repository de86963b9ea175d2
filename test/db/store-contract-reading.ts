import { expect, it } from 'vitest'
import { type CaseStore, fileParts } from '../../src/casework/ports.ts'
import { waitingIn } from '../support/outbox.ts'
import { access, at, caseRow, following, full, opening } from './changes.ts'
import type { Opened } from './store-contract.ts'
import { readAll, recommendationsOf } from './whole-case.ts'

/** Reading a case, and the log of it. */
export function readContract(fresh: () => Promise<Opened>): void {
  it('opens only the parts that were named', async () => {
    const { store } = await fresh()
    await store.commit(full('case-1', 'words'))
    const whole = await readAll(store, 'case-1')
    for (const part of fileParts) {
      const file = await store.read('case-1', [part], access)
      const opened = Object.entries(file ?? {}).flatMap(([key, value]) =>
        key === 'row' || value === null || (Array.isArray(value) && value.length === 0)
          ? []
          : [key],
      )
      const expected: Partial<Record<typeof part, string[]>> = {
        deliveries: ['deliveries', 'conditions'],
        victims: ['answers', 'victims', 'victimEntries'],
        recommendations: ['recommendation', 'recommendations'],
      }
      expect(opened.sort()).toEqual((expected[part] ?? [part]).sort())
    }
    const kept = async (part: 'answers' | 'victims') =>
      (await store.read('case-1', [part], access))?.answers.map((one) => one.kept)
    expect(await kept('answers')).toEqual(['ordinary', 'ordinary', 'protected'])
    expect(await kept('victims')).toEqual(['victim'])
    expect(whole.answers).toHaveLength(4)
  })

  it('finds nothing under an id that it does not know, and logs nothing', async () => {
    const { store, dump } = await fresh()
    await store.commit(opening())
    const before = dump()
    for (const id of ['case-2', 'CASE-1', 'case-1 ', '', "' OR 1=1 --"]) {
      expect(await store.whereIs(id)).toBeUndefined()
      expect(await store.read(id, fileParts, access)).toBeUndefined()
      expect(await store.history(id, access)).toEqual([])
      expect(await recommendationsOf(store, id, access)).toEqual([])
    }
    expect(dump()).toEqual(before)
  })

  it('says where a case is without logging, since no content is opened', async () => {
    const { store, dump } = await fresh()
    const { row } = full('case-1', 'words')
    await store.commit(full('case-1', 'words'))
    const before = dump()
    expect(await store.whereIs('case-1')).toEqual(row)
    expect(dump()).toEqual(before)
  })

  it('logs each reading and each writing once, with who, when, what and on which request', async () => {
    const { store } = await fresh()
    await store.commit(opening())
    const calls = ['case.read', 'case.history', 'case.recommendations', 'case.list']
    const asked = calls.map((action, i) => ({
      ...access,
      action,
      requestId: `request-${i}`,
      purpose: 'duty',
    }))
    const [read, history, made, list] = asked
    if (!read || !history || !made || !list) throw new Error('Four calls.')
    await store.read('case-1', [], read)
    await store.history('case-1', history)
    await recommendationsOf(store, 'case-1', made)
    await store.list({ scopes: [{ partnership: 'derby' }], limit: 5 }, list)
    const log = await store.accessLog({ scopes: [{ partnership: 'derby' }], limit: 10 })
    const cases = [{ case: 'case-1', child: 'child-of-case-1' }]
    const row = { partnership: 'derby', cases, clinic: null }
    expect(log).toEqual(
      [access, ...asked].map((one, i) => ({ ...one, ...row, seq: i + 1 })).reverse(),
    )
  })

  it('logs one row for a page of a list, which names the cases that are listed and no others', async () => {
    const { store } = await fresh()
    for (const id of ['case-1', 'case-2', 'case-3']) await store.commit(opening(id))
    const listed = await store.list(
      { scopes: [{ partnership: 'derby' }], limit: 2 },
      { ...access, action: 'list' },
    )
    const log = await store.accessLog({ scopes: [{ partnership: 'derby' }], limit: 10 })
    const rows = log.filter(({ action }) => action === 'list')
    expect(rows).toHaveLength(1)
    const logged = rows.flatMap(({ cases }) => cases.map((one) => one.case))
    expect(logged.sort()).toEqual(listed.map(({ row }) => row.id).sort())
    expect(logged).toHaveLength(2)
    const [seen = '', other = ''] = [
      logged[0],
      ['case-1', 'case-2', 'case-3'].find((id) => !logged.includes(id)),
    ]
    const ofCase = async (id: string) =>
      (await store.accessLog({ scopes: [{ partnership: 'derby' }], case: id, limit: 10 })).map(
        ({ action }) => action,
      )
    expect(await ofCase(seen)).toEqual(['list', 'case.change'])
    expect(await ofCase(other)).toEqual(['case.change'])
  })

  it.each([
    ['a case', (store: CaseStore) => store.read('case-1', fileParts, access)],
    ['a history', (store: CaseStore) => store.history('case-1', access)],
    ['recommendations', (store: CaseStore) => recommendationsOf(store, 'case-1', access)],
    [
      'a list',
      (store: CaseStore) => store.list({ scopes: [{ partnership: 'derby' }], limit: 5 }, access),
    ],
    ['a clinic', (store: CaseStore) => store.clinic('clinic-1', access)],
  ] as const)('hands over nothing of %s where the log cannot be written', async (_, call) => {
    const { store, breakLog, dump } = await fresh()
    const row = { partnership: 'derby', area: null, heldOn: '2026-11-12', version: 1 }
    await store.planClinic({ ...row, id: 'clinic-1', state: 'planned' }, access)
    await store.commit(opening())
    breakLog()
    const before = dump()
    await expect(call(store)).rejects.toThrow()
    expect(dump()).toEqual(before)
  })

  it('writes nothing where the log cannot be written', async () => {
    const { store, breakLog, dump } = await fresh()
    await store.commit(opening())
    breakLog()
    const before = dump()
    await expect(store.commit(following(caseRow()))).rejects.toThrow()
    await expect(store.erase('child-of-case-1', access)).rejects.toThrow()
    expect(dump()).toEqual(before)
  })

  it('tells the audit service of every row of the log, in ids and codes', async () => {
    const { store } = await fresh()
    await store.commit(opening('case-1', { access: { ...access, purpose: 'words of somebody' } }))
    const [message, ...more] = await waitingIn(store, 10)
    expect(more).toEqual([])
    expect(message).toEqual({
      seq: expect.any(Number),
      id: 'audit:derby:1',
      kind: 'audit',
      at,
      body: {
        what: 'case.change',
        who: 'officer-1',
        when: at,
        service: 'waymark',
        subjectId: 'child-of-case-1',
        subjectType: 'CHILD',
        correlationId: 'request-1',
        details: JSON.stringify({
          partnership: 'derby',
          seq: 1,
          role: 'referring-officer',
          agency: 'police',
          case: 'case-1',
        }),
      },
    })
  })
}
