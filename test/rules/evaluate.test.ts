import fc from 'fast-check'
import { Engine, type TopLevelCondition } from 'json-rules-engine'
import { describe, expect, test } from 'vitest'
import type { Facts } from '../../src/domain/fact.ts'
import { type Verdict, verdicts } from '../../src/domain/lists.ts'
import {
  evaluateByReference,
  findingVerdict,
  foldAll,
  foldAny,
  foldNot,
  type RuleResult,
  type Trace,
} from '../../src/rules/evaluate.ts'
import {
  type Group,
  type Leaf,
  type Operator,
  ruleSchema,
  type Test,
} from '../../src/rules/schema.ts'
import { always } from '../support/always.ts'
import { is, leaf, rule } from '../support/policy-with.ts'

const effects = [{ consider: { note: 'A note.' } }]

/** What a rule with these tests says of some facts. */
async function ask(when: Group, facts: Facts, applies_to?: Group): Promise<RuleResult> {
  const asked = rule('tests/asked', { when, then: effects, ...(applies_to ? { applies_to } : {}) })
  const [result] = await evaluateByReference([asked], facts)
  if (!result) throw new Error('No result came back.')
  return result
}

/** The verdict of a single test. */
async function answer(operator: Operator, given: Facts[string] | undefined, value: Leaf['value']) {
  const facts = given === undefined ? {} : { 'a.fact': given }
  return (await ask({ all: [leaf('a.fact', operator, value)] }, facts)).when.verdict
}

/** What json-rules-engine says of the same test when it is left to itself. */
async function answerOfTheEngine(when: Group | object, facts: Record<string, unknown>) {
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const [id, given] of Object.entries(facts)) engine.addFact(id, given as string)
  engine.addRule({ conditions: when as TopLevelCondition, event: { type: 'fires' } })
  return (await engine.run()).events.length > 0
}
const all = (operator: string, value: unknown) => ({ all: [{ fact: 'a.fact', operator, value }] })

// One fact for each verdict: known and as asked, known and not as asked, not known.
const known: Facts = { 'fact.yes': 'yes', 'fact.no': 'no' }
const leafThatIs = (verdict: Verdict) => leaf(`fact.${verdict.replace(/-/g, '_')}`, 'equal', 'yes')

/** The least of some verdicts is what `all` says, the greatest what `any` says. */
const scale: readonly Verdict[] = ['no', 'need-to-know', 'yes']
const least = (some: readonly Verdict[]) =>
  scale[Math.min(...some.map((one) => scale.indexOf(one)))]
const greatest = (some: readonly Verdict[]) =>
  scale[Math.max(...some.map((one) => scale.indexOf(one)))]
const mirrored = (one: Verdict) => scale[2 - scale.indexOf(one)]

const combinations = (length: number): Verdict[][] =>
  length === 0
    ? [[]]
    : combinations(length - 1).flatMap((rest) => verdicts.map((one) => [one, ...rest]))

describe('three answers', () => {
  const upToFour = [1, 2, 3, 4].flatMap(combinations)

  test('all is a no if any is a no, else need-to-know if any is, else a yes', () => {
    for (const some of upToFour) expect(foldAll(some), some.join()).toBe(least(some))
  })

  test('any is a yes if any is a yes, else need-to-know if any is, else a no', () => {
    for (const some of upToFour) expect(foldAny(some), some.join()).toBe(greatest(some))
  })

  test('not swaps yes and no and leaves need-to-know', () => {
    for (const one of verdicts) expect(foldNot(one)).toBe(mirrored(one))
  })

  test.each<[Verdict | undefined, Verdict, RuleResult['verdict']]>([
    [undefined, 'yes', 'met'],
    [undefined, 'no', 'not-met'],
    [undefined, 'need-to-know', 'need-to-know'],
    ['yes', 'yes', 'met'],
    ['yes', 'no', 'not-met'],
    ['yes', 'need-to-know', 'need-to-know'],
    ['no', 'yes', 'does-not-apply'],
    ['no', 'no', 'does-not-apply'],
    ['no', 'need-to-know', 'does-not-apply'],
    ['need-to-know', 'yes', 'need-to-know'],
    ['need-to-know', 'no', 'need-to-know'],
    ['need-to-know', 'need-to-know', 'need-to-know'],
  ])('whether it applies: %s, what it asks: %s, so the rule is %s', async (applies, asks, says) => {
    expect(findingVerdict(applies, asks)).toBe(says)
    const when = { all: [leafThatIs(asks)] }
    const appliesTo = applies && { all: [leafThatIs(applies)] }
    expect((await ask(when, known, appliesTo)).verdict).toBe(says)
  })

  test('of a rule in json-rules-engine are those of the tables, for every combination', async () => {
    for (const some of [1, 2, 3].flatMap(combinations)) {
      const tests = some.map(leafThatIs)
      expect((await ask({ all: tests }, known)).when.verdict, some.join()).toBe(least(some))
      expect((await ask({ any: tests }, known)).when.verdict, some.join()).toBe(greatest(some))
      const notAll = await ask({ not: { all: tests } }, known)
      expect(notAll.when.verdict, some.join()).toBe(mirrored(least(some) as Verdict))
    }
  })

  test('of tests within tests follow from those inside, however deep', () => {
    const { tree } = fc.letrec<{ tree: Test; group: Group }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(...verdicts).map(leafThatIs),
        tie('group'),
      ),
      group: fc.oneof(
        fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((tests) => ({ all: tests })),
        fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((tests) => ({ any: tests })),
        tie('tree').map((inner) => ({ not: inner })),
      ),
    }))
    const expected = (one: Test): Verdict => {
      if ('all' in one) return least(one.all.map(expected)) as Verdict
      if ('any' in one) return greatest(one.any.map(expected)) as Verdict
      if ('not' in one) return mirrored(expected(one.not)) as Verdict
      return verdicts.find((verdict) => leafThatIs(verdict).fact === one.fact) as Verdict
    }
    return always(tree, 300, async (one) => {
      expect((await ask({ all: [one] }, known)).when.verdict).toBe(expected(one))
    })
  })
})

describe('every test has a verdict of its own', () => {
  const leavesOf = (trace: Trace): Verdict[] =>
    trace.kind === 'leaf' ? [trace.verdict] : trace.tests.flatMap(leavesOf)

  test('after a no in all, after a yes in any, and in a group that decides nothing', async () => {
    const [yes, no, open] = (['yes', 'no', 'need-to-know'] as const).map(leafThatIs) as [
      Leaf,
      Leaf,
      Leaf,
    ]
    const { when } = await ask(
      { all: [no, yes, { any: [yes, no, open] }, { not: { all: [no, open] } }] },
      known,
    )
    expect(leavesOf(when)).toEqual(['no', 'yes', 'yes', 'no', 'need-to-know', 'no', 'need-to-know'])
  })

  test('in a rule that does not apply', async () => {
    const result = await ask(is('fact.yes', 'yes'), known, is('fact.no', 'yes'))
    expect(result.verdict).toBe('does-not-apply')
    expect(leavesOf(result.when)).toEqual(['yes'])
  })

  test('in what would show a requirement done, whether the rule is met or not', async () => {
    const done_when = { all: [leafThatIs('yes'), leafThatIs('need-to-know')] }
    const asked = rule('tests/asked', {
      when: is('fact.no', 'yes'),
      then: [
        { consider: { note: 'A note.' } },
        { require: { task: 'Do it', of: 'police', before: 'decision', done_when } },
      ],
    })
    const [result] = await evaluateByReference([asked], known)
    expect(result?.verdict).toBe('not-met')
    expect([...(result?.doneWhen.keys() ?? [])]).toEqual([1])
    expect(leavesOf(result?.doneWhen.get(1) as Trace)).toEqual(['yes', 'need-to-know'])
  })

  test('and shows the answer that was looked at, and the one it was compared with', async () => {
    const test = leaf('child.age_now', 'lessThan', { fact: 'parameter.adult_from' })
    const { when } = await ask({ all: [test] }, { 'child.age_now': 17, 'parameter.adult_from': 18 })
    expect(when).toEqual({
      kind: 'all',
      verdict: 'yes',
      tests: [{ kind: 'leaf', verdict: 'yes', leaf: test, given: 17, comparedWith: 18 }],
    })
  })
})

describe('a fact that is not known', () => {
  test.each<[Operator, Leaf['value']]>([
    ['equal', 'yes'],
    ['notEqual', 'yes'],
    ['in', ['yes', 'no']],
    ['notIn', ['yes', 'no']],
    ['lessThan', 5],
    ['lessThanInclusive', 5],
    ['greaterThan', 5],
    ['greaterThanInclusive', 5],
    ['contains', 'yes'],
    ['doesNotContain', 'yes'],
  ])('is need-to-know for %s, and so is its opposite', async (operator, value) => {
    expect(await answer(operator, undefined, value)).toBe('need-to-know')
    const opposite = await ask({ not: leaf('a.fact', operator, value) }, {})
    expect(opposite.when.verdict).toBe('need-to-know')
  })

  test('is a yes to json-rules-engine by itself where the test is a negation', async () => {
    expect(await answerOfTheEngine(all('notEqual', 'yes'), {})).toBe(true)
    expect(await answerOfTheEngine(all('notIn', ['yes']), {})).toBe(true)
    expect(await answerOfTheEngine({ not: all('equal', 'yes').all[0] }, {})).toBe(true)
  })

  test('on the other side of a comparison is need-to-know too', async () => {
    const test = { all: [leaf('child.age_now', 'notEqual', { fact: 'parameter.adult_from' })] }
    expect((await ask(test, { 'child.age_now': 17 })).when.verdict).toBe('need-to-know')
    expect((await ask(test, { 'parameter.adult_from': 18 })).when.verdict).toBe('need-to-know')
    const both = { 'child.age_now': 17, 'parameter.adult_from': 18 }
    expect((await ask(test, both)).when.verdict).toBe('yes')
  })

  test('is not the same as nought, no, or an empty list', async () => {
    expect(await answer('equal', 0, 0)).toBe('yes')
    expect(await answer('greaterThan', 0, 0)).toBe('no')
    expect(await answer('equal', 'no', 'yes')).toBe('no')
    expect(await answer('contains', [], 'looked-after')).toBe('no')
    expect(await answer('doesNotContain', [], 'looked-after')).toBe('yes')
  })
})

describe('both sides of a boundary', () => {
  test.each<[Operator, number, number, number]>([
    // The last number for which it is a yes, and the first for which it is a no.
    ['lessThan', 10, 9, 10],
    ['lessThanInclusive', 10, 10, 11],
    ['greaterThan', 10, 11, 10],
    ['greaterThanInclusive', 10, 10, 9],
    ['equal', 10, 10, 11],
    ['notEqual', 10, 11, 10],
  ])('%s %i is a yes for %i and a no for %i', async (operator, value, yes, no) => {
    expect(await answer(operator, yes, value)).toBe('yes')
    expect(await answer(operator, no, value)).toBe('no')
  })

  test('numbers are compared by size and not by their first figure', async () => {
    expect(await answer('lessThan', 9, 10)).toBe('yes')
    expect(await answer('greaterThan', 5000, 600)).toBe('yes')
  })

  test('dates are compared by the calendar', async () => {
    expect(await answer('lessThan', '2026-02-11', '2026-02-12')).toBe('yes')
    expect(await answer('lessThan', '2026-02-12', '2026-02-12')).toBe('no')
    expect(await answer('greaterThanInclusive', '2026-02-12', '2026-02-12')).toBe('yes')
    expect(await answer('greaterThan', '2026-01-31', '2025-12-31')).toBe('yes')
  })

  test('a list contains the whole answer, not a piece of one', async () => {
    expect(await answer('contains', ['looked-after'], 'looked-after')).toBe('yes')
    expect(await answer('contains', ['looked-after'], 'looked')).toBe('no')
    expect(await answer('doesNotContain', ['looked-after', 'care-leaver'], 'care-leaver')).toBe(
      'no',
    )
    expect(await answer('in', 'no', ['none', 'not-screened'])).toBe('no')
    expect(await answer('in', 'none', ['none', 'not-screened'])).toBe('yes')
    expect(await answer('notIn', 'no', ['none', 'not-screened'])).toBe('yes')
  })
})

describe('what json-rules-engine would read in two ways is not a rule', () => {
  const {
    layer: _layer,
    file: _file,
    ...parts
  } = rule('tests/valid', { when: is('child.age_now', 9), then: effects })
  const examples = [1, 2, 3].map((n) => ({ name: `No. ${n}`, given: {}, expect: 'need-to-know' }))
  const isRule = (when: unknown) => ruleSchema.safeParse({ ...parts, examples, when }).success

  test('though the same rule with a plain test is', () => {
    expect(isRule(is('child.age_now', 9))).toBe(true)
  })

  test.each<[string, unknown]>([
    ['an empty any, which the engine takes as met', { any: [] }],
    ['an empty all, which the engine takes as met', { all: [] }],
    [
      'two keys in one group, of which one wins',
      { all: [leafThatIs('no')], any: [leafThatIs('yes')] },
    ],
    ['a group with a test beside it', { all: [leafThatIs('no')], ...leafThatIs('yes') }],
    ['a test that is not in a group', leafThatIs('yes')],
    ['an operator that the engine does not know until it runs', all('lessThen', 9)],
    ['a decorated operator', all('someFact:equal', 'x')],
    [
      'a path, which is ignored on a plain answer',
      { all: [{ ...leafThatIs('yes'), path: '$.x' }] },
    ],
    ['params', { all: [{ ...leafThatIs('yes'), params: { a: 1 } }] }],
    ['a priority', { all: [{ ...leafThatIs('yes'), priority: 2 }] }],
    ['a reference to a condition elsewhere', { all: [{ condition: 'elsewhere' }] }],
    ['a value that is another fact of the case', all('equal', { fact: 'child.age_now' })],
    ['a value that is true', all('equal', true)],
    ['an empty list of values', all('in', [])],
    ['a test without a value', { all: [{ fact: 'child.age_now', operator: 'equal' }] }],
  ])('%s', (_what, when) => {
    expect(isRule(when)).toBe(false)
  })

  test('and the engine does take an empty any as met', async () => {
    expect(await answerOfTheEngine({ any: [] }, {})).toBe(true)
  })

  test('and the engine does compare figures in quotes as text', async () => {
    expect(await answerOfTheEngine(all('lessThan', '10'), { 'a.fact': '9' })).toBe(false)
    expect(await answerOfTheEngine(all('lessThan', 18), { 'a.fact': '17' })).toBe(true)
    expect(await answerOfTheEngine(all('in', 'not-screened'), { 'a.fact': 'not' })).toBe(true)
  })
})

describe('a run', () => {
  const many = Array.from({ length: 40 }, (_, n) =>
    rule(`tests/rule-${n}`, {
      when: { all: [leaf('child.age_now', 'lessThan', n)] },
      then: effects,
    }),
  )
  const saidOf = (results: RuleResult[]) =>
    results.map(({ rule: { id }, verdict }) => `${id} ${verdict}`)

  test('answers in the order of the rules, one answer a rule', async () => {
    const forwards = saidOf(await evaluateByReference(many, { 'child.age_now': 20 }))
    const backwards = saidOf(
      await evaluateByReference([...many].reverse(), { 'child.age_now': 20 }),
    )
    expect(forwards).toHaveLength(40)
    expect(backwards.reverse()).toEqual(forwards)
    expect(forwards[20]).toBe('tests/rule-20 not-met')
    expect(forwards[21]).toBe('tests/rule-21 met')
  })

  test('is not disturbed by others at the same time', async () => {
    const ages = Array.from({ length: 20 }, (_, n) => n)
    const together = await Promise.all(
      ages.map((age) => evaluateByReference(many, { 'child.age_now': age })),
    )
    for (const age of ages)
      expect(saidOf(together[age] ?? [])).toEqual(
        saidOf(await evaluateByReference(many, { 'child.age_now': age })),
      )
  })

  test('tells two rules of the same id apart', async () => {
    const [first, second] = [9, 10].map((value) =>
      rule('tests/same', { when: is('child.age_now', value), then: effects }),
    )
    const results = await evaluateByReference(
      [first, second].flatMap((one) => one ?? []),
      { 'child.age_now': 10 },
    )
    expect(results.map(({ verdict }) => verdict)).toEqual(['not-met', 'met'])
  })

  test('of no rules says nothing', async () => {
    expect(await evaluateByReference([], { 'child.age_now': 9 })).toEqual([])
  })
})
