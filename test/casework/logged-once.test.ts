import { describe, expect, it } from 'vitest'
import type { Asked } from '../../src/casework/asked.ts'
import { smallPolicy } from '../support/api.ts'
import { caseworkOn, granted } from '../support/casework.ts'

const policy = smallPolicy()

/** A case, and what the log says of it after something. */
async function logOf(...all: readonly [person: string, asked: Asked][]) {
  const work = await caseworkOn(policy)
  const { id } = granted(
    await work.open('officer-1', { partnership: 'derby', facts: { 'case.entry': 'custody' } }),
  )
  for (const [person, asked] of all) await work.act(person, id, asked)
  const rows = await work.store.accessLog({
    scopes: [{ partnership: 'derby' }],
    case: id,
    limit: 50,
  })
  return rows.map(({ action, actor }) => `${actor.person} ${action}`).reverse()
}

describe('the access log', () => {
  it('says of an event once who recorded it', async () => {
    expect(await logOf(['team-leader-1', { type: 'referral.accepted' }])).toEqual([
      'officer-1 referral.open',
      'team-leader-1 event:referral.accepted',
    ])
  })

  it('says of one that was refused who tried, although nothing was recorded', async () => {
    expect(await logOf(['chair-1', { type: 'decision.confirmed' }])).toEqual([
      'officer-1 referral.open',
      'chair-1 event:decision.confirmed',
    ])
  })

  it('says nothing of one that the role may not even ask for', async () => {
    expect(await logOf(['officer-1', { type: 'referral.accepted' }])).toEqual([
      'officer-1 referral.open',
    ])
  })
})
