import { describe, expect, it } from 'vitest'
import { droppedFrom } from '../../src/casework/rule-sets/dropped.ts'
import { compareWithInForce, loadRuleSet } from '../../src/casework/rule-sets.ts'
import type { FactDefinition } from '../../src/domain/fact.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { fewRules } from '../support/api.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { policyWith } from '../support/policy-with.ts'
import { ruleSetOf } from '../support/real-rules.ts'
import { keep, task } from './sweep-cases.ts'

const policy = policyWith(fewRules)
const fact = 'tests.question'
const question = { name: 'it', ask: 'Is it?', answered_by: 'police' } as const
type Changed = Pick<FactDefinition, 'answers' | 'between'>
const asking = (changed: Changed | undefined, more: Partial<Policy> = {}) => {
  const facts = { ...policy.facts, ...(changed ? { [fact]: { ...question, ...changed } } : {}) }
  return ruleSetOf({ ...policy, facts, ...more }, 'derby')
}
const dropped = (before: Changed, after?: Changed) => droppedFrom(asking(before), asking(after))

const three = { answers: ['one', 'two', 'three'] }
const list = { answers: { 'list-of': ['one', 'two', 'three'] } }
const number = { answers: 'whole-number' as const }

describe('what a version of the rules drops', () => {
  it.each<[string, Changed, Changed | undefined, object[]]>([
    ['nothing where nothing changed', three, three, []],
    ['nothing where an answer is new', three, { answers: [...three.answers, 'four'] }, []],
    ['a question', three, undefined, [{ fact }]],
    ['an answer', three, { answers: ['one', 'three'] }, [{ fact, answers: ['two'] }]],
    ['every answer', three, { answers: ['four', 'five'] }, [{ fact }]],
    [
      'one of a list',
      list,
      { answers: { 'list-of': ['one', 'two'] } },
      [{ fact, answers: ['three'] }],
    ],
    ['another kind', three, list, [{ fact }]],
    ['a date that is now words', { answers: 'date' }, { answers: 'text' }, [{ fact }]],
    ['no number', number, number, []],
    ['numbers out of new bounds', number, { ...number, between: [1, 5] }, [{ fact }]],
    [
      'a bound that is tighter',
      { ...number, between: [1, 5] },
      { ...number, between: [1, 4] },
      [{ fact }],
    ],
    ['no bound that is wider', { ...number, between: [1, 4] }, { ...number, between: [1, 5] }, []],
  ])('is told: %s', (_, before, after, drops) => {
    expect(dropped(before, after)).toEqual(drops)
  })

  it('is nothing where a question is new', () => {
    expect(droppedFrom(asking(undefined), asking(three))).toEqual([])
  })

  it('names offences that are no longer in the table', () => {
    const offences = new Map(
      [...policy.offences].filter(([code]) => code !== 'criminal-damage-low'),
    )
    expect(droppedFrom(asking(three), asking(three, { offences }))).toEqual([
      { fact: 'offence.code', answers: ['criminal-damage-low'] },
    ])
  })
})

describe('a version that drops something', () => {
  const { 'child.care_status': _gone, ...facts } = policy.facts
  const rules = fewRules.filter(({ id }) => id !== 'panel/weekly')
  const next = ruleSetOf({ ...policy, facts, rules }, 'derby')

  it('is compared with how many cases are open, and each that is counted is logged', async () => {
    const work = await caseworkOn(policy)
    const first = ruleSetOf(policy, 'derby')
    await loadRuleSet(work.deps, first)
    await loadRuleSet(work.deps, next)
    const compared = async (digest: string) =>
      granted(await compareWithInForce(work.deps, work.as('policy-lead-1'), 'derby', digest))
    expect((await compared(next.digest)).openCases).toBe(0)
    // More than one page of the list.
    const waiting = Array.from({ length: 101 }, (_, i) => task(`open-${i}`, null))
    await keep(work.store, waiting)
    await keep(work.store, [task('preparing', null)], 'preparing')
    await keep(work.store, [task('closed', null)], 'closed')
    const { drops, openCases } = await compared(next.digest)
    expect([drops, openCases]).toEqual([[{ fact: 'child.care_status' }], 102])
    expect((await compared(first.digest)).openCases).toBeNull()
    const scopes = [{ partnership: 'derby' }]
    const log = await work.store.accessLog({ scopes, limit: 1_000 })
    const counted = log.filter(({ action }) => action === 'rule-set.read-versions')
    expect(counted.flatMap(({ cases }) => cases)).toHaveLength(102)
    expect([...new Set(counted.map(({ actor }) => actor.person))]).toEqual(['policy-lead-1'])
  })
})
