import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { statesOf } from '../../machines/charts.ts'
import { openDemonstration } from '../../src/casework/demonstration/open-demonstration.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { caseworkOn, type Work } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'

const path = 'docs/worked-case.yaml'
const read = readCase({ path, bytes: readFileSync(path) })
if (!read.ok) throw new Error('The worked case cannot be read.')
const ready = read.value
const policy = realPolicy()

describe('the demonstration, first started on a leap day', () => {
  const day = '2028-02-29'
  let work: Work
  let short: string[] = []
  beforeAll(async () => {
    work = await caseworkOn(policy, day)
    short = await openDemonstration(work.deps, ready)
  }, 120_000)
  const all = async () =>
    work.store.list(
      { scopes: [{ partnership: 'derby' }, { partnership: 'west-mercia' }], limit: 100 },
      {
        actor: { person: 'auditor-1', role: 'auditor', agency: 'partnership' },
        at: `${day}T12:00:00.000Z`,
        action: 'case.list',
        requestId: 'request-1',
      },
    )

  it('has forty cases, each brought as far as it was meant', async () => {
    expect(short).toEqual([])
    expect((await all()).map(({ row }) => row.reference).sort()).toEqual(
      Array.from({ length: 40 }, (_, i) => `DEMO-${i + 1}`).sort(),
    )
  })

  it('has a case in every state of the chart', async () => {
    const states = new Set((await all()).map(({ row }) => row.snapshot.value))
    expect([...states].sort()).toEqual(statesOf('referral').sort())
  })

  it('has a clinic in each of its two partnerships, and children who are plainly made up', async () => {
    const cases = await all()
    expect(new Set(cases.map(({ row }) => row.partnership))).toEqual(
      new Set(['derby', 'west-mercia']),
    )
    for (const partnership of ['derby', 'west-mercia'])
      expect(await work.store.clinics({ scopes: [{ partnership }], limit: 5 })).toHaveLength(1)
    for (const { identity } of cases) expect(identity?.name).toMatch(/^Example Child \d+$/)
  })

  it('was decided at clinics of that day, by people who sat in them', async () => {
    const clinics = await work.store.clinics({ scopes: [{ partnership: 'derby' }], limit: 5 })
    expect(clinics).toMatchObject([{ heldOn: day, state: 'open' }])
    const files = await Promise.all((await all()).map(({ row }) => work.file(row.id)))
    const decisions = files.flatMap((file) => file.decisions)
    expect(decisions.length).toBeGreaterThan(10)
    for (const { by, attendance } of decisions)
      expect(attendance.map(({ person }) => person)).toEqual(
        expect.arrayContaining([by.person, by.person.replace('chair', 'inspector')]),
      )
  })

  it('is opened once: a second start changes nothing', async () => {
    const before = (await all()).map(({ row }) => [row.reference, row.version])
    expect(await openDemonstration(work.deps, ready)).toEqual([])
    expect((await all()).map(({ row }) => [row.reference, row.version])).toEqual(before)
  })
})
