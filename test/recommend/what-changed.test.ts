import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Case } from '../../src/domain/case.ts'
import { type Changes, type Compared, type Moved, moves } from '../../src/recommend/changes.ts'
import { recommend } from '../../src/recommend/recommend.ts'
import { whatChanged } from '../../src/recommend/what-changed.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { always } from '../support/always.ts'
import { partOf } from '../support/amount.ts'
import { realPolicy, ruleSetOf } from '../support/real-rules.ts'
import { referrals } from '../support/referrals.ts'

const policy = realPolicy()
const derby = ruleSetOf(policy, 'derby')
const read = readCase({ path: 'worked-case.yaml', bytes: readFileSync('docs/worked-case.yaml') })
if (!read.ok) throw new Error('The worked case cannot be read.')
const worked: Case = read.value

const of = async (given: Case, asAt = '2026-11-02'): Promise<Compared> => {
  const made = await recommend(derby, given, asAt, evaluateCompiled)
  if (!made.ok) throw new Error(made.problems.map(({ message }) => message).join(' '))
  return made.value
}
const withFacts = (facts: Case['facts']): Case => ({
  ...worked,
  facts: { ...worked.facts, ...facts },
})
const changed = async (before: Case, after: Case) => whatChanged(await of(before), await of(after))

/** Everything in it, without the sentences. */
const { keys } = Object
const entries = (changes: Changes): unknown[] =>
  Object.values(changes).flatMap((one): unknown[] => (one === null ? [] : [one].flat()))

describe('what changed', () => {
  test('is nothing, and no sentence, between a recommendation and itself', async () => {
    await always(referrals(policy), partOf(25), async ({ given, asAt }) => {
      const made = await recommend(
        ruleSetOf(policy, given.partnership),
        given,
        asAt,
        evaluateCompiled,
      )
      if (!made.ok) throw new Error('refused')
      expect(entries(whatChanged(made.value, structuredClone(made.value)))).toEqual([])
    })
  })

  test('turned round, has everything that was new as gone, and everything gone as new', async () => {
    const turned = <S extends string>(all: readonly Moved<S>[]) =>
      all
        .map((one) => ({ ...one, before: one.after, after: one.before }))
        .map(sorting)
        .sort()
    const sorting = (one: unknown) => JSON.stringify(one, keys(one as object).sort())
    const lists = ['exclusions', 'holds', 'routes', 'options', 'requirements', 'clocks'] as const
    const drawn = referrals(policy).filter(({ given }) => given.partnership === 'derby')
    await always(fc.tuple(drawn, drawn), partOf(20), async ([one, other]) => {
      const [a, b] = [await of(one.given, one.asAt), await of(other.given, other.asAt)]
      const there = whatChanged(a, b)
      const back = whatChanged(b, a)
      for (const list of [...lists, 'startingPoints' as const])
        expect(turned<string>(back[list])).toEqual(there[list].map(sorting).sort())
      const asked = (changes: Changes, change: string) =>
        changes.needToKnow.filter((each) => each.change === change).map(({ fact }) => fact)
      expect(asked(back, 'settled')).toEqual(asked(there, 'new'))
    })
  })

  test('names what is done, what no longer waits, and the hold that fell away', async () => {
    const { says, holds, requirements } = await changed(
      worked,
      withFacts({ 'home.social_worker_view': 'yes' }),
    )
    expect(requirements).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          what: "Give the social worker's view, and what formal action would do to this child",
          before: 'outstanding',
          after: 'done',
        }),
      ]),
    )
    expect(holds).toMatchObject([{ before: 'met', after: null }])
    expect(says).toContain(
      "Done: Give the social worker's view, and what formal action would do to this child.",
    )
    expect(says.join('\n')).toMatch(/^No longer so: wait until the missing care evidence has come/m)
  })

  test('says how the standing of the referral changed', async () => {
    const { status, says } = await changed(
      worked,
      withFacts({ 'child.date_of_birth': '2007-05-14' }),
    )
    expect(status?.after).toBe('excluded')
    expect(says[0]).toMatch(/^The referral was ".+" and is now "not for this clinic"\.$/)
  })

  test('names an option that closed, for the offence it closed for alone', async () => {
    const offence = worked.offences?.[0] ?? {}
    const two = { ...worked, offences: [offence, offence] }
    const denied = { ...worked, offences: [offence, { ...offence, 'offence.admission': 'denied' }] }
    const { options, says } = await changed(two, denied)
    expect(options.every(({ offences }) => offences.join() === '2')).toBe(true)
    expect(says.some((one) => /^For offence 2: "Youth caution".* now ruled out\.$/.test(one))).toBe(
      true,
    )
  })

  test('says of a new victim only what is new, and nothing of those who were there', async () => {
    const second = {
      ...worked,
      victims: [...(worked.victims ?? []), { facts: { 'victim.kind': 'person' } }],
    }
    const { requirements, says } = await changed(worked, second)
    expect(requirements.filter(({ before }) => before !== null)).toEqual([])
    expect(requirements.every(({ victims }) => victims.join() === '2')).toBe(true)
    expect(says.some((one) => one.startsWith('For victim 2: New: '))).toBe(true)
  })

  test('says that a question waits again where an answer is taken back', async () => {
    const without = withFacts({ 'child.exploitation_indicators': null })
    const taken = await changed(worked, without)
    expect(taken.needToKnow).toContainEqual(
      expect.objectContaining({ fact: 'child.exploitation_indicators', change: 'new' }),
    )
    const given = await changed(without, worked)
    expect(given.says.some((one) => one.startsWith('This no longer waits for an answer: '))).toBe(
      true,
    )
  })

  test('says which day’s rules were used, and whether the rules themselves are others', async () => {
    const before = await of(worked)
    const later = await of(worked, '2026-11-03')
    expect(whatChanged(before, later).says).toContain(
      'The rules were those of 2 November 2026, and are now those of 3 November 2026.',
    )
    const others = { ...before, ruleSet: { ...before.ruleSet, digest: 'sha256-0' } }
    expect(whatChanged(before, others).says).toEqual([
      'The rules themselves changed in between: another rule set was used.',
    ])
  })

  test('says from which day to which a time limit moved', async () => {
    const moved = await changed(worked, withFacts({ 'case.referred_on': '2026-10-27' }))
    const sentence = /^Moved from \d+ \w+ 2026 to \d+ \w+ 2026: the time limit/
    expect(moved.clocks.every(({ before, after }) => before !== after)).toBe(true)
    expect(moved.says.some((one) => sentence.test(one))).toBe(true)
  })

  test('counts what is still owed where one thing is said twice of one offence, and the earlier day', () => {
    const said = (state: string) => ({
      key: 'k',
      what: 'Ask the home',
      rule: null,
      offences: [1],
      victims: [],
      state,
    })
    const of = (...states: string[]) => moves([], states.map(said)).map(({ after }) => after)
    expect(of('done', 'outstanding')).toEqual(['outstanding'])
    expect(of('outstanding', 'done')).toEqual(['outstanding'])
    expect(of('2026-12-01', '2026-11-30')).toEqual(['2026-11-30'])
    expect(of('2026-11-30', '2026-12-01')).toEqual(['2026-11-30'])
  })
})
