import { describe, expect, it } from 'vitest'
import type { Asked } from '../../src/casework/asked.ts'
import { granted } from '../support/casework.ts'
import { decided, given, type Work, workedCase } from './whole-case.ts'

const openTasks = async (work: Work, id: string) =>
  (await work.file(id)).tasks.filter(({ doneAt }) => doneAt === null)
const names = async (work: Work, id: string) =>
  (await openTasks(work, id)).map(({ task, of }) => `${task} (${of})`)
const did = async (work: Work, person: string, id: string, asked: object) =>
  granted(await work.act(person, id, asked as Asked))

const worry = { type: 'safeguarding.raised', reason: 'missing' }
const safe = [{ fact: 'process.safety_concerns_resolved', answer: 'yes' }]
const makeSafe = 'make-child-safe (social-care)'

describe('a worry about the child', () => {
  it('is owed to be dealt with each time that it is raised', async () => {
    const { work, id } = await workedCase()
    for (const _ of [1, 2]) {
      await did(work, 'officer-1', id, worry)
      expect(await names(work, id)).toContain(makeSafe)
      granted(await work.answer('practitioner-1', id, safe))
      expect(await names(work, id)).not.toContain(makeSafe)
    }
  })

  it('takes away what was said of those before it', async () => {
    const { work, id } = await workedCase()
    await did(work, 'officer-1', id, worry)
    granted(await work.answer('practitioner-1', id, safe))
    await did(work, 'officer-1', id, worry)
    const { answers } = await work.file(id)
    const said = answers.find(({ fact }) => fact === 'process.safety_concerns_resolved')
    expect(said?.answer).toBeNull()
  })

  it('keeps the case from being closed until it is dealt with', async () => {
    const { work, id } = await workedCase()
    await did(work, 'officer-1', id, worry)
    await did(work, 'team-leader-1', id, { type: 'referral.rejected', reason: 'not-a-child' })
    const report = { type: 'police.reported', outcomeCode: 20 } as Asked
    const refused = await work.act('inspector-1', id, report)
    expect(refused).toMatchObject({
      why: 'refused',
      refusal: { asked: 'police.reported', blockedBy: [{ id: 'childIsSafe' }] },
    })
    expect((await work.file(id)).row.snapshot.value).toBe('returned')
    granted(await work.answer('practitioner-1', id, safe))
    granted(await work.act('inspector-1', id, report))
    expect((await work.file(id)).row.snapshot.value).toBe('closed')
  })
})

describe('circumstances that changed', () => {
  const review = 'review-assessment-and-plan (youth-justice)'
  const changed = { type: 'circumstances.changed', reason: 'placement', text: 'He moved.' }
  const assessed = [{ fact: 'process.assessment_complete', answer: 'yes' }]

  it('are owed a review also where the assessment was complete', async () => {
    const { work, id } = await workedCase()
    await did(work, 'practitioner-1', id, changed)
    expect(await names(work, id)).toContain(review)
  })

  it('are reviewed by saying again that it is complete, and by nothing else', async () => {
    const { work, id } = await workedCase()
    await did(work, 'practitioner-1', id, changed)
    const other = [{ fact: 'child.missing_episodes', answer: 3 }]
    granted(await work.answer('practitioner-1', id, other))
    expect(await names(work, id)).toContain(review)
    granted(await work.answer('practitioner-1', id, assessed))
    expect(await names(work, id)).not.toContain(review)
  })
})

describe('representations', () => {
  it('are owed an answer each, and answering one leaves the other', async () => {
    const { work, id } = await workedCase()
    for (const from of ['child', 'parent'])
      await did(work, 'officer-1', id, { type: 'representations.received', from, text: 'Why?' })
    const [first, second] = await openRepresentations(work, id)
    await did(work, 'team-leader-1', id, answerTo(first))
    expect(await openRepresentations(work, id)).toEqual([second])
    await did(work, 'team-leader-1', id, answerTo(second))
    expect(await openRepresentations(work, id)).toEqual([])
  })

  const openRepresentations = async (work: Work, id: string) =>
    (await openTasks(work, id))
      .filter(({ task }) => task === 'answer-representations')
      .map((task) => task.id)
  const answerTo = (representationsId: string | undefined) => ({
    type: 'representations.answered',
    representationsId,
    answer: 'not-upheld',
    text: 'Because of what was known.',
  })
})

describe('holds', () => {
  it('are owed a review each, by their own day', async () => {
    const { work, id } = await workedCase()
    for (const reviewOn of ['2026-11-10', '2026-11-20'])
      await did(work, 'team-leader-1', id, {
        type: 'case.held',
        reason: 'care-evidence-awaited',
        reviewOn,
      })
    const reviews = async () =>
      (await openTasks(work, id)).filter(({ task }) => task === 'review-hold')
    const [one, other] = await reviews()
    expect([one?.dueOn, other?.dueOn]).toEqual(['2026-11-10', '2026-11-20'])
    const lifted = { type: 'hold.lifted', holdId: one?.id, reason: 'settled' }
    await did(work, 'team-leader-1', id, lifted)
    expect((await reviews()).map((task) => task.id)).toEqual([other?.id])
  })
})

const correct = 'correct-records (police)'

describe('records to correct after a disposal was set aside', () => {
  it('are corrected by a correction for that, and not by any other', async () => {
    const { work, id } = await workedCase()
    await given(work, id)
    await did(work, 'inspector-1', id, { type: 'disposal.setAside', reason: 'no-admission' })
    const corrected = async (reason: string, answer: number) =>
      granted(
        await work.answer('officer-1', id, [{ fact: 'child.missing_episodes', answer }], {
          correction: { reason },
        }),
      )
    await corrected('mistake', 4)
    expect(await names(work, id)).toContain(correct)
    await corrected('set-aside', 5)
    expect(await names(work, id)).not.toContain(correct)
  })
})

const deciding = [
  'confirm-decision (chair)',
  'confirm-decision (police)',
  'countersign (youth-justice)',
]

describe('what is owed for a decision', () => {
  it.each([
    ['the decision is returned', { type: 'decision.returned', reason: 'plan-not-agreed' }],
    [
      'the case goes back to the police',
      {
        type: 'evidence.fellAway',
        offences: [1],
        scope: 'referral',
        reason: 'witness-not-available',
      },
    ],
  ])('is owed no more when %s', async (_, asked) => {
    const { work, id } = await workedCase()
    await decided(work, id)
    expect(await names(work, id)).toEqual(expect.arrayContaining(deciding))
    await did(work, 'inspector-1', id, asked)
    const left = await names(work, id)
    expect(deciding.filter((one) => left.includes(one))).toEqual([])
  })

  it('is owed by the other side when one has confirmed', async () => {
    const { work, id } = await workedCase()
    await decided(work, id)
    await did(work, 'chair-1', id, { type: 'decision.confirmed' })
    const left = await names(work, id)
    expect(deciding.filter((one) => left.includes(one))).toEqual(deciding.slice(1))
  })
})
