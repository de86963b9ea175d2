import { readFileSync } from 'node:fs'
import type { Asked } from '../../src/casework/asked.ts'
import { recordVictim, victimSchema } from '../../src/casework/victims.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'

const policy = realPolicy()
const read = readCase({ path: 'worked-case.yaml', bytes: readFileSync('docs/worked-case.yaml') })
if (!read.ok) throw new Error('The worked case cannot be read.')
const worked = read.value

export const victimsName = 'Wilhelmina Testcase'
export const reasons = 'He owned up at once and helped to board the window up.'
export const forTheVictim = 'The night worker is glad to have him help.'

/** The worked case, opened and no further. */
export async function openedCase() {
  const casework = await caseworkOn(policy)
  const { id } = granted(await casework.open('officer-1', { ...worked, reference: 'TOLD-1' }))
  const act = async (person: string, asked: object) =>
    granted(await casework.act(person, id, asked as Asked))
  return { ...casework, id, does: act }
}

/** The worked case as a clinic decided it, with an adjournment, a dissent and a condition. */
export async function decidedCase() {
  const told = await openedCase()
  const { clinic, meets, does, setDay, answer, id } = told
  await clinic('clinic-1', '2026-11-05', [
    'police',
    'youth-justice',
    'social-care',
    'education',
    'health',
  ])
  await does('team-leader-1', { type: 'referral.accepted' })
  await does('team-leader-1', { type: 'case.listed', clinicId: 'clinic-1' })
  setDay('2026-11-05')
  granted(await meets('clinic-1'))
  await does('chair-1', { type: 'clinic.opened' })
  const version = (await told.store.whereIs(id))?.version ?? 0
  const entry = { kind: 'identity', name: victimsName }
  granted(
    await recordVictim(told.deps, told.as('victim-liaison-1'), id, version, 1, {
      ...victimSchema.parse({
        entry,
        facts: [{ fact: 'victim.protective_condition', answer: 'yes' }],
      }),
    }),
  )
  const yes = (fact: string) => ({ fact, answer: 'yes' })
  granted(
    await answer('practitioner-1', id, [
      yes('process.safety_summary_shared'),
      yes('process.safety_of_others_assessed'),
    ]),
  )
  await does('chair-1', { type: 'clinic.decided', decision })
  return told
}

const why = 'He wants to put it right.'
const decision = {
  chosen: [{ offence: 1, disposal: 'diversionary-activity', reasons }],
  lesserOptions: ['no-further-action', 'other-agency-action'].map((disposal) => ({
    offence: 1,
    disposal,
    why,
  })),
  conditions: [
    {
      offence: 1,
      text: 'Help the caretaker on two Saturdays.',
      tiedTo: { what: 'harm', which: 'the window' },
      by: 'youth-justice',
      dueOn: '2026-12-20',
    },
  ],
  victimConsidered: forTheVictim,
  childsWords: 'He says he is sorry.',
  dissent: [{ agency: 'education', position: 'Wait for the school.', why: 'A report is due.' }],
}
