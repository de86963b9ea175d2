import { describe, expect, test } from 'vitest'
import type { Disposal } from '../../src/domain/lists.ts'
import type { EffectOf, Rule } from '../../src/rules/schema.ts'
import { is, recommended, rule } from '../support/policy-with.ts'

type Start = EffectOf<'start-at'>['start-at']
const start = (id: string, fact: string, disposal: Disposal, more: Partial<Start> = {}): Rule =>
  rule(`tests/${id}`, { when: is(fact, 'yes'), then: [{ 'start-at': { disposal, ...more } }] })

// A capacity rule goes before a care rule, which goes before the score.
const score = start('score', 'process.plan_agreed', 'charge')
const care = start('care', 'process.countersigned', 'diversionary-activity', {
  over: ['tests/score'],
})
const capacity = start('capacity', 'process.signed_document', 'no-further-action', {
  over: ['tests/care', 'tests/score'],
})
const all = {
  score: 'process.plan_agreed',
  care: 'process.countersigned',
  capacity: 'process.signed_document',
}

type Answers = { [K in keyof typeof all]?: 'yes' | 'no' }
const facts = (answers: Answers) =>
  Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [all[id as keyof Answers], answer]),
  )
const points = async (answers: Answers, rules: Rule[] = [score, care, capacity]) => {
  const [offence] = (await recommended(rules, { facts: facts(answers) })).offences
  return offence?.startingPoints.map(({ rule: { id }, state }) => `${id.slice(6)} ${state}`)
}

describe('a starting point', () => {
  test('stands where its rule is met and none that goes before it can be', async () => {
    expect(await points({ score: 'yes', care: 'no', capacity: 'no' })).toEqual([
      'score starting-point',
    ])
  })

  test('yields to a met rule that names it', async () => {
    expect(await points({ score: 'yes', care: 'yes', capacity: 'no' })).toEqual([
      'care starting-point',
    ])
  })

  test('yields even to a rule that itself yields to a third', async () => {
    const two = {
      ...capacity,
      then: [{ 'start-at': { disposal: 'no-further-action' as const, over: ['tests/care'] } }],
    }
    expect(
      await points({ score: 'yes', care: 'yes', capacity: 'yes' }, [score, care, two]),
    ).toEqual(['capacity starting-point'])
  })

  test('is not listed where its rule is not met', async () => {
    expect(await points({ score: 'no', care: 'no', capacity: 'no' })).toEqual([])
  })

  test('cannot be told where its rule is undecided', async () => {
    expect(await points({ care: 'no', capacity: 'no' })).toEqual(['score cannot-tell'])
  })

  test('cannot be told where a rule that it would yield to is undecided', async () => {
    expect(await points({ score: 'yes', care: 'no' })).toEqual([
      'capacity cannot-tell',
      'score cannot-tell',
    ])
  })

  test('that yields to a met rule is not shown, whatever else is undecided', async () => {
    expect(await points({ capacity: 'yes' })).toEqual(['capacity starting-point'])
  })
})

describe('sources differ', () => {
  const differ = async (answers: Answers, rules: Rule[]) =>
    (await recommended(rules, { facts: facts(answers) })).offences[0]?.sourcesDiffer
  const another = start('another', 'process.countersigned', 'youth-caution')
  const same = start('same', 'process.countersigned', 'charge')

  test('where two that stand name different disposals, and both are shown', async () => {
    expect(await differ({ score: 'yes', care: 'yes' }, [score, another])).toBe(true)
    expect(await points({ score: 'yes', care: 'yes' }, [score, another])).toEqual([
      'another starting-point',
      'score starting-point',
    ])
  })

  test('not where they name the same disposal', async () => {
    expect(await differ({ score: 'yes', care: 'yes' }, [score, same])).toBe(false)
  })

  test('not where one yields to the other', async () => {
    expect(await differ({ score: 'yes', care: 'yes', capacity: 'no' }, [score, care])).toBe(false)
  })

  test('not where one of them cannot be told', async () => {
    expect(await differ({ score: 'yes' }, [score, another])).toBe(false)
  })

  test('never settled by which is the more severe: the order is that of the rules', async () => {
    const { offences } = await recommended([score, another], {
      facts: facts({ score: 'yes', care: 'yes' }),
    })
    expect(offences[0]?.startingPoints.map(({ disposal }) => disposal)).toEqual([
      'youth-caution',
      'charge',
    ])
  })
})

describe('a starting point says', () => {
  const said = async (rules: Rule[], answers: Answers, asAt?: string) =>
    (await recommended(rules, { facts: facts(answers) }, asAt)).offences[0]?.startingPoints[0]

  test('that it may be departed from, and on which grounds where the source names them', async () => {
    expect((await said([score], { score: 'yes' }))?.says).toBe(
      'The starting point is: Charge. It may be departed from, with a recorded reason, because of the circumstances of the offence or of the child.',
    )
    const reconsider = ["the child's part was small", 'fear or provocation']
    const reasoned = start('score', 'process.plan_agreed', 'charge', { reconsider })
    const point = await said([reasoned], { score: 'yes' })
    expect(point?.reconsider).toEqual(reconsider)
    expect(point?.says).toContain(
      "for example because of: the child's part was small; fear or provocation.",
    )
  })

  test('that the grounds it names change nothing by themselves', async () => {
    const reasoned = start('score', 'process.plan_agreed', 'charge', { reconsider: ['fear'] })
    expect(await said([reasoned], { score: 'yes' })).toMatchObject({ state: 'starting-point' })
  })

  test('where it cannot be told yet', async () => {
    expect((await said([score], {}))?.says).toMatch(
      /^Whether the starting point is "Charge" cannot be told yet\./,
    )
  })

  test('where it is not open for this offence, or may not be', async () => {
    const closing = rule('tests/closing', {
      when: is('process.countersigned', 'yes'),
      then: [{ 'rule-out': { disposals: ['charge'] } }],
    })
    const closed = await said([score, closing], { score: 'yes', care: 'yes' })
    expect(closed?.standing).toBe('ruled-out')
    expect(closed?.says).toContain('It is not open for this offence')
    const perhaps = await said([score, closing], { score: 'yes' })
    expect(perhaps?.standing).toBe('cannot-tell')
    expect(perhaps?.says).toContain('Whether it is open at all cannot be told yet.')
    const open = await said([score, closing], { score: 'yes', care: 'no' })
    expect(open?.standing).toBe('open')
    expect(open?.says).not.toContain('open')
  })

  test('where the disposal it names is not in force on the day', async () => {
    const deferred = start('score', 'process.plan_agreed', 'deferred-prosecution')
    expect((await said([deferred], { score: 'yes' }, '2026-02-11'))?.standing).toBe('not-in-force')
    expect((await said([deferred], { score: 'yes' }, '2026-02-12'))?.standing).toBe('open')
  })
})
