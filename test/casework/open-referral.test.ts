import { describe, expect, it } from 'vitest'
import { referralMachine, referralMachineVersion } from '../../machines/referral.machine.ts'
import { openReferral } from '../../src/casework/open-referral.ts'
import { type CaseInput, caseSchema } from '../../src/domain/case.ts'
import { recommend } from '../../src/recommend/recommend.ts'
import { evaluateByReference } from '../../src/rules/evaluate.ts'
import { aReferral, smallPolicy } from '../support/api.ts'
import { ruleSetOf } from '../support/real-rules.ts'
import { memoryStore, sqliteStore } from '../support/stores.ts'

const ruleSet = ruleSetOf(smallPolicy(), 'derby')
const at = '2026-11-02T09:30:00.000Z'
const opened = (input: CaseInput, reference = 'R-1') => ({
  reference,
  given: caseSchema.parse(input),
  asAt: '2026-11-02',
  at,
})

describe.each([
  ['a store in memory', memoryStore],
  ['SQLite', sqliteStore],
])('opening a referral, with %s', (_, newStore) => {
  const open = async (input: CaseInput, store = newStore()) => {
    const result = await openReferral(
      { store, ruleSet, evaluate: evaluateByReference },
      opened(input),
    )
    return { result, store }
  }

  it('keeps what was handed in with the recommendation made of it, where the chart begins', async () => {
    const { result, store } = await open(aReferral)
    const given = caseSchema.parse(aReferral)
    const made = await recommend(ruleSet, given, '2026-11-02', evaluateByReference)
    expect(result).toEqual({
      ok: true,
      value: {
        reference: 'R-1',
        partnership: 'derby',
        openedAt: at,
        machineVersion: referralMachineVersion,
        state: 'received',
        given,
        recommendation: made.ok && made.value,
      },
    })
    expect(referralMachine.config.initial).toBe('received')
    expect(await store.find('R-1')).toEqual(result.ok && result.value)
    store.close()
  })

  it('goes by the day that it is told, and keeps the day of the file as it was handed in', async () => {
    const { result, store } = await open({ ...aReferral, asAt: '2026-10-25' })
    expect(result.ok && result.value.recommendation.ruleSet.asAt).toBe('2026-11-02')
    expect(result.ok && result.value.given.asAt).toBe('2026-10-25')
    store.close()
  })

  it('keeps nothing of a referral that cannot be read', async () => {
    const { result, store } = await open({ facts: { 'child.care_status': 'maybe' } })
    expect(!result.ok && result.problems.map(({ pointer }) => pointer)).toEqual([
      '/facts/child.care_status',
    ])
    expect(await store.find('R-1')).toBeUndefined()
    store.close()
  })

  it('does not open a second referral under the same reference, and keeps the first', async () => {
    const { result, store } = await open(aReferral)
    await expect(open({}, store)).rejects.toThrow()
    expect(await store.find('R-1')).toEqual(result.ok && result.value)
    store.close()
  })

  it('keeps a recommendation that nobody can change from outside', async () => {
    const { result, store } = await open(aReferral)
    const before = structuredClone(result)
    if (result.ok) result.value.recommendation.findings.length = 0
    const found = await store.find('R-1')
    expect(found).toEqual(before.ok && before.value)
    if (found) found.recommendation.findings.length = 0
    expect(await store.find('R-1')).toEqual(before.ok && before.value)
    store.close()
  })
})
