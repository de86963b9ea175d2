import { describe, expect, it } from 'vitest'
import { openCase, referralSchema } from '../../src/casework/open-case.ts'
import { caseworkOn, granted, type Work } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'

const policy = realPolicy()

const referral = (partnership: string) => ({
  partnership,
  reference: 'SAME-1',
  facts: { 'case.entry': 'custody', 'child.date_of_birth': '2011-05-14' },
})

/** A case of derby that went to another partnership of the small rules. */
async function moved(before?: (work: Work) => Promise<unknown>) {
  const work = await caseworkOn(policy)
  const to = 'west-mercia'
  const { id } = granted(await work.open('officer-1', referral('derby')))
  await before?.(work)
  granted(await work.act('team-leader-1', id, { type: 'referral.accepted' }))
  const outcome = await work.act('team-leader-1', id, { type: 'case.transferred', to })
  return { work, id, to, outcome }
}

describe('a case that is transferred', () => {
  it('is absent for those who had it from then on', async () => {
    const { work, id, outcome } = await moved()
    expect(outcome.ok).toBe(true)
    expect(await work.view('team-leader-1', id)).toEqual({ ok: false, why: 'absent' })
  })

  it('is the other partnership’s, with all that happened to it', async () => {
    const { work, id, to } = await moved()
    const { row, answers } = await work.file(id)
    expect(row.partnership).toBe(to)
    expect(answers.map(({ fact }) => fact)).toContain('child.date_of_birth')
  })

  it('runs on the rules of where it went', async () => {
    const { work, id, to } = await moved()
    const { recommendation } = await work.file(id)
    expect(recommendation?.summary.ruleSet.partnership).toBe(to)
  })

  it('goes also where another case has the same reference, and nobody is told so', async () => {
    const same = (work: Work) => openedElsewhere(work)
    const { work, id, to, outcome } = await moved(same)
    const { outcome: alone } = await moved()
    expect(outcome).toEqual(alone)
    expect((await work.file(id)).row).toMatchObject({ partnership: to, reference: null })
  })

  it('keeps the reference that it had as words of its transfer', async () => {
    const { work, id } = await moved()
    const { row, notes } = await work.file(id)
    expect(row.reference).toBeNull()
    expect(notes.map(({ text }) => text)).toEqual(['The reference in derby was SAME-1.'])
  })

  it('frees its reference where it was', async () => {
    const { work } = await moved()
    granted(await work.open('officer-1', referral('derby')))
  })

  it('leaves the old partnership its own log', async () => {
    const { work, id } = await moved()
    const log = await work.store.accessLog({
      scopes: [{ partnership: 'derby' }],
      case: id,
      limit: 20,
    })
    expect(log.map(({ action }) => action)).toContain('event:case.transferred')
  })

  it('goes to a partnership that is there, and not to the one that has it', async () => {
    const { work, id } = await moved()
    for (const to of ['derby', 'atlantis', 'national'])
      expect((await work.act('team-leader-1', id, { type: 'case.transferred', to })).ok).toBe(false)
  })
})

/** A case of west-mercia with the reference of the other. */
async function openedElsewhere(work: Work) {
  const officer = work.as('officer')
  const grants = officer.caller.grants.map((one) => ({ ...one, partnership: 'west-mercia' }))
  const request = { ...officer, caller: { ...officer.caller, grants } }
  granted(await openCase(work.deps, request, referralSchema.parse(referral('west-mercia'))))
}
