import { describe, expect, test } from 'vitest'
import type { CaseInput } from '../../src/domain/case.ts'
import type { Disposal } from '../../src/domain/lists.ts'
import type { Effect, Rule } from '../../src/rules/schema.ts'
import { is, leaf, recommended, rule } from '../support/policy-with.ts'

const when = (id: string, fact: string, effect: Effect, more: Partial<Rule> = {}): Rule =>
  rule(`tests/${id}`, { when: is(fact, 'yes'), then: [effect], ...more })
const needed = async (rules: Rule[], given: CaseInput = {}) =>
  (await recommended(rules, given)).needToKnow
const asked = async (rules: Rule[], given: CaseInput = {}) =>
  (await needed(rules, given)).map(({ fact }) => fact)

// Two questions with the answers yes and no: one that tests leave open, and one that they settle.
const open = 'process.plan_agreed'
const known = 'process.countersigned'
const yes = { facts: { [known]: 'yes' } }
const no = { facts: { [known]: 'no' } }
const ruleOut = (...disposals: Disposal[]): Effect => ({ 'rule-out': { disposals } })
const note: Effect = { consider: { note: 'Think.' } }

describe('a fact is asked for', () => {
  test('where a rule that could change something waits for it', async () => {
    expect(await asked([when('one', open, note)])).toEqual([open])
  })

  test('not where it is known, whatever the answer', async () => {
    expect(await asked([when('one', open, note)], { facts: { [open]: 'no' } })).toEqual([])
  })

  test('not where its rule is decided without it', async () => {
    const both = rule('tests/both', {
      when: { all: [leaf(open, 'equal', 'yes'), leaf(known, 'equal', 'yes')] },
      then: [note],
    })
    expect(await asked([both], no)).toEqual([])
    expect(await asked([both], yes)).toEqual([open])
    const either = { ...both, when: { any: both.when && 'all' in both.when ? both.when.all : [] } }
    expect(await asked([either], yes)).toEqual([])
    expect(await asked([either], no)).toEqual([open])
  })

  test('not where the group in which it stands is decided, though the rule is not', async () => {
    const grouped = rule('tests/grouped', {
      when: {
        all: [
          { any: [leaf(open, 'equal', 'yes'), leaf(known, 'equal', 'yes')] },
          leaf('process.signed_document', 'equal', 'yes'),
        ],
      },
      then: [note],
    })
    expect(await asked([grouped], yes)).toEqual(['process.signed_document'])
  })

  test('not where the rule does not apply', async () => {
    const applies_to = is(known, 'yes')
    expect(await asked([when('one', open, note, { applies_to })], no)).toEqual([])
    expect(await asked([when('one', open, note, { applies_to })])).toEqual([known, open])
  })

  test('where a value that it is compared with is not set on the day', async () => {
    const compared = rule('tests/compared', {
      in_force: { from: '2010-01-01' },
      when: { all: [leaf('child.age_now', 'lessThan', { fact: 'parameter.child_from' })] },
      then: [note],
    })
    const on = async (asAt: string) =>
      (await recommended([compared], { facts: { 'child.age_now': 9 } }, asAt)).needToKnow
    expect((await on('2013-04-07')).map(({ fact }) => fact)).toEqual(['parameter.child_from'])
    expect(await on('2013-04-08')).toEqual([])
  })
})

describe('an effect that is settled asks for nothing', () => {
  test('a rule-out of what is ruled out already', async () => {
    const closed = when('closed', known, ruleOut('charge', 'youth-caution'))
    expect(await asked([closed, when('same', open, ruleOut('charge'))], yes)).toEqual([])
    expect(await asked([closed, when('same', open, ruleOut('charge'))], no)).toEqual([open])
  })

  test('but a rule-out of something more does', async () => {
    const closed = when('closed', known, ruleOut('charge'))
    const more = when('more', open, ruleOut('charge', 'community-resolution'))
    expect(await asked([closed, more], yes)).toEqual([open])
  })

  test('nor does what is ruled out for one offence settle it for another', async () => {
    const rules = [when('closed', known, ruleOut('charge')), when('same', open, ruleOut('charge'))]
    const [one] = await needed(rules, { offences: [{ [known]: 'yes' }, { [known]: 'no' }] })
    expect(one).toMatchObject({ fact: open, offences: [2] })
  })

  test('a note, a route or a hold that a met rule has said already in the same words', async () => {
    const said: Effect[] = [
      note,
      { route: { to: 'cps' } },
      { refer: { to: 'help' } },
      { exclude: { route: 'police', scope: 'offence' } },
      { hold: { until: 'later', by: 'police', disposals: ['charge'] } },
    ]
    for (const effect of said) {
      const rules = [when('said', known, effect), when('again', open, effect)]
      expect(await asked(rules, yes), JSON.stringify(effect)).toEqual([])
      expect(await asked(rules, no), JSON.stringify(effect)).toEqual([open])
    }
  })

  test('but not what was said of another victim', async () => {
    const reading = rule('tests/victim', { when: is('victim.kind', 'person'), then: [note] })
    const victims = [{ facts: { 'victim.kind': 'person' } }, { facts: {} }]
    expect(await asked([reading], { victims })).toEqual(['victim.kind'])
  })

  test('a starting point that yields to a met one', async () => {
    const yielding = when('yielding', open, { 'start-at': { disposal: 'charge' } })
    const over = when('over', known, {
      'start-at': { disposal: 'no-further-action', over: ['tests/yielding'] },
    })
    expect(await asked([yielding, over], yes)).toEqual([])
    expect(await asked([yielding, over], no)).toEqual([open])
  })

  test('but not one that yields and may itself make another yield', async () => {
    const score = rule('tests/score', {
      when: is('child.placement', 'parents'),
      then: [{ 'start-at': { disposal: 'charge' } }],
    })
    const care = when('care', open, {
      'start-at': { disposal: 'diversionary-activity', over: ['tests/score'] },
    })
    const capacity = when('capacity', known, {
      'start-at': { disposal: 'no-further-action', over: ['tests/care'] },
    })
    const facts = { 'child.placement': 'parents', [known]: 'yes' }
    expect(await asked([score, care, capacity], { facts })).toEqual([open])
  })

  test('a requirement that is done, should it arise', async () => {
    const require = (done_when: Rule['when']): Effect => ({
      require: { task: 'Do it', of: 'police', before: 'decision', done_when },
    })
    const rules = [when('require', open, require(is(known, 'yes')))]
    expect(await asked(rules, yes)).toEqual([])
    expect(await asked(rules, no)).toEqual([open])
    expect(await asked(rules)).toEqual([known, open])
  })

  test('a requirement that arises and is known to be outstanding', async () => {
    const effect: Effect = {
      require: { task: 'Do it', of: 'police', before: 'decision', done_when: is(open, 'yes') },
    }
    const rules = [when('require', known, effect)]
    expect(await asked(rules, { facts: { [known]: 'yes', [open]: 'no' } })).toEqual([])
    expect(await asked(rules, yes)).toEqual([open])
  })

  test('a requirement for disposals that are all ruled out', async () => {
    const effect: Effect = {
      require: {
        task: 'Do it',
        of: 'police',
        before: 'decision',
        for: ['charge'],
        done_when: is(open, 'yes'),
      },
    }
    const arises = rule('tests/require', { when: is('child.placement', 'parents'), then: [effect] })
    const rules = [when('closed', known, ruleOut('charge')), arises]
    const facts = { 'child.placement': 'parents' }
    expect(await asked(rules, { facts: { ...facts, [known]: 'yes' } })).toEqual([])
    expect(await asked(rules, { facts: { ...facts, [known]: 'no' } })).toEqual([open])
    expect(await asked(rules, yes)).toEqual([])
  })
})

test('a hold asks even where all that it would pause is ruled out, because it bears on the status', async () => {
  const rules = [
    when('closed', known, ruleOut('charge')),
    when('hold', open, { hold: { until: 'later', by: 'police', disposals: ['charge'] } }),
  ]
  const { status, needToKnow } = await recommended(rules, yes)
  expect(status).toBe('cannot-tell')
  expect(needToKnow.map(({ fact }) => fact)).toEqual([open])
})

test('a clock that runs asks for the day on which it starts', async () => {
  const clock = when('clock', known, {
    clock: { what: 'a-limit', within: 'parameter.review_within', from: 'case.referred_on' },
  })
  expect(await asked([clock], yes)).toEqual(['case.referred_on'])
  expect(
    await asked([clock], { facts: { [known]: 'yes', 'case.referred_on': '2026-10-20' } }),
  ).toEqual([])
  expect(await asked([clock])).toEqual(['case.referred_on', known])
})

describe('the order', () => {
  const effects: [string, Effect][] = [
    ['status', { exclude: { route: 'police', scope: 'offence' } }],
    ['options', ruleOut('charge')],
    ['starting points', { 'start-at': { disposal: 'charge' } }],
    ['requirements', { require: { task: 'Do it', of: 'police', before: 'decision' } }],
    ['routes', { route: { to: 'cps' } }],
    [
      'clocks',
      { clock: { what: 'x', within: 'parameter.review_within', from: 'case.referred_on' } },
    ],
    ['prompts', note],
  ]
  // Facts whose names run against the order, so that it is not the alphabet that sorts them.
  const facts = [
    'process.written_explanation_given',
    'process.signed_document',
    'process.reasons_recorded',
    'process.plan_offered',
    'process.plan_agreed',
    'process.exit_planned',
    'process.countersigned',
  ]
  const dated = { facts: { 'case.referred_on': '2026-10-20' } }

  test('puts first what can change the strongest thing', async () => {
    const rules = effects.map(([, effect], i) => when(`rule-${i}`, facts[i] ?? '', effect))
    const list = await needed([...rules].reverse(), dated)
    expect(list.map(({ fact }) => fact)).toEqual(facts)
    expect(list.map(({ canChange }) => canChange)).toEqual(effects.map(([change]) => [change]))
  })

  test('puts the status before any number of statute rules about something weaker', async () => {
    const statute = { authority: 'statute' as const }
    const many = [1, 2, 3].map((n) =>
      when(`many-${n}`, known, { consider: { note: `${n}` } }, statute),
    )
    const one = when('one', open, { exclude: { route: 'police', scope: 'offence' } })
    expect(await asked([...many, one])).toEqual([open, known])
  })

  test('then puts what more statute rules wait for, before what more rules wait for', async () => {
    const statute = { authority: 'statute' as const }
    const rules = [
      when('a', open, { consider: { note: 'a' } }),
      when('b', open, { consider: { note: 'b' } }),
      when('c', known, { consider: { note: 'c' } }, statute),
    ]
    expect(await asked(rules)).toEqual([known, open])
    expect(
      await asked(rules.map((one) => ({ ...one, authority: 'local-default' as const }))),
    ).toEqual([open, known])
  })

  test('then goes by the id', async () => {
    const rules = [when('b', open, note), when('a', known, note)]
    expect(await asked(rules)).toEqual([known, open])
  })

  test('counts a rule once, however many offences wait for it', async () => {
    const rules = [
      when('one', known, { consider: { note: 'a' } }),
      when('two', open, { consider: { note: 'b' } }),
      when('three', open, { consider: { note: 'c' } }),
    ]
    expect(await asked(rules, { offences: [{}, { [open]: 'no' }, { [open]: 'no' }] })).toEqual([
      open,
      known,
    ])
  })
})

describe('a question', () => {
  test('carries its words, its answers, who can say and what waits for it', async () => {
    const rules = [
      when('second', 'child.exploitation_indicators', note, { authority: 'statute' }),
      when('first', 'child.exploitation_indicators', ruleOut('charge')),
    ]
    const [one] = await needed(rules, {
      notKnown: { 'child.exploitation_indicators': 'the screening is booked for Friday' },
    })
    expect(one).toEqual({
      fact: 'child.exploitation_indicators',
      question: expect.stringMatching(/^Are there signs that the child is being exploited\?/),
      answers: 'one of: yes, no, not-screened',
      answeredBy: 'social-care',
      judgement: true,
      workedOutFrom: [],
      because: 'the screening is booked for Friday',
      offences: [1],
      canChange: ['options', 'prompts'],
      rules: [
        { id: 'tests/first', title: 'The rule tests/first', authority: 'local-default' },
        { id: 'tests/second', title: 'The rule tests/second', authority: 'statute' },
      ],
    })
  })

  test('gives no reason where none was given', async () => {
    const [one] = await needed([when('one', open, note)])
    expect(one).not.toHaveProperty('because')
  })

  test('about a worked-out fact names the facts still missing, down to those that people answer', async () => {
    const days = rule('tests/days', {
      when: { all: [leaf('offence.days_left_to_prosecute', 'lessThan', 28)] },
      then: [note],
    })
    const inputs = async (facts: NonNullable<CaseInput['facts']>) =>
      (await needed([days], { facts }))[0]?.workedOutFrom
    expect(await inputs({})).toEqual([
      'child.date_of_birth',
      'offence.code',
      'offence.complainant_statement_on',
      'offence.date',
      'offence.domestic',
      'offence.evidence_sufficient_on',
      'victim.aged_sixteen_or_over',
    ])
    expect(await inputs({ 'offence.limitation': 'six-months-from-evidence' })).toEqual([
      'offence.complainant_statement_on',
      'offence.date',
      'offence.evidence_sufficient_on',
    ])
  })

  test('about a worked-out fact whose inputs are known and settle nothing is put to those who can say', async () => {
    const admits = when('admits', 'child.admits_offence', note)
    const asked = async (facts: NonNullable<CaseInput['facts']>) =>
      (await needed([admits], { facts }))[0]
    expect(await asked({ 'offence.admission': 'partial' })).toMatchObject({
      fact: 'child.admits_offence',
      answeredBy: 'police',
      workedOutFrom: [],
    })
    expect(await asked({})).toMatchObject({
      answeredBy: 'worked-out',
      workedOutFrom: ['offence.admission'],
    })
  })
})
