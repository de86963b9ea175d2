import { describe, expect, it } from 'vitest'
import { missingInUse, notInUse } from '../../src/casework/answers/in-use.ts'
import { openCase, referralSchema } from '../../src/casework/open-case.ts'
import type { Policy } from '../../src/rules/policy.ts'
import type { Rule } from '../../src/rules/schema.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { realPolicy, ruleSetOf } from '../support/real-rules.ts'
import { ready } from './whole-case.ts'

const policy = realPolicy()
const parents = 'information.parents_view'
const care = 'child.care_status'
const code = 'offence.code'

const asking = (fact: string) => (rule: Rule) => JSON.stringify(rule).includes(`"${fact}"`)
const without = (fact: string): Policy => {
  const { [fact]: _gone, ...facts } = policy.facts
  const asks = asking(fact)
  return { ...policy, facts, rules: policy.rules.filter((rule) => !asks(rule)) }
}
const withAnswers = (fact: string, answers: string[]): Policy => {
  const definition = policy.facts[fact]
  if (!definition) throw new Error(`There is no ${fact}.`)
  return { ...policy, facts: { ...policy.facts, [fact]: { ...definition, answers } } }
}
const noQuestion = without(parents)
const noAnswer = withAnswers(care, ['none', 'child-in-need'])
const someCode = ready.offences?.[0]?.[code]
const noCode: Policy = {
  ...policy,
  offences: new Map([...policy.offences].filter(([one]) => one !== someCode)),
}

/** The worked case under the shipped rules, which others then take the place of. */
async function underNewRules(next: Policy, born = '2011-05-14') {
  const work = await caseworkOn(policy)
  const facts = { ...ready.facts, [parents]: 'recorded', 'child.date_of_birth': born }
  const referral = { ...ready, facts, reference: 'DROPS-1' }
  const { id } = granted(await work.open('officer-1', referral))
  const set = ruleSetOf(next, 'derby')
  const swap = () => {
    work.deps.ruleSet = () => ({ ok: true, value: set })
  }
  const latest = async () => {
    const { recommendation } = await work.file(id)
    if (!recommendation) throw new Error('There is no recommendation.')
    const { facts, offences, notKnown } = recommendation.given as typeof ready
    return { ...recommendation, given: { facts, offences, notKnown } }
  }
  const standing = async () => (await work.file(id)).answers
  const shown = async (fact: string) =>
    granted(await work.view('chair-1', id)).facts?.find((one) => one.fact === fact)
  return { work, id, set, swap, latest, standing, shown }
}

const changed = { type: 'circumstances.changed', reason: 'family', text: 'His aunt moved in.' }
const summary = [{ fact: 'process.safety_summary_shared', answer: 'yes' }]

describe('a running case under rules that do not have an answer any more', () => {
  it.each([
    ['a question', noQuestion],
    ['an answer', noAnswer],
    ['an offence', noCode],
  ])('goes on by the new rules, though %s is gone that was answered', async (_, next) => {
    const { work, id, set, swap, latest, standing } = await underNewRules(next)
    const before = await standing()
    swap()
    granted(await work.act('team-leader-1', id, { type: 'referral.accepted' }))
    granted(await work.act('practitioner-1', id, changed))
    granted(await work.answer('practitioner-1', id, summary))
    expect((await latest()).ruleSet).toBe(set.digest)
    const after = await standing()
    for (const one of before) expect(after).toContainEqual(one)
  })

  it('has its eighteenth birthday recorded on the day', async () => {
    const { work, id, swap, latest } = await underNewRules(noQuestion, '2008-11-20')
    swap()
    work.setDay('2026-11-20')
    await work.sweep()
    const { row } = await work.file(id)
    expect(row.snapshot.context).toMatchObject({ turnedEighteen: true })
    expect((await latest()).asAt).toBe('2026-11-20')
  })

  it('hands a question that is gone to the rules no more, and no reason for it', async () => {
    const { work, id, swap, latest } = await underNewRules(noQuestion)
    expect((await latest()).given.facts[parents]).toBe('recorded')
    swap()
    granted(await work.answer('practitioner-1', id, summary))
    expect((await latest()).given.facts).not.toHaveProperty(parents)
    expect((await latest()).given.notKnown ?? {}).not.toHaveProperty(parents)
  })

  it('leaves out a question that is gone also where it was not known', async () => {
    const { work, id, swap, latest } = await underNewRules(noQuestion)
    const asked = [{ fact: parents, answer: null, because: 'Nobody could reach her.' }]
    granted(await work.answer('practitioner-1', id, asked))
    expect((await latest()).given.notKnown).toMatchObject({ [parents]: asked[0]?.because })
    swap()
    granted(await work.answer('practitioner-1', id, summary))
    expect((await latest()).given.notKnown ?? {}).not.toHaveProperty(parents)
  })

  it('is asked again for an answer that is gone, with the reason', async () => {
    const next = withAnswers(parents, ['not-recorded', 'not-obtained-with-reason'])
    const { work, id, swap, latest } = await underNewRules(next)
    const open = async () => (await latest()).summary.needToKnow.map((one) => one.fact)
    expect(await open()).not.toContain(parents)
    swap()
    granted(await work.answer('practitioner-1', id, summary))
    const { given, summary: said } = await latest()
    expect([given.facts[parents], given.notKnown?.[parents]]).toEqual([null, notInUse])
    const asked = said.needToKnow.filter(({ because }) => because === notInUse)
    expect(asked.map(({ fact }) => fact)).toEqual([parents])
  })

  it('shows what was answered, and which answers the rules leave out', async () => {
    const { swap, shown } = await underNewRules(noAnswer)
    expect(await shown(care)).not.toHaveProperty('notInUse')
    swap()
    expect(await shown(care)).toMatchObject({ answer: 'looked-after', notInUse: true })
    expect(await shown(parents)).not.toHaveProperty('notInUse')
  })

  it('records an event that shows such an answer, which is not known to the rules', async () => {
    const authority = 'process.cps_authority'
    const next = withAnswers(authority, ['given', 'refused'])
    const { work, id, swap, latest } = await underNewRules(next)
    swap()
    granted(await work.act('team-leader-1', id, { type: 'referral.accepted' }))
    const asked = { type: 'cps.consulted', question: 'authority-to-caution' }
    granted(await work.act('inspector-1', id, asked))
    expect((await latest()).given.notKnown?.[authority]).toBe(notInUse)
  })

  it('takes an answer that the new rules have', async () => {
    const { work, id, swap, latest } = await underNewRules(noAnswer)
    swap()
    const now = [{ fact: care, answer: 'child-in-need' }]
    granted(await work.answer('practitioner-1', id, now))
    expect((await latest()).given.facts[care]).toBe('child-in-need')
  })
})

describe('what is answered now', () => {
  it.each([
    ['an answer that is gone', noAnswer, { fact: care, answer: 'remanded' }],
    ['a question that is gone', noQuestion, { fact: parents, answer: 'not-recorded' }],
    ['a code that is gone', noCode, { fact: code, answer: 'no-such-code' }],
  ])('must be among what the rules in use have: %s', async (_, next, given) => {
    const { work, id, swap, standing } = await underNewRules(next)
    swap()
    const before = await standing()
    expect(await work.answer('practitioner-1', id, [given])).toMatchObject({ why: 'unusable' })
    expect(await standing()).toEqual(before)
  })

  it('is refused in a referral too, where its question or its answer is gone', async () => {
    const work = await caseworkOn(without(parents))
    const open = (facts: object) =>
      openCase(
        work.deps,
        work.as('officer-1'),
        referralSchema.parse({ partnership: 'derby', facts }),
      )
    const fine = { 'case.entry': 'custody' }
    expect(await open({ ...fine, [parents]: 'recorded' })).toMatchObject({ why: 'unusable' })
    expect(await open({ ...fine, [care]: 'no-such-status' })).toMatchObject({ why: 'unusable' })
    expect(await open(fine)).toMatchObject({ ok: true })
  })
})

describe('what the rules in use do not have of an answer', () => {
  it.each([
    ['a question that they do not ask', noQuestion, parents, 'recorded', 'question'],
    ['such a question, not known', noQuestion, parents, null, 'question'],
    ['one that they ask', policy, parents, 'recorded', undefined],
    ['an answer that they do not have', noAnswer, care, 'looked-after', 'answer'],
    ['that nobody knows', noAnswer, care, null, undefined],
    ['another kind of answer', policy, parents, 4, 'answer'],
    ['an offence that is not in the table', noCode, code, String(someCode), 'answer'],
    ['one that is', policy, code, String(someCode), undefined],
  ])('is told: %s', (_, known, fact, answer, missing) => {
    expect(missingInUse(known, { fact, answer })).toBe(missing)
  })
})
