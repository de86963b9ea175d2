import { describe, expect, it } from 'vitest'
import type { Asked } from '../../src/casework/asked.ts'
import { granted } from '../support/casework.ts'
import { workedCase } from './whole-case.ts'

/** A case of one offence that was accepted, and where the prosecutors were asked. */
async function withProsecutors() {
  const { work, id } = await workedCase()
  granted(await work.act('team-leader-1', id, { type: 'referral.accepted' }))
  granted(
    await work.act('inspector-1', id, { type: 'cps.consulted', question: 'authority-to-caution' }),
  )
  return { work, id }
}

const naming: [string, object][] = [
  ['cps.authorised', {}],
  ['cps.refused', {}],
  ['cps.charged', {}],
  ['limitation.confirmedExpired', { scope: 'offence' }],
  ['evidence.fellAway', { scope: 'offence', reason: 'new-evidence' }],
]

describe('an event that names offences', () => {
  it.each(naming)('%s names none that is not there, and writes nothing', async (type, more) => {
    const { work, id } = await withProsecutors()
    const before = await work.file(id)
    for (const offences of [[2], [1, 99]]) {
      const outcome = await work.act('inspector-1', id, { type, offences, ...more } as Asked)
      expect(outcome).toMatchObject({
        why: 'unusable',
        problems: [
          {
            message: `There is no offence ${offences.at(-1)} in this case.`,
            pointer: `/offences/${offences.length - 1}`,
          },
        ],
      })
    }
    expect((await work.file(id)).row.version).toBe(before.row.version)
  })

  it.each(naming)('%s is recorded about one that is there', async (type, more) => {
    const { work, id } = await withProsecutors()
    granted(await work.act('inspector-1', id, { type, offences: [1], ...more } as Asked))
  })

  it('names each of them once', async () => {
    const { work, id } = await withProsecutors()
    const asked = { type: 'cps.authorised', offences: [1, 1] } as Asked
    expect(await work.act('inspector-1', id, asked)).toMatchObject({
      why: 'unusable',
      problems: [{ message: 'Offence 1 is named twice.', pointer: '/offences/1' }],
    })
  })
})
