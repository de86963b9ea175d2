import { describe, expect, it } from 'vitest'
import { shownByEvents } from '../../src/casework/answers/shown-by-events.ts'
import type { Asked } from '../../src/casework/asked.ts'
import { askedTypes } from '../../src/casework/asked.ts'
import { mirrored } from '../../src/casework/mirrors.ts'
import { lookUp } from '../../src/domain/fact.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'
import { decided, ready, workedCase } from './whole-case.ts'

const { facts } = realPolicy()
const says = (fact: string, answer: unknown, more: object = {}) => [{ fact, answer, ...more }]
const anyAnswer = (fact: string) => {
  const { answers } = facts[fact] as { answers: unknown }
  if (answers === 'date') return '2026-11-02'
  return Array.isArray(answers) ? String(answers[0]) : 'yes'
}
const typed = Object.entries(shownByEvents).flatMap(([fact, { answers, untilDecided }]) =>
  untilDecided
    ? []
    : (answers === 'any' ? [anyAnswer(fact)] : answers).map((one): [string, string] => [fact, one]),
)

describe('a fact that an event shows', () => {
  it('stands in the table, for every event that shows one', () => {
    const offered = { offences: [1], from: { what: 'starting-point' }, answers: [], present: [] }
    const decision = { chosen: [], departures: [1], conditions: [] }
    const shown = askedTypes.flatMap((type) =>
      mirrored({
        ...offered,
        asked: { type, question: 'charge', conclusion: 'non-compliance', ...offered } as Asked,
        today: '2026-11-02',
        othersWait: false,
        decided: decision as never,
      }).map(({ fact }) => fact),
    )
    expect(shown.length).toBeGreaterThan(20)
    expect(shown.filter((fact) => !lookUp(shownByEvents, fact))).toEqual([])
  })

  it.each(typed)('%s is not typed as %s, by whoever it is said to come from', async (fact, one) => {
    const { work, id } = await workedCase()
    const suppliedBy = facts[fact]?.answered_by
    expect(await work.answer('officer-1', id, says(fact, one, { suppliedBy }))).toMatchObject({
      why: 'unusable',
      problems: [
        { message: expect.stringContaining('is not typed'), pointer: '/answers/0/answer' },
      ],
    })
  })

  it.each(typed)('%s does not come with a referral as %s', async (fact, answer) => {
    const work = await caseworkOn(realPolicy())
    const outcome = await work.open('officer-1', {
      ...ready,
      facts: { ...ready.facts, [fact]: answer },
    })
    expect(outcome).toMatchObject({ why: 'unusable', problems: [{ pointer: `/facts/${fact}` }] })
  })

  it.each([
    ['process.cps_authority', 'given', 'cps-return', true],
    ['process.cps_authority', 'given', 'custody', false],
    ['process.cps_charge_decision', 'charge', 'court-return', true],
    ['process.cps_charge_decision', 'charge', 'released-under-investigation', false],
    ['process.representations', 'received', 'representations', true],
    ['process.representations', 'received', 'cps-return', false],
    ['process.countersigned', 'yes', 'cps-return', false],
  ])('%s: %s comes with a referral by %s: %s', async (fact, answer, entry, may) => {
    const work = await caseworkOn(realPolicy())
    const given = { ...ready.facts, [fact]: answer, 'case.entry': entry }
    expect((await work.open('officer-1', { ...ready, facts: given })).ok).toBe(may)
  })

  it.each([
    ['process.cps_authority', 'not-needed'],
    ['process.cps_charge_decision', 'no-charge'],
    ['process.representations', 'none'],
    ['process.countersigned', 'no'],
    ['delivery.risk_event', 'threat'],
    ['decision.proposed_disposal', 'community-resolution'],
  ])('%s may be typed as %s, which no event shows', async (fact, answer) => {
    const { work, id } = await workedCase()
    granted(await work.answer('officer-1', id, says(fact, answer)))
  })
})

/** The prosecutors refused their authority for the one offence. */
async function refused() {
  const { work, id } = await workedCase()
  granted(await work.act('team-leader-1', id, { type: 'referral.accepted' }))
  const question = 'authority-to-caution'
  granted(await work.act('inspector-1', id, { type: 'cps.consulted', question }))
  granted(await work.act('inspector-1', id, { type: 'cps.refused', offences: [1] }))
  return { work, id }
}
const about = { what: 'offence', number: 1 }
const authority = (answer: unknown) => says('process.cps_authority', answer, { about })

describe('what an event showed', () => {
  it.each(['given', 'not-needed', null])(
    'is not taken back by typing %s over a refusal',
    async (one) => {
      const { work, id } = await refused()
      for (const answers of [authority(one), says('process.cps_authority', one)])
        expect(await work.answer('officer-1', id, answers)).toMatchObject({
          why: 'unusable',
          problems: [{ message: expect.stringContaining('nothing typed takes its place') }],
        })
    },
  )

  it.each([
    ['officer-1', false],
    ['practitioner-1', false],
    ['team-leader-1', true],
    ['inspector-1', true],
  ])('is put right as a correction by %s: %s', async (person, may) => {
    const { work, id } = await refused()
    const correction = { reason: 'mistake' }
    const outcome = await work.answer(person, id, authority('given'), { correction })
    expect(outcome.ok).toBe(may)
  })

  it('may be followed by what prosecutors say who were only asked', async () => {
    const { work, id } = await workedCase()
    granted(await work.act('inspector-1', id, { type: 'cps.consulted', question: 'charge' }))
    granted(await work.answer('officer-1', id, says('process.cps_charge_decision', 'no-charge')))
  })

  it('is the disposal once a decision stands', async () => {
    const { work, id } = await workedCase()
    await decided(work, id)
    const other = says('decision.proposed_disposal', 'youth-caution', { about })
    expect((await work.answer('chair-1', id, other)).ok).toBe(false)
  })
})

describe('the view of a social worker', () => {
  it.each([
    ['health', false],
    ['social-care', true],
    ['youth-justice', true],
  ])('is said by a practitioner to come from %s: %s', async (suppliedBy, may) => {
    const { work, id } = await workedCase()
    const view = says('home.social_worker_view', 'yes', { suppliedBy })
    expect((await work.answer('practitioner-1', id, view)).ok).toBe(may)
  })
})

describe('what concerns a victim', () => {
  const victim = { about: { what: 'victim', number: 1 } }

  it.each([
    ['chair-1', false],
    ['officer-1', false],
    ['inspector-1', false],
    ['team-leader-1', false],
    ['victim-liaison-1', true],
  ])('is recorded after the referral by %s: %s', async (person, may) => {
    const { work, id } = await workedCase()
    for (const more of [victim, { ...victim, suppliedBy: 'victim-liaison' }]) {
      const scope = says('victim.consent_scope', ['contact'], more)
      const outcome = await work.answer(person, id, scope)
      expect(outcome.ok).toBe(may)
      if (!may) expect(outcome).toMatchObject({ why: 'not-allowed' })
    }
  })

  it('is not recorded about the referral either, nor as a correction', async () => {
    const { work, id } = await workedCase()
    const none = says('victim.kind', 'none')
    const correction = { reason: 'mistake' }
    for (const more of [{}, { correction }])
      expect((await work.answer('inspector-1', id, none, more)).ok).toBe(false)
  })
})
