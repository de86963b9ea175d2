import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventRoles } from '../../src/access/event-policy.ts'
import { partsOfRole } from '../../src/access/fields.ts'
import { standAgain, withStandings } from '../../src/casework/decide/standings.ts'
import { whyNotOpen } from '../../src/casework/decide/why-not-open.ts'
import type { CaseInput } from '../../src/domain/case.ts'
import { type Disposal, disposals } from '../../src/domain/lists.ts'
import { blockSchema } from '../../src/domain/refusal.ts'
import { seed } from '../support/always.ts'
import { is, leaf, policyWith, recommended, rule } from '../support/policy-with.ts'
import { realPolicy } from '../support/real-rules.ts'
import { ready } from './whole-case.ts'

const ruleOut = (id: string, fact: string, ...disposals: Disposal[]) =>
  rule(`tests/${id}`, { when: is(fact, 'yes'), then: [{ 'rule-out': { disposals } }] })
const policy = policyWith([
  ruleOut('no-plan', 'process.plan_agreed', 'youth-caution'),
  ruleOut('hate', 'offence.hate_element', 'youth-caution'),
  rule('tests/too-young', {
    when: { all: [leaf('child.age_at_offence', 'lessThan', 10)] },
    then: [{ exclude: { route: 'safeguarding', scope: 'offence' } }],
  }),
])
const { facts } = policy
const damage = (hate: string | null = 'no', date = '2026-10-20') => ({
  'offence.date': date,
  'offence.hate_element': hate,
})
const fourteen = { 'child.date_of_birth': '2012-01-01', 'process.plan_agreed': 'no' }
const cautions = [{ offence: 1, disposal: 'youth-caution' as const }]

async function why(given: CaseInput, chosen = cautions, condition = 'everythingOpen') {
  const blocks = whyNotOpen(condition, chosen, await recommended(policy, given), facts)
  for (const one of blocks) expect(blockSchema.parse(one)).toEqual(one)
  return blocks
}

describe('why a disposal is not open', () => {
  it('is nothing where it is', async () => {
    expect(await why({ facts: fourteen, offences: [damage()] })).toEqual([])
  })

  it('is the rule that rules it out, and no question beside it', async () => {
    const given = { facts: { ...fourteen, 'process.plan_agreed': 'yes' }, offences: [damage(null)] }
    expect(await why(given)).toEqual([
      {
        what: 'disposal',
        id: 'youth-caution',
        says: '“Youth caution” is ruled out for offence 1 by the rules of today: The rule tests/no-plan (tests/no-plan).',
        offences: [1],
      },
    ])
  })

  it('is each question that a rule about it waits for, with its wording and who could tell', async () => {
    const blocks = await why({ facts: fourteen, offences: [damage(null)] })
    expect(blocks).toEqual([
      {
        what: 'disposal',
        id: 'youth-caution',
        says: 'It cannot be told yet whether “Youth caution” is open for offence 1. It waits for: The rule tests/hate (tests/hate).',
        offences: [1],
      },
      {
        what: 'question',
        id: 'offence.hate_element',
        says: `${facts['offence.hate_element']?.ask} Who could tell: the police.`,
        of: 'police',
        offences: [1],
      },
    ])
  })

  it('is a question that a person can answer, where the rule looks at what follows from it', async () => {
    const { 'child.date_of_birth': _born, ...unborn } = fourteen
    const [one, ...asked] = await why({ facts: unborn, offences: [damage()] })
    expect(one?.says).toContain('(tests/too-young)')
    expect(asked.map(({ id, of }) => [id, of])).toEqual([['child.date_of_birth', 'police']])
  })

  it('is the exclusion of the offence, for what asks something of the child', async () => {
    const offences = [damage('no', '2021-12-31')]
    const [one] = await why({ facts: fourteen, offences })
    expect(one?.says).toContain('ruled out for offence 1')
    expect(one?.says).toContain('(tests/too-young)')
    const charge = [{ offence: 1, disposal: 'charge' as const }]
    expect(await why({ facts: fourteen, offences }, charge as never)).toEqual([])
  })

  it('is asked once of a child with two offences, and once for each that it concerns', async () => {
    const chosen = [1, 2].map((offence) => ({ offence, disposal: 'youth-caution' as const }))
    const asked = async (plan: string | null, hates: (string | null)[]) => {
      const told = { ...fourteen, 'process.plan_agreed': plan }
      const blocks = await why({ facts: told, offences: hates.map((one) => damage(one)) }, chosen)
      return blocks.map(({ id, offences }) => [id, offences])
    }
    expect(await asked(null, ['no', 'no'])).toEqual([
      ['youth-caution', [1]],
      ['youth-caution', [2]],
      ['process.plan_agreed', [1, 2]],
    ])
    expect(await asked('no', ['no', null])).toEqual([
      ['youth-caution', [2]],
      ['offence.hate_element', [2]],
    ])
  })

  it('is not a question of the same rules that only more work hangs on', async () => {
    const task = { task: 'Ask.', of: 'police', before: 'giving', hard: false } as const
    const both = rule('tests/both', {
      when: is('process.plan_agreed', 'yes'),
      then: [
        { 'rule-out': { disposals: ['youth-caution'] } },
        { require: { ...task, done_when: is('process.countersigned', 'yes') } as never },
      ],
    })
    const advice = await recommended([both])
    const listed = advice.needToKnow.map(({ fact }) => fact)
    expect(listed).toEqual(['process.plan_agreed', 'process.countersigned'])
    const blocks = whyNotOpen('everythingOpen', cautions, advice, facts)
    expect(blocks.map(({ id }) => id)).toEqual(['youth-caution', 'process.plan_agreed'])
  })

  it('says so where the rules of the day do not offer it at all', async () => {
    const chosen = [{ offence: 2, disposal: 'youth-caution' as const }]
    const [one, ...more] = await why({ facts: fourteen, offences: [damage()] }, chosen)
    expect(one?.says).toBe('The rules of today do not offer “youth-caution” for offence 2.')
    expect(more).toEqual([])
  })
})

describe('what stops a condition', () => {
  it('that nothing is ruled out is what is ruled out, and not what cannot be told', async () => {
    const unknown = { facts: fourteen, offences: [damage(null)] }
    expect(await why(unknown, cautions, 'nothingRuledOut')).toEqual([])
    const ruledOut = await why({ facts: fourteen, offences: [damage('yes')] }, cautions)
    expect(ruledOut).toHaveLength(1)
    expect(
      await why({ facts: fourteen, offences: [damage('yes')] }, cautions, 'nothingRuledOut'),
    ).toEqual(ruledOut)
  })

  it('of anything else is not looked for here', async () => {
    expect(await why({ offences: [damage('yes')] }, cautions, 'confirmedByTwo')).toEqual([])
  })
})

it('whatever is not known, each disposal that is not open is named, and each that waits has a question', async () => {
  const policy = realPolicy()
  const { asAt = '', partnership, offences = [], victims } = ready
  const optional = [...Object.keys(ready.facts ?? {}), ...Object.keys(offences[0] ?? {})]
  const kept = <T extends object>(all: T, without: readonly string[]) =>
    Object.fromEntries(Object.entries(all).filter(([id]) => !without.includes(id)))
  const subset = fc.subarray(optional, { maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(subset, fc.constantFrom(...disposals), async (without, disposal) => {
      const told = offences.map((one) => kept(one, without))
      const given = {
        partnership,
        facts: kept(ready.facts ?? {}, without),
        offences: told,
        victims,
      }
      const advice = await recommended(policy, given as CaseInput, asAt)
      const chosen = [{ offence: 1, disposal }]
      const [standing] = withStandings(chosen, advice).map((one) => one.standing)
      const blocks = whyNotOpen('everythingOpen', chosen, advice, policy.facts)
      const named = blocks.filter(({ what }) => what === 'disposal')
      const asked = blocks.filter(({ what }) => what === 'question')
      expect(named).toHaveLength(standing === 'open' ? 0 : 1)
      expect(asked.length > 0).toBe(standing === 'cannot-tell')
      for (const { id } of asked) expect(Object.keys(policy.facts)).toContain(id)
    }),
    { numRuns: 25, seed },
  )
})

it('is read by nobody who may not see the recommendation', () => {
  const told = [
    ...standAgain,
    'clinic.decided',
    'escalation.resolved',
  ] as (keyof typeof eventRoles)[]
  for (const type of told)
    for (const role of eventRoles[type])
      expect([type, role, partsOfRole[role].includes('recommendation')]).toEqual([type, role, true])
})
