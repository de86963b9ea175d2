import { describe, expect, it } from 'vitest'
import { partsOfRole } from '../../src/access/fields.ts'
import { happening, history } from '../../src/casework/history.ts'
import { narrative } from '../../src/casework/narrative.ts'
import type { EventRow } from '../../src/casework/ports.ts'
import { granted } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'
import { decidedCase } from './told-case.ts'
import { given, workedCase } from './whole-case.ts'

const policy = realPolicy()
type Told = Pick<Awaited<ReturnType<typeof decidedCase>>, 'deps' | 'as' | 'id'>
const storyOf = async ({ deps, as, id }: Told, person = 'chair-1') => {
  const { sections } = granted(await narrative(deps, as(person), id))
  return Object.fromEntries(sections.map(({ heading, sentences }) => [heading, sentences]))
}
const eventsOf = async ({ deps, as, id }: Told, person = 'team-leader-1') =>
  granted(await history(deps, as(person), id)).events

async function givenCase() {
  const { work, id } = await workedCase('TOLD-2')
  await given(work, id)
  return { ...work, id }
}

describe('what an inspector reads of a disposal that was given', () => {
  it('is who gave it, in which rank, where, and beside which adult', async () => {
    const told = await givenCase()
    const happened = (await storyOf(told))['What happened'] ?? []
    expect(happened).toContain(
      'It was given on 2 November 2026 by inspector-1, of this rank: sergeant or above.',
    )
    expect(happened).toContain(
      'The place: youth justice office. The appropriate adult: independent.',
    )
    const one = (await eventsOf(told)).find(({ type }) => type === 'disposal.given')
    expect(one?.details).toEqual(
      expect.arrayContaining([
        'Given by: inspector-1.',
        'Who gave it was of this rank: sergeant or above.',
      ]),
    )
  })

  it('is its Home Office outcome, as the catalogue of disposals has it, and when it is right', async () => {
    const told = await givenCase()
    const outcome =
      'Home Office outcome for offence 1: 22, Diversionary, educational or intervention activity (when the activity has been completed; until then no outcome is recorded).'
    expect((await storyOf(told))['What happened']).toContain(outcome)
    const one = (await eventsOf(told)).find(({ type }) => type === 'disposal.given')
    expect(one?.details).toContain(outcome)
  })

  it('is no outcome that nobody reported, where the catalogue has several', () => {
    const chosen = [{ offence: 1, disposal: 'no-further-action', standing: 'open' }]
    const [outcome] = detailsOf({ type: 'disposal.given', givenOn: '2026-11-02', chosen }).slice(-1)
    expect(outcome).toMatch(
      /^Home Office outcome for offence 1, one of these, as the police report/,
    )
    for (const code of [9, 10, 11, 12, 13, 15, 16, 17]) expect(outcome).toContain(` ${code}, `)
  })
})

/** The details of an event that is made up, as a team leader reads them. */
function detailsOf(
  event: object,
  role: keyof typeof partsOfRole = 'team-leader',
): readonly string[] {
  const by = { person: 'inspector-1', role: 'police-decision-maker', agency: 'police' }
  const at = '2026-11-02T10:00:00.000Z'
  const row = {
    seq: 1,
    id: 'event-1',
    at,
    chart: 'referral',
    delivery: null,
    event: { by, at, ...event },
  }
  const conditions = [{ id: 'condition-1', offence: 2, text: 'Mend the fence.' }]
  const file = { notes: [], departures: [], decisions: [{ conditions }] }
  const parts = new Set(partsOfRole[role])
  return happening(row as unknown as EventRow, file as never, parts, policy).details
}

describe('what the history says that an event is about', () => {
  it('is its offences, and whether it is the whole referral', () => {
    const away = { type: 'evidence.fellAway', reason: { code: 'new-evidence' } }
    expect(detailsOf({ ...away, offences: [2], scope: 'offence' })).toContain('About offence 2.')
    expect(detailsOf({ ...away, offences: [1, 2, 4], scope: 'referral' })).toEqual(
      expect.arrayContaining(['It is about the whole referral.', 'About offences 1, 2 and 4.']),
    )
  })

  it('is the rule of an exclusion, by its title and id', () => {
    const excluded = { type: 'exclusion.confirmed', reason: { code: 'rule-applies' } }
    expect(
      detailsOf({ ...excluded, rule: 'exclusions/under-ten', scope: 'offence', route: 'police' }),
    ).toContain('By the rule: The child was under ten (exclusions/under-ten).')
    expect(
      detailsOf({ ...excluded, rule: 'gone/rule', scope: 'offence', route: 'police' }),
    ).toContain('By the rule: gone/rule.')
  })

  it('is the condition that was met, in its words for those who may read them', () => {
    const met = { type: 'condition.met', conditionId: 'condition-1' }
    expect(detailsOf(met)).toEqual(['The condition: “Mend the fence.” (condition-1).'])
    expect(detailsOf(met, 'victim-liaison-officer')).toEqual([
      'The condition: condition-1, for offence 2.',
    ])
    expect(detailsOf(met, 'auditor')).toEqual([])
  })
})

describe('what the history holds of a decision', () => {
  it('is who was there, what was not known, and whether it stands', async () => {
    const told = await decidedCase()
    const decision = async () =>
      (await eventsOf(told)).find(({ type }) => type === 'clinic.decided')?.decision
    const first = await decision()
    expect(first?.stands).toBe(true)
    expect(first?.attendance.map(({ agency, person }) => [agency, person])).toContainEqual([
      'police',
      'inspector-1',
    ])
    expect(first?.notKnown).toContain('child.consents_to_conditions')
    await told.does('chair-1', { type: 'decision.returned', reason: 'other', text: 'A new fact.' })
    expect((await decision())?.stands).toBe(false)
  })
})

describe('a decision that was superseded', () => {
  it('is told as one that stands no longer, with why it was made', async () => {
    const told = await decidedCase()
    const heading = 'What was decided before, and stands no longer'
    expect(await storyOf(told)).not.toHaveProperty(heading)
    await told.does('chair-1', { type: 'decision.returned', reason: 'other', text: 'A new fact.' })
    const story = await storyOf(told)
    expect(story['What was decided, and why']).toEqual(['No decision stands.'])
    expect(story[heading]?.[0]).toMatch(
      /^On 5 November 2026 the decision was: diversionary, .+ It was superseded, and stands no longer\. Why it was made, in the clinic’s own words: “He owned up/,
    )
    expect((await storyOf(told, 'officer-1'))[heading]?.[0]).not.toContain('He owned up')
  })
})

describe('what the rules said', () => {
  it('is told as it was when it was decided, and as it is now, where that differs', async () => {
    const told = await decidedCase()
    expect(await storyOf(told)).toHaveProperty('What the rules said')
    told.setDay('2026-11-09')
    granted(
      await told.answer('practitioner-1', told.id, [
        { fact: 'child.substance_misuse_concern', answer: 'yes' },
      ]),
    )
    const story = await storyOf(told)
    expect(story['What the rules said when it was decided']?.[0]).toContain('5 November 2026')
    expect(story['What the rules said last']?.[0]).toContain('9 November 2026')
    expect(story).not.toHaveProperty('What the rules said')
  })
})

describe('the date of birth that is shown', () => {
  it('is the one that stands among the answers, and none where it is not known', async () => {
    const told = await decidedCase()
    const shown = async () => granted(await told.view('chair-1', told.id)).child?.dateOfBirth
    expect(await shown()).toBe('2011-05-14')
    const correct = (answer: object) =>
      told.answer('officer-1', told.id, [{ fact: 'child.date_of_birth', ...answer }], {
        correction: { reason: 'mistake' },
      })
    granted(await correct({ answer: '2011-05-15' }))
    expect(await shown()).toBe('2011-05-15')
    granted(await correct({ answer: null, because: 'Two documents differ.' }))
    expect(await shown()).toBeUndefined()
  })
})
