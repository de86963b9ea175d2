import { beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/casework/casework.ts'
import {
  changeRuleSet,
  compareWithInForce,
  loadRuleSet,
  type RuleSetAsked,
  ruleSetEventSchema,
  useRuleSetInForce,
  viewRuleSets,
} from '../../src/casework/rule-sets.ts'
import type { Policy } from '../../src/rules/policy.ts'
import type { RuleSet } from '../../src/rules/rule-set.ts'
import { fewRules } from '../support/api.ts'
import { caseworkOn, granted, type Work } from '../support/casework.ts'
import { waitingIn } from '../support/outbox.ts'
import { policyWith } from '../support/policy-with.ts'
import { ruleSetOf } from '../support/real-rules.ts'

const signed = policyWith(fewRules)
const derby = signed.partnerships.derby
if (!derby) throw new Error('The small rules have no Derby.')
const source = { ref: 'waymark-default', at: 'a test' }
const partnerships = {
  derby: {
    ...derby,
    panel: {
      ...derby.panel,
      rule_changes_signed_by: { value: ['police' as const, 'youth-justice' as const], source },
    },
  },
}
const firstRules: Policy = { ...signed, partnerships }
const [underTen, consent, knife, weekly] = fewRules
if (!underTen || !consent || !knife || !weekly) throw new Error('The few rules are fewer.')
const added = { ...underTen, id: 'tests/added' }
const changed = { ...weekly, title: 'It says more' }
const secondRules: Policy = { ...firstRules, rules: [consent, knife, changed, added] }
const first = ruleSetOf(firstRules, 'derby')
const second = ruleSetOf(secondRules, 'derby')
const third = ruleSetOf({ ...firstRules, rules: fewRules.slice(1) }, 'derby')

const proposed: RuleSetAsked = {
  type: 'ruleSet.proposed',
  digest: second.digest,
  impact: 'Nobody who is here today is answered otherwise.',
  equality: 'No group is met more than another.',
}
const signatories = [
  { person: 'inspector-1', agency: 'police' as const },
  { person: 'team-leader-1', agency: 'youth-justice' as const },
]
const approved: RuleSetAsked = {
  type: 'ruleSet.approved',
  digest: second.digest,
  signatories,
  inForceFrom: '2026-11-02',
}

let work: Work
/** What cases are looked at by. */
let inUse: RuleSet
beforeEach(async () => {
  work = await caseworkOn(firstRules)
  inUse = first
  work.deps.ruleSet = () => ({ ok: true, value: inUse })
  await loadRuleSet(work.deps, first)
  await loadRuleSet(work.deps, second)
})
const view = async (person = 'policy-lead-1') =>
  granted(await viewRuleSets(work.deps, work.as(person), 'derby'))
const states = async () => (await view()).versions.map(({ digest, state }) => [digest, state])
const use = () =>
  useRuleSetInForce(work.deps, 'derby', (set) => {
    inUse = set
  })
const change = async (person: string, asked: RuleSetAsked, version?: number) =>
  changeRuleSet(
    work.deps,
    work.as(person),
    'derby',
    version ?? (await view()).version,
    ruleSetEventSchema.parse(asked),
  )
const why = (outcome: Outcome<unknown>) => (outcome.ok ? 'done' : outcome.why)

describe('the rules that the program is first started with', () => {
  it('are in force at once, with the approval "shipped"', async () => {
    const version = (await view()).versions.at(-1)
    expect(version).toMatchObject({ digest: first.digest, state: 'inForce' })
    expect(version?.events.map(({ type }) => type)).toEqual(['ruleSet.loaded', 'ruleSet.shipped'])
  })

  it('are taken note of once, however often the program is started', async () => {
    const before = await view()
    await loadRuleSet(work.deps, first)
    await loadRuleSet(work.deps, second)
    expect(await view()).toEqual(before)
  })

  it('are taken note of once by two programs that start at once', async () => {
    work = await caseworkOn(firstRules)
    await Promise.all([loadRuleSet(work.deps, first), loadRuleSet(work.deps, first)])
    expect(await states()).toEqual([[first.digest, 'inForce']])
  })
})

describe('rules that are changed', () => {
  it('wait, and cases are looked at by those in force', async () => {
    expect(await states()).toEqual([
      [second.digest, 'loaded'],
      [first.digest, 'inForce'],
    ])
    inUse = second
    expect(await use()).toBe(true)
    expect(inUse.digest).toBe(first.digest)
  })

  it('are in force once a lead proposed and another person approved them, and only then', async () => {
    expect(why(await change('rule-approver-1', approved))).toBe('refused')
    expect(why(await change('policy-lead-1', proposed))).toBe('done')
    expect((await states())[0]).toEqual([second.digest, 'proposed'])
    expect(why(await change('rule-approver-1', approved))).toBe('done')
    expect(await states()).toEqual([
      [second.digest, 'inForce'],
      [first.digest, 'superseded'],
    ])
    expect(await use()).toBe(true)
    expect(inUse.digest).toBe(second.digest)
    expect(await use()).toBe(false)
  })

  it('are not approved by who proposed them, in whatever roles', async () => {
    const both = work.as('policy-lead-1')
    const [grant] = both.caller.grants
    if (!grant) throw new Error('The policy lead holds nothing.')
    const caller = { ...both.caller, grants: [grant, { ...grant, role: 'rule-approver' as const }] }
    const asked = async (one: RuleSetAsked) =>
      changeRuleSet(work.deps, { ...both, caller }, 'derby', (await view()).version, one)
    granted(await asked(proposed))
    expect(await asked(approved)).toMatchObject({
      why: 'refused',
      refusal: { blockedBy: [{ id: 'byASecondPerson' }] },
    })
  })

  it.each([
    [signatories.slice(0, 1), 'refused'],
    [signatories.slice(1), 'refused'],
    [[], 'refused'],
    [signatories, 'done'],
  ])('need every signature that the partnership asks for (%#)', async (signatories, came) => {
    granted(await change('policy-lead-1', proposed))
    expect(why(await change('rule-approver-1', { ...approved, signatories }))).toBe(came)
  })

  it('cannot be approved where nobody said who must sign', async () => {
    granted(await change('policy-lead-1', proposed))
    inUse = ruleSetOf(signed, 'derby')
    expect(why(await change('rule-approver-1', approved))).toBe('unusable')
  })

  it('cannot be approved where they name nobody to sign the next change', async () => {
    const unsigned = ruleSetOf({ ...signed, rules: secondRules.rules }, 'derby')
    await loadRuleSet(work.deps, unsigned)
    const { digest } = unsigned
    granted(await change('policy-lead-1', { ...proposed, digest }))
    expect(await change('rule-approver-1', { ...approved, digest })).toMatchObject({
      why: 'unusable',
      problems: [{ pointer: '/digest' }],
    })
    expect((await states())[0]).toEqual([digest, 'proposed'])
  })

  it('come into force on their first day, not the day before, and not for a day that is over', async () => {
    granted(await change('policy-lead-1', proposed))
    const from = (inForceFrom: string) => change('rule-approver-1', { ...approved, inForceFrom })
    expect(why(await from('2026-11-01'))).toBe('unusable')
    granted(await from('2026-12-01'))
    work.setDay('2026-11-30')
    expect(await use()).toBe(false)
    expect((await states())[0]).toEqual([second.digest, 'approved'])
    work.setDay('2026-12-01')
    expect(await use()).toBe(true)
    expect((await view()).versions[0]?.inForceFrom).toBe('2026-12-01')
  })

  it('give way to the later of two that were approved, after an outage as without one', async () => {
    await loadRuleSet(work.deps, third)
    for (const [digest, inForceFrom] of [
      [third.digest, '2026-12-02'],
      [second.digest, '2026-12-01'],
    ] as const) {
      granted(await change('policy-lead-1', { ...proposed, digest }))
      granted(await change('rule-approver-1', { ...approved, digest, inForceFrom }))
    }
    work.setDay('2026-12-09')
    await use()
    expect(inUse.digest).toBe(third.digest)
    const ended = (await states()).filter(([, state]) => state === 'superseded')
    expect(ended).toHaveLength(2)
  })

  it.each([
    ['loaded first', [third, second], second],
    ['loaded last', [second, third], third],
  ])('give way to the one that was approved last of two for one day, though %s', async (...the) => {
    const [, approvedInTurn, last] = the
    await loadRuleSet(work.deps, third)
    for (const { digest } of approvedInTurn) {
      granted(await change('policy-lead-1', { ...proposed, digest }))
      const from = { ...approved, digest, inForceFrom: '2026-12-01' }
      granted(await change('rule-approver-1', from))
    }
    work.setDay('2026-12-01')
    await use()
    expect(inUse.digest).toBe(last.digest)
  })

  it('can be withdrawn until they are in force, and loaded again after', async () => {
    const withdrawn: RuleSetAsked = {
      type: 'ruleSet.withdrawn',
      digest: second.digest,
      reason: 'mistake-found',
    }
    granted(await change('policy-lead-1', proposed))
    granted(await change('rule-approver-1', withdrawn))
    expect((await states())[0]).toEqual([second.digest, 'withdrawn'])
    expect(why(await change('policy-lead-1', proposed))).toBe('refused')
    await loadRuleSet(work.deps, second)
    expect((await states())[0]).toEqual([second.digest, 'loaded'])
    expect(why(await change('policy-lead-1', { ...withdrawn, digest: first.digest }))).toBe(
      'refused',
    )
    expect(why(await change('policy-lead-1', { ...withdrawn, reason: 'other' }))).toBe('unusable')
  })

  it('tell others when they come into force', async () => {
    granted(await change('policy-lead-1', proposed))
    granted(await change('rule-approver-1', approved))
    const told = (await waitingIn(work.store, 50)).map(({ body }) => [body.notice, body.ruleSet])
    expect(told).toContainEqual(['rule-set-in-force', second.digest])
  })
})

describe('who does what with rules', () => {
  it.each([
    ['inspector-1', proposed, 'not-allowed'],
    ['rule-approver-1', proposed, 'not-allowed'],
    ['policy-lead-1', approved, 'not-allowed'],
    ['policy-lead-2', proposed, 'absent'],
    ['administrator-1', proposed, 'absent'],
  ])('is settled by the one table: %s (%#)', async (person, asked, came) => {
    expect(why(await change(person, asked))).toBe(came)
  })

  it('is not done on what somebody changed meanwhile', async () => {
    const { version } = await view()
    granted(await change('policy-lead-1', proposed, version))
    expect(why(await change('rule-approver-1', approved, version))).toBe('stale')
  })

  it('is not done with a rule set that nobody loaded', async () => {
    expect(why(await change('policy-lead-1', { ...proposed, digest: 'sha256-none' }))).toBe(
      'unusable',
    )
  })

  it('stands with the words that were given for it', async () => {
    granted(await change('policy-lead-1', proposed))
    const notes = (await view()).versions[0]?.events.at(-1)?.notes ?? {}
    expect(Object.values(notes)).toEqual([proposed.impact, proposed.equality])
  })
})

describe('a version beside the one in force', () => {
  it('is shown rule by rule', async () => {
    const compared = await compareWithInForce(
      work.deps,
      work.as('policy-lead-1'),
      'derby',
      second.digest,
    )
    const ids = (rules: readonly { id: string }[]) => rules.map(({ id }) => id)
    const { begins, ends, changes, catalogues } = granted(compared)
    expect([ids(begins), ids(ends), ids(changes), catalogues]).toEqual([
      ['tests/added'],
      ['exclusions/under-ten'],
      ['panel/weekly'],
      [],
    ])
  })

  it('is the same as itself', async () => {
    const { digest } = first
    const same = await compareWithInForce(work.deps, work.as('policy-lead-1'), 'derby', digest)
    expect(granted(same)).toEqual({
      ...{ digest, inForce: digest },
      ...{ begins: [], ends: [], changes: [], catalogues: [] },
      ...{ drops: [], openCases: null },
    })
  })

  it('names the catalogues that differ where no rule does', async () => {
    const other = ruleSetOf(signed, 'derby')
    await loadRuleSet(work.deps, other)
    const request = work.as('policy-lead-1')
    const compared = await compareWithInForce(work.deps, request, 'derby', other.digest)
    expect(granted(compared).catalogues).toEqual(['partnership'])
  })
})
