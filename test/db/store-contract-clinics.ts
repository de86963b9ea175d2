import { expect, it } from 'vitest'
import type { CaseStore, ClinicFile, ClinicRow } from '../../src/casework/ports.ts'
import { access, at, caseRow, following, opening } from './changes.ts'
import type { Opened } from './store-contract.ts'

const clinicRow = (id = 'clinic-1', more: Partial<ClinicRow> = {}): ClinicRow => ({
  id,
  partnership: 'derby',
  area: null,
  heldOn: '2026-11-12',
  state: 'planned',
  version: 1,
  ...more,
})

/** Clinics: planned, saved, read and listed. */
export function clinicContract(fresh: () => Promise<Opened>): void {
  const withAgenda = async () => {
    const one = await fresh()
    await one.store.planClinic(clinicRow(), access)
    const item = { clinic: 'clinic-1', case: 'case-1', state: 'listed' as const }
    await one.store.commit(opening('case-1', { clinicItems: [item] }))
    return { ...one, item }
  }
  const save = (store: CaseStore, file: Partial<ClinicFile>, version = 2, from = 1) =>
    store.saveClinic({ row: clinicRow('clinic-1', { version }), ...file }, from, access)
  const attendance = [
    {
      person: 'chair-1',
      name: 'Made-up Chair',
      role: 'clinic-chair',
      agency: 'chair',
      way: 'in-person',
    },
    { person: 'police-1', role: 'police-decision-maker', agency: 'police', way: 'remote' },
  ] as const
  const conflicts = [{ case: 'case-1', person: 'police-1', at }]

  it('hold what was saved, and what stands on the agenda', async () => {
    const { store, item } = await withAgenda()
    expect(await save(store, { attendance, conflicts, minutes: 'One case. 🙂' })).toBe('done')
    expect(await store.clinic('clinic-1', access)).toEqual({
      row: clinicRow('clinic-1', { version: 2 }),
      attendance,
      conflicts,
      items: [item],
      minutes: 'One case. 🙂',
    })
  })

  it('keep what is not given, and replace what is', async () => {
    const { store } = await withAgenda()
    await save(store, { attendance, conflicts, minutes: 'First' })
    await save(store, { attendance: attendance.slice(1), minutes: null }, 3, 2)
    expect(await store.clinic('clinic-1', access)).toMatchObject({
      row: { version: 3 },
      attendance: attendance.slice(1),
      conflicts,
      minutes: null,
    })
  })

  it('are left as they are when they were changed by somebody else first', async () => {
    const { store, dump } = await withAgenda()
    await save(store, { minutes: 'First' })
    const before = dump()
    expect(await save(store, { minutes: 'Late' })).toBe('stale')
    const unknown = { row: clinicRow('clinic-9') }
    expect(await store.saveClinic(unknown, 1, access)).toBe('stale')
    expect(dump()).toEqual(before)
  })

  it('show an item as its case says it stands', async () => {
    const { store, item } = await withAgenda()
    const decided = { ...item, state: 'decided' as const }
    await store.commit(following(caseRow(), { clinicItems: [decided] }))
    expect((await store.clinic('clinic-1', access))?.items).toEqual([decided])
  })

  it('are logged with every case on the agenda', async () => {
    const { store } = await withAgenda()
    await store.clinic('clinic-1', { ...access, action: 'clinic.read' })
    await save(store, {})
    const log = await store.accessLog({ scopes: [{ partnership: 'derby' }], limit: 4 })
    const about = log.map((row) => [row.action, row.cases, row.clinic]).reverse()
    const cases = [{ case: 'case-1', child: 'child-of-case-1' }]
    expect(about.slice(-2)).toEqual([
      ['clinic.read', cases, 'clinic-1'],
      ['case.change', cases, 'clinic-1'],
    ])
  })

  it('that nobody planned are not there', async () => {
    const { store, dump } = await withAgenda()
    const before = dump()
    expect(await store.clinic('clinic-9', access)).toBeUndefined()
    expect(dump()).toEqual(before)
  })

  it('cannot be planned twice under one id', async () => {
    const { store } = await withAgenda()
    await expect(store.planClinic(clinicRow(), access)).rejects.toThrow()
  })

  it('are listed from a day on in order, or else the latest first, within the scopes', async () => {
    const { store } = await fresh()
    const days = ['2026-11-12', '2026-11-05', '2026-11-19']
    for (const [i, heldOn] of days.entries())
      await store.planClinic(
        clinicRow(`clinic-${i}`, { heldOn, area: i === 2 ? 'north' : null }),
        access,
      )
    await store.planClinic(clinicRow('clinic-9', { partnership: 'nottingham' }), access)
    const held = async (query: object) =>
      (await store.clinics({ scopes: [{ partnership: 'derby' }], limit: 9, ...query })).map(
        (row) => row.heldOn,
      )
    expect(await held({})).toEqual(['2026-11-19', '2026-11-12', '2026-11-05'])
    expect(await held({ from: '2026-11-12' })).toEqual(['2026-11-12', '2026-11-19'])
    expect(await held({ from: '2026-11-13' })).toEqual(['2026-11-19'])
    expect(await held({ limit: 1 })).toEqual(['2026-11-19'])
    const north = { partnership: 'derby', area: 'north' }
    expect(await held({ scopes: [north, { partnership: 'derby' }] })).toHaveLength(3)
    expect(await held({ scopes: [north] })).toEqual(['2026-11-19'])
    expect(await held({ scopes: [] })).toEqual([])
  })
}
