import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { recordVictim, victimSchema } from '../../src/casework/victims.ts'
import { caseSchema } from '../../src/domain/case.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'

const policy = realPolicy()
const worked = fileURLToPath(new URL('../../docs/worked-case.yaml', import.meta.url))

/** The child of the worked case, for whom everything is prepared but the social worker's view. */
export const ready = caseSchema.parse(parse(readFileSync(worked, 'utf8')))

/** Casework on the shipped rules, with the worked case opened. */
export async function workedCase(reference = 'DEMO-1') {
  const work = await caseworkOn(policy)
  const { id } = granted(await work.open('officer-1', { ...ready, reference }))
  return { work, id }
}
export type Work = Awaited<ReturnType<typeof workedCase>>['work']

const yes = (...facts: string[]) => facts.map((fact) => ({ fact, answer: 'yes' }))
const agencies = ['police', 'youth-justice', 'social-care', 'education', 'health']

/** Puts the case on the agenda of a clinic of that day. */
export async function listed(work: Work, id: string, clinicId = 'clinic-1') {
  await work.clinic(clinicId, work.deps.today(), agencies)
  granted(await work.act('team-leader-1', id, { type: 'referral.accepted' }))
  granted(await work.act('team-leader-1', id, { type: 'case.listed', clinicId }))
}

/** What the victim liaison officer answers of the one victim. */
async function ofVictim(work: Work, id: string, fact: string) {
  const version = (await work.store.whereIs(id))?.version ?? 0
  const given = victimSchema.parse({ facts: [{ fact, answer: 'yes' }] })
  const liaison = work.as('victim-liaison-1')
  granted(await recordVictim(work.deps, liaison, id, version, 1, given))
}

/** From the clinic to a decision that nobody has confirmed. */
export async function decided(
  work: Work,
  id: string,
  made: object = decision,
  before = async () => {},
) {
  await listed(work, id)
  granted(await work.meets('clinic-1'))
  granted(await work.act('chair-1', id, { type: 'clinic.opened' }))
  granted(
    await work.answer('practitioner-1', id, [
      ...yes('process.safety_summary_shared', 'process.safety_of_others_assessed'),
      ...yes('process.plan_deliverable_here', 'process.plan_agreed'),
      ...yes('process.contingency_planned', 'process.written_explanation_given'),
      ...yes('process.childs_understanding_recorded'),
      { fact: 'process.adult_at_acceptance', answer: 'independent' },
      { fact: 'process.plan_items', answer: ['reparation'] },
      { fact: 'process.agreed_on', answer: '2026-11-02' },
    ]),
  )
  await ofVictim(work, id, 'victim.protective_condition')
  await before()
  granted(await work.act('chair-1', id, { type: 'clinic.decided', decision: made }))
}

/** From the clinic to the offer of a diversionary activity. */
export async function offered(work: Work, id: string) {
  await decided(work, id)
  granted(await work.act('chair-1', id, { type: 'decision.confirmed' }))
  granted(await work.act('inspector-1', id, { type: 'decision.confirmed' }))
  granted(await work.act('team-leader-1', id, { type: 'decision.countersigned' }))
}

/** From the clinic to the giving of a diversionary activity. */
export async function given(work: Work, id: string) {
  await offered(work, id)
  granted(await work.act('inspector-1', id, giving))
}

export const decision = {
  chosen: [{ offence: 1, disposal: 'diversionary-activity', reasons: 'He owned up.' }],
  lesserOptions: ['no-further-action', 'other-agency-action'].map((disposal) => ({
    offence: 1,
    disposal,
    why: 'He wants help.',
  })),
  conditions: [
    {
      offence: 1,
      text: 'Help the caretaker',
      tiedTo: { what: 'harm', which: 'the window' },
      by: 'youth-justice',
      dueOn: '2026-12-20',
    },
  ],
  victimConsidered: 'The home wants him to help.',
  childsWords: 'He is sorry.',
}

export const giving = {
  type: 'disposal.given',
  givenOn: '2026-11-02',
  place: 'youth-justice-office',
  givenBy: 'inspector-1',
  rank: 'sergeant-or-above',
  appropriateAdult: 'independent',
  follows: 'delivery',
}

/** From the first contact to the file that is closed. */
export async function closed(work: Work, id: string) {
  await given(work, id)
  for (const type of ['delivery.started', 'contact.made'])
    granted(await work.act('practitioner-1', id, { type }))
  for (const { id: conditionId } of (await work.file(id)).conditions)
    granted(await work.act('practitioner-1', id, { type: 'condition.met', conditionId }))
  granted(await work.act('practitioner-1', id, { type: 'conditions.allMet' }))
  granted(
    await work.answer('practitioner-1', id, [
      ...yes('process.care_monitoring_recorded', 'process.exit_planned'),
      ...yes('process.police_told_of_completion'),
      { fact: 'delivery.risk_event', answer: 'none' },
    ]),
  )
  await ofVictim(work, id, 'victim.told_of_decision')
  granted(await work.act('team-leader-1', id, { type: 'case.closed' }))
}
