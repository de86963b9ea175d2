import { describe, expect, it } from 'vitest'
import { ownPolicy } from '../../scripts/catalogue.ts'
import { cohort, margins } from '../../scripts/cohort.ts'
import { caseSchema } from '../../src/domain/case.ts'

const policy = ownPolicy()
const of = margins()

describe('the synthetic cohort of Worcestershire 2022/23', () => {
  it('has as many referrals as were published', () => {
    expect(cohort(of, policy, 1)).toHaveLength(104)
    expect(of.published.referred).toBe(104)
  })

  it('has the published share of violence, to the nearest child', () => {
    const violent = cohort(of, policy, 1).filter(({ offences }) =>
      of.synthetic.groups.violence?.codes.includes(String(offences?.[0]?.['offence.code'])),
    )
    expect(violent).toHaveLength(Math.round(0.59 * 104))
  })

  it('is the same for the same seed and another for another', () => {
    expect(cohort(of, policy, 7)).toEqual(cohort(of, policy, 7))
    expect(cohort(of, policy, 7)).not.toEqual(cohort(of, policy, 8))
  })

  it('holds children of ten to seventeen on the day of the offence, and cases that can be read', () => {
    for (const one of cohort(of, policy, 3)) {
      const { facts, offences } = caseSchema.parse(one)
      const born = String(facts['child.date_of_birth'])
      const on = String(offences?.[0]?.['offence.date'])
      const years =
        Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0)
      expect(years).toBeGreaterThanOrEqual(10)
      expect(years).toBeLessThanOrEqual(17)
    }
  })

  it('never invents a gravity score', () => {
    expect(JSON.stringify(cohort(of, policy, 1))).not.toContain('gravity_score')
  })

  it('stands beside decisions that add up to the referrals, and that it does not predict', () => {
    const { decisions } = of.published
    expect(Object.values(decisions).reduce((sum, n) => sum + n, 0)).toBe(104)
  })
})
