import { describe, expect, it } from 'vitest'
import { caseworkOn, granted } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'

const policy = realPolicy()

/** A case of derby that went to another partnership of the small rules. */
async function moved() {
  const work = caseworkOn(policy)
  const to = 'west-mercia'
  const { id } = granted(
    await work.open('officer-1', {
      partnership: 'derby',
      facts: { 'case.entry': 'custody', 'child.date_of_birth': '2011-05-14' },
    }),
  )
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
