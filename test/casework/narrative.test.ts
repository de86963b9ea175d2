import { describe, expect, test } from 'vitest'
import { narrative } from '../../src/casework/narrative.ts'
import { granted } from '../support/casework.ts'
import { decidedCase, forTheVictim, openedCase, reasons, victimsName } from './told-case.ts'

const tell = async (told: Awaited<ReturnType<typeof openedCase>>, person = 'chair-1') => {
  const { sections } = granted(await narrative(told.deps, told.as(person), told.id))
  return Object.fromEntries(sections.map(({ heading, sentences }) => [heading, sentences]))
}

describe('the story of a case', () => {
  test('tells what happened day by day, and names each day once', async () => {
    const told = await tell(await decidedCase())
    expect(told['What happened']).toEqual([
      'On 2 November 2026 the police referred the case after a voluntary interview. It is about one offence.',
      'The youth justice service accepted the referral.',
      'The case was put on the agenda of a clinic.',
      'On 5 November 2026 the clinic took up the case, with everybody there who has to be.',
      'New answers were recorded, from the victim liaison officer and the youth justice service.',
      'The clinic decided, a disposal for each offence. The chair of the clinic (chair-1) recorded it, and everybody was there who has to be.',
    ])
  })

  test('gives the day in London, also in the hour after midnight in summer', async () => {
    const told = await openedCase()
    const late = { ...told.deps, store: { ...told.store } }
    late.store.history = async (...asked) =>
      (await told.store.history(...asked)).map((row) => ({
        ...row,
        at: '2026-06-30T23:30:00.000Z',
      }))
    const { sections } = granted(await narrative(late, told.as('chair-1'), told.id))
    expect(sections[0]?.sentences[0]).toMatch(/^On 1 July 2026 the police referred/)
  })

  test('tells what was decided and why, what was not used, and who saw it otherwise', async () => {
    const told = (await tell(await decidedCase()))['What was decided, and why']
    expect(told).toEqual([
      `The decision is: diversionary, educational or intervention activity. Why, in the clinic’s own words: “${reasons}”`,
      'Not used: no further action. Why: “He wants to put it right.”',
      'Not used: action by another agency. Why: “He wants to put it right.”',
      'The child is asked to do this by 20 December 2026: “Help the caretaker on two Saturdays.” It answers a harm: the window.',
      'How the child’s own words were considered: “He says he is sorry.”',
      'Another view was held by the school or education service: “Wait for the school.” Why: “A report is due.”',
      'How the victim was considered is recorded with the decision, and kept apart from this story.',
      'There were: the chair of the clinic (chair-1), the police (inspector-1), the youth justice service (team-leader-1), children’s social care (social-care-1), the school or education service (education-1) and the health service (health-1).',
      expect.stringMatching(/^When it was decided, this was not known: .+\.$/),
      expect.stringMatching(/^Questions that only later steps ask were open too: \d+ of them\.$/),
    ])
    // Consent can still change what is open; a signature is for a later step.
    expect(told?.at(-2)).toContain('whether the child consents to the conditions')
    expect(told?.at(-2)).not.toContain('whether the child has signed the document')
  })

  test('says that no decision stands before one is made, and after it was sent back', async () => {
    const heading = 'What was decided, and why'
    expect((await tell(await openedCase()))[heading]).toEqual(['No decision stands.'])
    const back = await decidedCase()
    await back.does('chair-1', { type: 'decision.returned', reason: 'other', text: 'A new fact.' })
    const told = await tell(back)
    expect(told[heading]).toEqual(['No decision stands.'])
    expect(told['What happened']?.slice(-2)).toEqual([
      'The decision came back to be made again, with a reason.',
      'In their own words: “A new fact.”',
    ])
  })

  test('names who confirmed by role and id, and nobody by name', async () => {
    const told = await decidedCase()
    await told.does('chair-1', { type: 'decision.confirmed' })
    await told.does('inspector-1', { type: 'decision.confirmed' })
    const happened = (await tell(told))['What happened']
    expect(happened?.slice(-2)).toEqual([
      'The chair of the clinic (chair-1) confirmed the decision.',
      'The police decision-maker (inspector-1) confirmed the decision.',
    ])
    expect(JSON.stringify(await tell(told))).not.toContain('Demonstration')
  })

  test('tells a departure with its reason and in the words of who departed', async () => {
    const told = await openedCase()
    await told.does('team-leader-1', { type: 'referral.accepted' })
    await told.does('team-leader-1', {
      type: 'departure.recorded',
      from: { what: 'requirement', requirement: 'safety/safety-summary-shared' },
      reason: 'other',
      text: 'Everybody was in the room.',
    })
    expect((await tell(told))['What was departed from']?.[0]).toMatch(
      /^On 2 November 2026 a team leader \(team-leader-1\) departed from a requirement: .+ In their own words: “Everybody was in the room\.”$/,
    )
    expect(await tell(await openedCase())).not.toHaveProperty('What was departed from')
  })

  test('tells what the rules said, and does not call open what has to wait', async () => {
    const told = (await tell(await openedCase()))['What the rules said']
    expect(told?.[0]).toBe(
      'By the rules of 2 November 2026 the case was on hold. This is advice; people decide.',
    )
    expect(told?.[1]).not.toContain('Youth caution')
    expect(told?.[2]).toBe('On hold: “Deferred prosecution”, “Youth caution” and “Charge”.')
  })

  test('names what is not known, who could tell, and why it is not known', async () => {
    expect((await tell(await openedCase()))['What is not known, and who could tell']).toContain(
      'Does the child consent to the conditions, having had them explained? Who could tell: the child. It is not known because: no conditions have been proposed to him.',
    )
  })

  test('ends with where the case stands, who owes what, and which days have passed', async () => {
    const told = (await tell(await decidedCase()))['What happens next']
    expect(told).toEqual(
      expect.arrayContaining([
        'The case stands here: a disposal is chosen for each offence and waits to be confirmed.',
        'To be done by the police: confirm decision.',
        'This day has passed: victim support referral, 22 October 2026.',
        'This day is to be kept: assessment, 9 November 2026.',
      ]),
    )
  })

  test('names no victim, and repeats nothing that was weighed for one', async () => {
    const told = await decidedCase()
    for (const person of ['chair-1', 'inspector-1', 'team-leader-1', 'officer-1']) {
      const text = JSON.stringify(await tell(told, person))
      expect(text).not.toContain(victimsName)
      expect(text).not.toContain(forTheVictim)
    }
  })

  test('holds what people wrote only for those who may read it', async () => {
    const told = await openedCase()
    await told.does('team-leader-1', {
      type: 'safeguarding.raised',
      reason: 'missing',
      text: 'Since May.',
    })
    const happened = async (person: string) => (await tell(told, person))['What happened']
    expect(await happened('chair-1')).toContain('In their own words: “Since May.”')
    expect(await happened('officer-1')).not.toContain('In their own words: “Since May.”')
    expect(await happened('officer-1')).toContain('The reason: missing.')
  })

  test('is not told to a victim liaison officer, nor to another partnership', async () => {
    const { deps, as, id } = await openedCase()
    expect(await narrative(deps, as('victim-liaison-1'), id)).toMatchObject({ why: 'not-allowed' })
    expect(await narrative(deps, as('chair-2'), id)).toEqual({ ok: false, why: 'absent' })
  })
})
