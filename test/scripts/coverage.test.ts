import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ownPolicy } from '../../scripts/catalogue.ts'
import { coverage, coverageText, policyItems } from '../../scripts/coverage.ts'

const policy = ownPolicy()
const items = policyItems()
const rows = coverage(items, policy)

describe('the coverage of the policy', () => {
  it('has a rule for every item, or the reason why it has none, and never both', () => {
    const wrong = rows.filter(
      ({ rules, no_rule_because }) => rules.length > 0 === !!no_rule_because,
    )
    expect(wrong.map(({ id }) => id)).toEqual([])
  })

  it('lists every item once', () => {
    const ids = items.map(({ id }) => id)
    expect(ids.filter((id, i) => ids.indexOf(id) < i)).toEqual([])
  })

  it('knows every item that a rule says it holds', () => {
    const known = new Set(items.map(({ id }) => id))
    const unknown = policy.rules.flatMap(({ id, covers }) =>
      covers.filter((item) => !known.has(item)).map((item) => `${id}: ${item}`),
    )
    expect(unknown).toEqual([])
  })

  it.each([
    ['EX-', 27],
    ['LAC-', 10],
    ['CARE-', 12],
    ['KNF-', 12],
    ['PN-', 21],
    ['SR-', 36],
    ['NEED-', 29],
    ['CLK-', 23],
    ['MX-', 84],
  ])('counts every %s item of the domain files (%i)', (prefix, number) => {
    expect(items.filter(({ id }) => id.startsWith(prefix))).toHaveLength(number)
  })

  it('loses an item that no rule holds any more', () => {
    const without = {
      ...policy,
      rules: policy.rules.filter(({ covers }) => !covers.includes('EX-01')),
    }
    const row = coverage(items, without).find(({ id }) => id === 'EX-01')
    expect(row?.rules).toEqual([])
  })

  it('is written down in docs/policy-coverage.md as it stands today', () => {
    expect(readFileSync('docs/policy-coverage.md', 'utf8')).toBe(coverageText(items, policy))
  })
})
