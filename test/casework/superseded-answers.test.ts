import { describe, expect, it } from 'vitest'
import type { Asked } from '../../src/casework/asked.ts'
import { granted } from '../support/casework.ts'
import { decided, given, listed, offered, type Work, workedCase } from './whole-case.ts'

/** A disposal that was given and set aside. */
async function setAside(before?: (work: Work, id: string) => Promise<unknown>) {
  const { work, id } = await workedCase()
  await given(work, id)
  await before?.(work, id)
  const reason = 'no-appropriate-adult'
  const earlier = await work.file(id)
  const stood = earlier.answers
  granted(await work.act('inspector-1', id, { type: 'disposal.setAside', reason } as Asked))
  return { stood, earlier, file: await work.file(id) }
}

describe('a decision that was superseded', () => {
  it.each([
    'decision.proposed_disposal',
    'process.decided_on',
    'process.reasons_recorded',
    'process.lesser_options_reasons_recorded',
    'process.countersigned',
    'process.plan_agreed',
    'process.agreed_on',
    'process.plan_items',
    'process.adult_at_acceptance',
    'process.written_explanation_given',
    'process.adult_at_giving',
    'process.given_by',
    'process.disposal_given_on',
    'victim.protective_condition',
  ])('leaves %s to be answered anew, and says why', async (fact) => {
    const { stood, file } = await setAside()
    const before = stood.filter((one) => one.fact === fact && one.answer !== null)
    const after = file.answers.filter((one) => one.fact === fact)
    expect(before).not.toEqual([])
    expect(after.map(({ answer }) => answer)).toEqual(before.map(() => null))
    expect(after.map(({ supersedes }) => supersedes)).toEqual(before.map(({ id }) => id))
    expect(after[0]?.because).toContain('a decision that does not stand any more')
  })

  it.each([
    'offence.admission',
    'process.legal_advice',
    'process.assessment_complete',
    'process.considered_by_clinic',
    'child.date_of_birth',
  ])('leaves %s as it is: it is not about the decision', async (fact) => {
    const { stood, file } = await setAside()
    const of = (answers: typeof stood) => answers.filter((one) => one.fact === fact)
    expect(of(file.answers)).toEqual(of(stood))
    expect(of(stood)).not.toEqual([])
  })

  it('leaves a risk to somebody as it is', async () => {
    const { file } = await setAside(async (work, id) =>
      granted(await work.act('practitioner-1', id, { type: 'risk.reported', risk: 'threat' })),
    )
    expect(file.answers.find((one) => one.fact === 'delivery.risk_event')?.answer).toBe('threat')
  })

  it('asks again for what the next one needs before it is given', async () => {
    const { earlier, file } = await setAside()
    const doneFor = ({ recommendation }: typeof file) =>
      recommendation?.summary.requirements
        .filter(({ before, state }) => before === 'giving' && state === 'done')
        .map(({ task }) => task)
    expect(doneFor(earlier)).not.toEqual([])
    expect(doneFor(file)).toEqual([])
  })

  it('leaves what the prosecutors said, also where that is what supersedes it', async () => {
    const { work, id } = await workedCase()
    await decided(work, id)
    const question = 'authority-to-caution'
    granted(await work.act('inspector-1', id, { type: 'cps.consulted', question }))
    granted(await work.act('inspector-1', id, { type: 'cps.authorised', offences: [1] }))
    const { answers } = await work.file(id)
    const of = (fact: string, what: string) =>
      answers.find((one) => one.fact === fact && one.about.what === what)?.answer
    expect(of('process.cps_authority', 'offence')).toBe('given')
    expect(of('process.decided_on', 'referral')).toBeNull()
  })
})

describe('a case that is referred again', () => {
  it('has not been decided on any day yet', async () => {
    const { work, id } = await workedCase()
    await listed(work, id)
    granted(await work.meets('clinic-1'))
    granted(await work.act('chair-1', id, { type: 'clinic.opened' }))
    granted(
      await work.act('chair-1', id, { type: 'case.sentBack', reason: 'evidence-insufficient' }),
    )
    const day = async () =>
      (await work.file(id)).answers.find(({ fact }) => fact === 'process.decided_on')?.answer
    expect(await day()).toBe('2026-11-02')
    granted(await work.act('officer-1', id, { type: 'case.referredAgain', referralId: id }))
    expect(await day()).toBeNull()
  })
})

describe('an offence that the child does not admit when it comes to it', () => {
  it('is not taken as admitted any more', async () => {
    const { work, id } = await workedCase()
    await offered(work, id)
    const admission = async () =>
      (await work.file(id)).answers.find(({ fact }) => fact === 'offence.admission')
    expect((await admission())?.answer).toBe('full')
    granted(await work.act('inspector-1', id, { type: 'offence.notAdmitted', offences: [1] }))
    expect(await admission()).toMatchObject({
      answer: null,
      because: 'The child did not admit it when it was to be dealt with.',
    })
  })
})
