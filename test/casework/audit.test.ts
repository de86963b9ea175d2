import { describe, expect, it } from 'vitest'
import { accessLog, accessQuerySchema } from '../../src/casework/audit.ts'
import { granted } from '../support/casework.ts'
import { workedCase } from './whole-case.ts'

describe('the access log', () => {
  it('tells an auditor who saw and changed a case, newest first, page by page', async () => {
    const { work, id } = await workedCase()
    granted(await work.view('chair-1', id))
    granted(await work.view('inspector-1', id))
    const page = async (query: object) =>
      granted(
        await accessLog(
          work.deps,
          work.as('auditor-1'),
          accessQuerySchema.parse({ case: id, ...query }),
        ),
      )
    const first = await page({ limit: 2 })
    expect(first.entries.map(({ actor }) => actor.person)).toEqual(['inspector-1', 'chair-1'])
    const second = await page({ limit: 2, cursor: first.next })
    expect(second.entries.map(({ action, actor }) => [action, actor.person])).toEqual([
      ['referral.open', 'officer-1'],
    ])
    expect(second.next).toBeNull()
    await work.store.close()
  })

  it('is for auditors alone, each of their own partnership', async () => {
    const { work, id } = await workedCase()
    const query = accessQuerySchema.parse({ case: id })
    expect(granted(await accessLog(work.deps, work.as('auditor-2'), query)).entries).toEqual([])
    for (const person of ['chair-1', 'administrator-1', 'inspector-1'])
      expect(await accessLog(work.deps, work.as(person), query)).toMatchObject({
        why: 'not-allowed',
      })
    await work.store.close()
  })

  it('takes no cursor that it did not give', async () => {
    const { work } = await workedCase()
    const query = accessQuerySchema.parse({ cursor: 'not-ours' })
    expect(await accessLog(work.deps, work.as('auditor-1'), query)).toMatchObject({
      why: 'unusable',
    })
    await work.store.close()
  })
})
