import { describe, expect, test } from 'vitest'
import type { Answer, Facts } from '../../src/domain/fact.ts'
import { evaluateByReference } from '../../src/rules/evaluate.ts'
import {
  answerInWords,
  askedFor,
  capital,
  explain,
  periodInWords,
} from '../../src/rules/explain.ts'
import type { Leaf, Operator, Rule } from '../../src/rules/schema.ts'
import { is, leaf, policyWith, rule } from '../support/policy-with.ts'

const policy = policyWith([])
const note = [{ consider: { note: 'Think.' } }]
const explained = async (parts: Pick<Rule, 'when'> & Partial<Rule>, facts: Facts = {}) => {
  const [result] = await evaluateByReference([rule('tests/one', { then: note, ...parts })], facts)
  if (!result) throw new Error('No result came back.')
  return explain(policy, result)
}

describe('a rule explains itself', () => {
  const underTen = {
    when: { all: [leaf('child.age_at_offence', 'lessThan', { fact: 'parameter.child_from' })] },
    because: '  A child under ten\n  cannot be guilty. ',
  }
  const ten = { 'parameter.child_from': 10 }

  test('where it is met: what was asked, what was answered, and why it matters', async () => {
    expect(await explained(underTen, { ...ten, 'child.age_at_offence': 9 })).toEqual([
      'This rule is met.',
      'What it asks:',
      "  The child's age on the day of the offence: 9. The rule asks for less than 10 (the youngest age at which a child can be guilty of an offence). Yes.",
      'Why it matters: A child under ten cannot be guilty.',
    ])
  })

  test('where it is not met, without saying why it would matter', async () => {
    expect(await explained(underTen, { ...ten, 'child.age_at_offence': 10 })).toEqual([
      'This rule is not met.',
      'What it asks:',
      expect.stringMatching(/offence: 10\. .* No\.$/),
    ])
  })

  test('where it cannot be told, and what is not known', async () => {
    expect(await explained(underTen, ten)).toEqual([
      'This rule cannot be told yet: something is not known.',
      'What it asks:',
      expect.stringMatching(/offence: not known yet\. .* Not known\.$/),
    ])
    expect((await explained(underTen, { 'child.age_at_offence': 9 })).at(-1)).toContain(
      'which is not set. Not known.',
    )
  })

  test('where it is not about this case, without what it would then ask', async () => {
    const parts = {
      applies_to: is('child.care_status', 'looked-after'),
      when: is('child.age_now', 9),
    }
    expect(await explained(parts, { 'child.care_status': 'none' })).toEqual([
      'This rule is not about this case.',
      'Whether the rule is about this case:',
      "  The child's care status: none. The rule asks for looked after. No.",
    ])
    expect(await explained(parts, { 'child.care_status': 'looked-after' })).toContain(
      'What it then asks:',
    )
  })

  test('with its groups, each with an answer of its own, however deep', async () => {
    const when = {
      all: [
        leaf('child.age_now', 'equal', 15),
        {
          any: [
            leaf('child.placement', 'equal', 'parents'),
            { not: leaf('child.charged_before', 'equal', 'yes') },
          ],
        },
      ],
    }
    expect(
      await explained({ when }, { 'child.age_now': 15, 'child.charged_before': 'no' }),
    ).toEqual([
      'This rule is met.',
      'What it asks:',
      '  All of these: Yes.',
      "    The child's age now: 15. The rule asks for 15. Yes.",
      '    At least one of these: Yes.',
      '      Where the child lives: not known yet. The rule asks for parents. Not known.',
      '      The opposite of this: Yes.',
      '        Whether the child has been charged before: no. The rule asks for yes. No.',
      'Why it matters: It is a rule for a test.',
    ])
  })

  test('the same twice', async () => {
    const facts = { ...ten, 'child.age_at_offence': 9 }
    expect(await explained(underTen, facts)).toEqual(await explained(underTen, facts))
  })
})

describe('what a test asks for', () => {
  test.each<[string, Operator, Leaf['value'], string]>([
    ['child.age_now', 'equal', 15, '15'],
    ['child.age_now', 'lessThan', 10, 'less than 10'],
    ['child.age_now', 'lessThanInclusive', 10, '10 or less'],
    ['child.age_now', 'greaterThan', 10, 'more than 10'],
    ['child.age_now', 'greaterThanInclusive', 10, '10 or more'],
    ['offence.date', 'lessThan', '2026-02-12', 'a day before 12 February 2026'],
    ['offence.date', 'lessThanInclusive', '2026-02-12', '12 February 2026 or earlier'],
    ['offence.date', 'greaterThan', '2026-02-12', 'a day after 12 February 2026'],
    ['offence.date', 'greaterThanInclusive', '2026-02-12', '12 February 2026 or later'],
    ['child.agrees_to_take_part', 'notEqual', 'yes', 'anything but yes'],
    ['child.placement', 'notEqual', 'foster-care', 'something other than foster care'],
    ['child.placement', 'in', ['childrens-home', 'secure'], 'one of: childrens home, secure'],
    ['child.placement', 'notIn', ['parents', 'other'], 'none of: parents, other'],
    ['child.care_statuses', 'contains', 'looked-after', 'a list with looked after'],
    ['child.care_statuses', 'doesNotContain', 'care-leaver', 'a list without care leaver'],
  ])('%s %s %j: %s', (fact, operator, value, words) => {
    expect(askedFor(policy, leaf(fact, operator, value))).toBe(words)
  })
})

describe('an answer in words', () => {
  test.each<[Answer, string]>([
    [0, '0'],
    ['no-comment', 'no comment'],
    ['yes', 'yes'],
    ['2026-02-12', '12 February 2026'],
    ['2026-02-30', '2026 02 30'],
    ['It is his home too.', 'It is his home too.'],
    ['A-level work', 'A-level work'],
    [[], 'none'],
    [['looked-after', 'care-leaver'], 'looked after, care leaver'],
    [{ n: 28, unit: 'day' }, '28 days'],
    [{ n: 1, unit: 'working-day' }, '1 working day'],
  ])('%j is "%s"', (given, words) => {
    expect(answerInWords(given)).toBe(words)
  })

  test('of a period has its plural', () => {
    expect(periodInWords({ n: 1, unit: 'month' })).toBe('1 month')
    expect(periodInWords({ n: 0, unit: 'day' })).toBe('0 days')
    expect(periodInWords({ n: 10, unit: 'working-day' })).toBe('10 working days')
  })

  test('begins with a capital where it begins a sentence', () => {
    expect(capital('in care')).toBe('In care')
    expect(capital('')).toBe('')
  })
})
