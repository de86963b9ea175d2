import { describe, expect, test } from 'vitest'
import {
  type Answers,
  answersSchema,
  describeAnswers,
  type FactDefinitions,
  fixedAnswersOf,
  isListFact,
  isPeriod,
  lookUp,
  misfit,
  readFacts,
} from '../../src/domain/fact.ts'

const about = (answers: Answers) => ({
  name: 'a fact',
  ask: 'What is it?',
  answers,
  answered_by: 'police' as const,
})
const definitions: FactDefinitions = {
  'child.agrees_to_take_part': about('yes-no'),
  'child.earlier_convictions': about('whole-number'),
  'child.date_of_birth': about('date'),
  'victim.view': about('text'),
  'offence.admission': about(['full', 'partial', 'denied']),
  'offence.limitation': about(['none', 'six-months-from-offence', 'unknown']),
  'child.exploitation_indicators': {
    ...about(['yes', 'no', 'not-screened']),
    not_known: ['not-screened'],
  },
  'offence.gravity_score': { ...about('whole-number'), between: [1, 5] },
  'child.care_statuses': about({ 'list-of': ['looked-after', 'care-leaver'] }),
  'process.plan_items': about({ 'list-of': 'text' }),
  'provision.driving_programme': about('yes-no'),
  'parameter.child_from': about('whole-number'),
}
const read = (given: Record<string, unknown>) => readFacts(definitions, given, 'facts')
const pointersOf = (given: Record<string, unknown>) =>
  read(given).problems.map(({ pointer }) => pointer)

describe('an answer fits', () => {
  test.each<[Answers, unknown]>([
    ['yes-no', 'yes'],
    ['yes-no', 'no'],
    ['whole-number', 0],
    ['whole-number', 17],
    ['date', '2024-02-29'],
    ['text', 'It is his home too.'],
    ['text', 'x'.repeat(4000)],
    [['full', 'denied'], 'denied'],
    [{ 'list-of': ['a', 'b'] }, []],
    [{ 'list-of': ['a', 'b'] }, ['b', 'a']],
    [{ 'list-of': 'text' }, ['anything']],
  ])('%j takes %j', (answers, answer) => {
    expect(misfit(answers, answer)).toBeUndefined()
  })
})

describe('an answer does not fit', () => {
  test.each<[Answers, unknown]>([
    ['yes-no', true],
    ['yes-no', 'Yes'],
    ['yes-no', 'maybe'],
    ['whole-number', -1],
    ['whole-number', 1.5],
    ['whole-number', '9'],
    ['whole-number', Number.NaN],
    ['whole-number', Number.POSITIVE_INFINITY],
    ['whole-number', 2 ** 53],
    ['date', '2026-02-29'],
    ['date', 20260212],
    ['text', ''],
    ['text', '   '],
    ['text', 'x'.repeat(4001)],
    ['text', 5],
    [['full', 'denied'], 'constructor'],
    [['full', 'denied'], ['full']],
    [{ 'list-of': ['a', 'b'] }, 'a'],
    [{ 'list-of': ['a', 'b'] }, ['c']],
    [{ 'list-of': ['a', 'b'] }, ['a', 'a']],
    [{ 'list-of': ['a', 'b'] }, [1]],
    [{ 'list-of': 'text' }, ['twice', 'twice']],
    [{ 'list-of': 'text' }, { 0: 'a', length: 1 }],
  ])('%j does not take %j', (answers, answer) => {
    expect(misfit(answers, answer)).toMatch(/^takes /)
  })

  test('and the reason says what would fit and what was probably meant', () => {
    expect(misfit(['full', 'denied'], 'dennied')).toBe(
      'takes one of: full, denied; it was given "dennied". Did you mean "denied"?',
    )
    expect(misfit({ 'list-of': ['looked-after'] }, ['looked-afer'])).toContain(
      'Did you mean "looked-after"?',
    )
  })
})

describe('reading facts', () => {
  test('keeps what is known as it was given', () => {
    const given = {
      'child.agrees_to_take_part': 'no',
      'child.earlier_convictions': 0,
      'child.care_statuses': [],
    }
    expect(read(given)).toEqual({ facts: given, unknown: [], problems: [] })
  })

  test('takes null and what is absent as not known, and never as no or none', () => {
    const given = {
      'child.agrees_to_take_part': null,
      'child.earlier_convictions': undefined,
      'child.care_statuses': null,
    }
    expect(read(given)).toEqual({ facts: {}, unknown: Object.keys(given), problems: [] })
    expect(read({})).toEqual({ facts: {}, unknown: [], problems: [] })
  })

  test('takes the answer "unknown" as not known where the fact lists it, and refuses it elsewhere', () => {
    expect(read({ 'offence.limitation': 'unknown' })).toEqual({
      facts: {},
      unknown: ['offence.limitation'],
      problems: [],
    })
    expect(pointersOf({ 'offence.admission': 'unknown' })).toEqual(['/facts/offence.admission'])
  })

  test('takes an answer that says that nobody has looked as not known', () => {
    const given = { 'child.exploitation_indicators': 'not-screened' }
    expect(read(given)).toEqual({ facts: {}, unknown: Object.keys(given), problems: [] })
    expect(read({ 'child.exploitation_indicators': 'no' }).unknown).toEqual([])
  })

  test('refuses a number below the least and above the most that it may be', () => {
    const scored = (score: number) => pointersOf({ 'offence.gravity_score': score })
    expect(scored(0)).toEqual(['/facts/offence.gravity_score'])
    expect(scored(1)).toEqual([])
    expect(scored(5)).toEqual([])
    expect(scored(6)).toEqual(['/facts/offence.gravity_score'])
  })

  test('refuses a fact that is not listed and suggests the nearest', () => {
    const { facts, problems } = read({ 'offence.admision': 'full' })
    expect(facts).toEqual({})
    expect(problems[0]?.message).toBe(
      'I don\'t know the fact "offence.admision". Did you mean "offence.admission"?',
    )
    expect(problems[0]?.mend).toContain('rules/facts.yaml')
  })

  test('refuses a fact that is not listed even where it is not known', () => {
    expect(pointersOf({ 'offence.colour': null })).toEqual(['/facts/offence.colour'])
  })

  test.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'prototype'])(
    'does not find "%s", which every object has, among the facts',
    (name) => {
      const given = JSON.parse(`{ "${name}": "yes" }`)
      const { facts, problems } = read(given)
      expect(facts).toEqual({})
      expect(problems[0]?.message).toContain(`I don't know the fact "${name}".`)
    },
  )

  test('never takes parameters and provisions from a case', () => {
    expect(pointersOf({ 'parameter.child_from': 8, 'provision.driving_programme': 'yes' })).toEqual(
      ['/facts/parameter.child_from', '/facts/provision.driving_programme'],
    )
  })

  test('reports every problem at once, each with a pointer to its place', () => {
    expect(
      pointersOf({
        'child.date_of_birth': '2011-13-01',
        'child.earlier_convictions': '3',
        'child.agrees_to_take_part': 'yes',
        'a/b~c': 'x',
      }),
    ).toEqual(['/facts/child.date_of_birth', '/facts/child.earlier_convictions', '/facts/a~1b~0c'])
  })
})

describe('what a fact takes', () => {
  test.each<[Answers, string]>([
    ['yes-no', 'one of: yes, no'],
    ['whole-number', 'a whole number, not negative'],
    ['date', 'a date that exists, written YYYY-MM-DD'],
    ['text', 'a short text'],
    [['full', 'denied'], 'one of: full, denied'],
    [{ 'list-of': ['a', 'b'] }, 'a list of: a, b'],
    [{ 'list-of': 'text' }, 'a list of short texts'],
  ])('%j is told as "%s"', (answers, words) => {
    expect(describeAnswers(answers)).toBe(words)
  })

  test('is a fixed list of at least two answers in small letters, or a kind', () => {
    expect(answersSchema.safeParse(['only-one']).success).toBe(false)
    expect(answersSchema.safeParse(['full', 'Denied']).success).toBe(false)
    expect(answersSchema.safeParse('number').success).toBe(false)
    expect(answersSchema.safeParse({ 'list-of': ['a', 'b'], also: 'c' }).success).toBe(false)
  })

  test('is a list only where the definition says so', () => {
    expect(isListFact({ 'list-of': 'text' })).toBe(true)
    expect(isListFact(['full', 'denied'])).toBe(false)
    expect(fixedAnswersOf({ 'list-of': 'text' })).toBeUndefined()
    expect(fixedAnswersOf({ 'list-of': ['a', 'b'] })).toEqual(['a', 'b'])
  })
})

test('a period is told apart from the other answers', () => {
  expect(isPeriod({ n: 28, unit: 'day' })).toBe(true)
  expect(isPeriod(undefined)).toBe(false)
  expect(isPeriod('28 days')).toBe(false)
  expect(isPeriod(['day'])).toBe(false)
})

test('a table is looked up by its own keys only', () => {
  expect(lookUp({ a: 1 }, 'a')).toBe(1)
  expect(lookUp({ a: 1 }, 'valueOf')).toBeUndefined()
})
