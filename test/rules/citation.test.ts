import { describe, expect, test } from 'vitest'
import type { Confirmation } from '../../src/domain/lists.ts'
import { cite, confirmationOf, referenceTo } from '../../src/rules/citation.ts'
import type { Citation } from '../../src/rules/schema.ts'
import { is, policyWith, rule } from '../support/policy-with.ts'

const kind = 'guidance' as const
const policy = policyWith([], {
  sources: {
    'act-read': { title: 'An Act that was read', kind, confirmed: 'read' },
    'act-in-part': { title: 'An Act read in part', kind, confirmed: 'read-in-part' },
    recalled: { title: 'A code from memory', kind, confirmed: 'recalled' },
  },
})
const at = (ref: string, confirmed?: Confirmation): Citation => ({
  ref,
  at: 's.1',
  ...(confirmed ? { confirmed } : {}),
})
const resting = (...source: Citation[]) =>
  rule('tests/one', {
    when: is('child.age_now', 9),
    then: [{ consider: { note: 'Think.' } }],
    source,
  })

describe('a rule was confirmed', () => {
  test('as well as the weakest place that it rests on', () => {
    expect(confirmationOf(policy, resting(at('act-read')))).toBe('read')
    expect(confirmationOf(policy, resting(at('act-read'), at('act-in-part')))).toBe('read-in-part')
    expect(confirmationOf(policy, resting(at('recalled'), at('act-read')))).toBe('recalled')
    expect(confirmationOf(policy, resting(at('act-read', 'local-default')))).toBe('local-default')
  })

  test('at a place that was read less well than its source, no better than that place', () => {
    expect(cite(policy, at('act-read', 'recalled')).confirmed).toBe('recalled')
  })

  test('from memory at best, where its source is not listed', () => {
    expect(cite(policy, at('nowhere'))).toEqual({
      ref: 'nowhere',
      title: 'nowhere',
      at: 's.1',
      confirmed: 'recalled',
    })
    expect(cite(policy, at('constructor')).title).toBe('constructor')
  })
})

describe('what stands beside a rule', () => {
  test('warns to check before use unless every place was read', () => {
    expect(referenceTo(policy, resting(at('act-read'))).checkBeforeUse).toBe(false)
    expect(referenceTo(policy, resting(at('act-read'), at('act-in-part'))).checkBeforeUse).toBe(
      true,
    )
  })

  test('is its words, its authority, its layer, its sources with their places, and its doubts', () => {
    const doubts = [{ question: 'Since when?', owner: 'policy lead' }]
    expect(referenceTo(policy, { ...resting(at('act-read')), doubts, layer: 'derby' })).toEqual({
      id: 'tests/one',
      title: 'The rule tests/one',
      because: 'It is a rule for a test.',
      authority: 'local-default',
      layer: 'derby',
      source: [{ ref: 'act-read', title: 'An Act that was read', at: 's.1', confirmed: 'read' }],
      checkBeforeUse: false,
      doubts,
    })
  })
})
