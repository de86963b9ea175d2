import { describe, expect, test } from 'vitest'
import type { CaseInput } from '../../src/domain/case.ts'
import { anyRule, is, leaf, recommended, rule } from '../support/policy-with.ts'

const noAdmission = rule('tests/no-admission', {
  when: is('child.admits_offence', 'no'),
  then: [{ 'rule-out': { disposals: ['youth-caution', 'community-resolution'] } }],
})
const weak = rule('tests/weak', {
  when: is('offence.evidence', 'insufficient'),
  then: [{ 'rule-out': { disposals: ['charge', 'youth-caution'] } }],
})
const looked = rule('tests/looked-after', {
  when: is('child.care_status', 'looked-after'),
  then: [{ consider: { note: 'Ask the home.' } }],
})

describe('several offences', () => {
  const given: CaseInput = {
    facts: { 'child.care_status': 'looked-after' },
    offences: [
      { 'offence.admission': 'full', 'offence.evidence': 'sufficient-to-charge' },
      { 'offence.admission': 'denied', 'offence.evidence': 'insufficient' },
      { 'offence.admission': 'partial' },
    ],
  }

  test('have options of their own: a weak allegation closes nothing for a provable one', async () => {
    const { offences } = await recommended([noAdmission, weak], given)
    const standings = offences.map(({ options }) =>
      Object.fromEntries(options.map(({ disposal, standing }) => [disposal, standing])),
    )
    expect(standings[0]).toMatchObject({
      'community-resolution': 'open',
      'youth-caution': 'open',
      charge: 'open',
    })
    expect(standings[1]).toMatchObject({
      'no-further-action': 'open',
      'community-resolution': 'ruled-out',
      'youth-caution': 'ruled-out',
      charge: 'ruled-out',
    })
    expect(standings[2]).toMatchObject({
      'community-resolution': 'cannot-tell',
      'youth-caution': 'cannot-tell',
      charge: 'cannot-tell',
    })
  })

  test('have starting points of their own', async () => {
    const score = rule('tests/score', {
      when: { all: [leaf('offence.gravity_score', 'greaterThanInclusive', 5)] },
      then: [{ 'start-at': { disposal: 'charge' } }],
    })
    const { offences } = await recommended([score], {
      offences: [{ 'offence.gravity_score': 5 }, { 'offence.gravity_score': 4 }],
    })
    expect(offences.map(({ startingPoints }) => startingPoints.length)).toEqual([1, 0])
  })

  test('are numbered from one and named by their code', async () => {
    const { offences } = await recommended([anyRule], {
      offences: [{ 'offence.code': 'robbery' }, {}, { 'offence.code': 'twoc' }],
    })
    expect(offences.map(({ offence, code, title }) => [offence, code, title])).toEqual([
      [1, 'robbery', 'Robbery'],
      [2, undefined, undefined],
      [3, 'twoc', 'Taking conveyance without consent'],
    ])
  })

  test('share one entry of the other lists where the same is said of them', async () => {
    const { prompts, findings } = await recommended([looked, noAdmission], given)
    expect(prompts).toMatchObject([{ note: 'Ask the home.', offences: [1, 2, 3], verdict: 'met' }])
    const found = findings.map(({ rule: { id }, verdict, offences }) => [id, verdict, offences])
    expect(found).toEqual([
      ['tests/looked-after', 'met', [1, 2, 3]],
      ['tests/no-admission', 'not-met', [1]],
      ['tests/no-admission', 'met', [2]],
      ['tests/no-admission', 'need-to-know', [3]],
    ])
  })

  test('ask once for a fact that several of them wait for, and say which', async () => {
    const { needToKnow } = await recommended([weak], {
      offences: [{}, { 'offence.evidence': 'insufficient' }, {}],
    })
    expect(needToKnow.map(({ fact, offences }) => [fact, offences])).toEqual([
      ['offence.evidence', [1, 3]],
    ])
  })
})

describe('a fact in an offence', () => {
  const options = async (given: CaseInput) =>
    (await recommended([weak], given)).offences.map(
      ({ options }) => options.find(({ disposal }) => disposal === 'charge')?.standing,
    )

  test("goes before the referral's for that offence alone", async () => {
    expect(
      await options({
        facts: { 'offence.evidence': 'sufficient-to-charge' },
        offences: [{ 'offence.evidence': 'insufficient' }, {}],
      }),
    ).toEqual(['ruled-out', 'open'])
  })

  test("that is null is not known for that offence, whatever the referral's is", async () => {
    expect(
      await options({
        facts: { 'offence.evidence': 'sufficient-to-charge' },
        offences: [{ 'offence.evidence': null }, {}],
      }),
    ).toEqual(['cannot-tell', 'open'])
  })

  test('may be about anything that can differ between offences', async () => {
    const planned = rule('tests/planned', {
      when: is('process.plan_agreed', 'yes'),
      then: [{ consider: { note: 'Follow it.' } }],
    })
    const { prompts } = await recommended([planned], {
      facts: { 'process.plan_agreed': 'no' },
      offences: [{}, { 'process.plan_agreed': 'yes' }],
    })
    expect(prompts.map(({ offences }) => offences)).toEqual([[2]])
  })

  test('is worked out for each offence from its own facts and the shared ones', async () => {
    const young = rule('tests/young', {
      when: { all: [leaf('child.age_at_offence', 'lessThan', 10)] },
      then: [{ exclude: { route: 'safeguarding', scope: 'offence' } }],
    })
    const { status, offences } = await recommended([young], {
      facts: { 'child.date_of_birth': '2016-10-20' },
      offences: [{ 'offence.date': '2026-10-19' }, { 'offence.date': '2026-10-20' }],
    })
    expect(offences.map(({ exclusions }) => exclusions.length)).toEqual([1, 0])
    expect(status).toBe('open')
  })
})

test('a single offence may stand among the facts', async () => {
  const { offences } = await recommended([weak], { facts: { 'offence.evidence': 'insufficient' } })
  expect(offences).toHaveLength(1)
  expect(offences[0]?.options.at(-1)?.standing).toBe('ruled-out')
})

describe('several victims', () => {
  const enhanced = rule('tests/enhanced', {
    when: is('victim.enhanced_rights', 'yes'),
    then: [{ consider: { note: 'Within one working day.' } }],
  })
  const partner = rule('tests/partner', {
    when: is('victim.relationship', 'partner'),
    then: [{ 'rule-out': { disposals: ['community-resolution'] } }],
  })

  test('are each asked about by themselves', async () => {
    const { prompts } = await recommended([enhanced], {
      victims: ['yes', 'no', null].map((answer) => ({
        facts: { 'victim.enhanced_rights': answer },
      })),
    })
    expect(prompts.map(({ verdict, victims }) => [verdict, victims])).toEqual([
      ['met', [1]],
      ['need-to-know', [3]],
    ])
  })

  test('are not named where the rule says nothing of victims', async () => {
    const { prompts } = await recommended([looked], {
      facts: { 'child.care_status': 'looked-after' },
      victims: [{ facts: {} }, { facts: {} }],
    })
    expect(prompts.map(({ offences, victims }) => [offences, victims])).toEqual([[[1], []]])
  })

  test('bear only on the offences they are tied to', async () => {
    const { offences } = await recommended([partner], {
      offences: [{}, {}],
      victims: [
        { offences: [1], facts: { 'victim.relationship': 'partner' } },
        { offences: [2], facts: { 'victim.relationship': 'stranger' } },
      ],
    })
    expect(
      offences.map(({ options }) => options.find(({ because }) => because.length > 0)?.standing),
    ).toEqual(['ruled-out', undefined])
  })

  test('bear on every offence where they are tied to none', async () => {
    const { offences } = await recommended([partner], {
      offences: [{}, {}],
      victims: [{ facts: { 'victim.relationship': 'partner' } }],
    })
    expect(
      offences.map(({ options }) => options.filter(({ standing }) => standing !== 'open').length),
    ).toEqual([1, 1])
  })

  test('leave an offence without one with the facts of the referral', async () => {
    const { offences } = await recommended([partner], {
      facts: { 'victim.relationship': 'stranger' },
      offences: [{}, {}],
      victims: [{ offences: [1], facts: { 'victim.relationship': 'partner' } }],
    })
    const closed = offences.map(
      ({ options }) => options.filter(({ standing }) => standing === 'ruled-out').length,
    )
    expect(closed).toEqual([1, 0])
  })

  test('close an option if what one of them says closes it', async () => {
    const { offences } = await recommended([partner], {
      victims: [
        { facts: { 'victim.relationship': 'stranger' } },
        { facts: { 'victim.relationship': 'partner' } },
      ],
    })
    const option = offences[0]?.options.find(({ disposal }) => disposal === 'community-resolution')
    expect(option?.standing).toBe('ruled-out')
    expect(option?.because).toMatchObject([{ verdict: 'met', victims: [2] }])
  })
})
