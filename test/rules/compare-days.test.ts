import { describe, expect, it } from 'vitest'
import { compareDays } from '../../src/rules/compare-days.ts'
import { smallPolicy } from '../support/api.ts'
import { ruleSetOf } from '../support/real-rules.ts'

const ruleSet = ruleSetOf(smallPolicy(), 'derby')

describe('two days of one rule set', () => {
  it('differ by the rule that ended between them', () => {
    const { ends, begins, changes } = compareDays(ruleSet, '2026-02-11', '2026-02-12')
    expect(ends.map(({ id }) => id)).toEqual(['knife/old-guidance'])
    expect([begins, changes]).toEqual([[], []])
  })

  it('are the other way round when they are asked the other way round', () => {
    const { begins, ends } = compareDays(ruleSet, '2026-02-12', '2026-02-11')
    expect(begins.map(({ id }) => id)).toEqual(['knife/old-guidance'])
    expect(ends).toEqual([])
  })

  it('do not differ where nothing began or ended', () => {
    const none = { begins: [], ends: [], changes: [] }
    expect(compareDays(ruleSet, '2026-02-10', '2026-02-11')).toEqual(none)
    expect(compareDays(ruleSet, '2026-02-12', '2026-02-12')).toEqual(none)
  })
})
