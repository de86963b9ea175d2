import { randomUUID } from 'node:crypto'
import type { Asked } from '../../src/casework/asked.ts'
import type { Attendance } from '../../src/casework/ports.ts'
import { answered, happened, opened, type Site } from './site.ts'

const day = '2026-11-02'
const sitters = [
  { person: 'chair-1', role: 'clinic-chair', agency: 'chair' },
  { person: 'inspector-1', role: 'police-decision-maker', agency: 'police' },
  { person: 'team-leader-1', role: 'team-leader', agency: 'youth-justice' },
  { person: 'social-care-1', role: 'clinic-member', agency: 'social-care' },
  { person: 'education-1', role: 'clinic-member', agency: 'education' },
  { person: 'health-1', role: 'clinic-member', agency: 'health' },
] as const

/** Takes the worked case to its delivery: from there on, contacts are recorded. @returns its id */
export async function delivering(site: Site): Promise<string> {
  const id = await opened(site)
  const clinicId = await clinic(site)
  const walk = (person: string, asked: Asked) => happened(site, person, id, asked)
  await walk('team-leader-1', { type: 'referral.accepted' })
  await walk('team-leader-1', { type: 'case.listed', clinicId })
  await walk('chair-1', { type: 'clinic.opened' })
  await answered(site, id, answers)
  await answered(site, id, ofVictim, 'victim-liaison-1')
  await walk('chair-1', { type: 'clinic.decided', decision } as unknown as Asked)
  await walk('chair-1', { type: 'decision.confirmed' })
  await walk('inspector-1', { type: 'decision.confirmed' })
  await walk('team-leader-1', { type: 'decision.countersigned' })
  await walk('inspector-1', giving as unknown as Asked)
  await walk('practitioner-1', { type: 'delivery.started' })
  return id
}

/** A clinic of that day, open, with everybody there. @returns its id */
async function clinic({ deps: { store, now } }: Site): Promise<string> {
  const id = randomUUID()
  const access = {
    actor: { person: 'chair-1', role: 'clinic-chair', agency: 'chair' } as const,
    at: now(),
    action: 'clinic.plan',
    requestId: randomUUID(),
  }
  const row = {
    id,
    partnership: 'derby',
    area: null,
    heldOn: day,
    state: 'planned' as const,
    version: 1,
  }
  const attendance = sitters.map((one): Attendance => ({ ...one, way: 'in-person' }))
  await store.planClinic(row, access)
  const open = { ...row, state: 'open' as const, version: 2 }
  await store.saveClinic({ row: open, attendance }, 1, access)
  return id
}

const yes = (...facts: string[]) => facts.map((fact) => ({ fact, answer: 'yes' }))
const answers = [
  ...yes('process.safety_summary_shared', 'process.safety_of_others_assessed'),
  ...yes('process.plan_deliverable_here', 'process.plan_agreed', 'process.contingency_planned'),
  ...yes('process.written_explanation_given', 'process.childs_understanding_recorded'),
  { fact: 'process.adult_at_acceptance', answer: 'independent' },
  { fact: 'process.plan_items', answer: ['reparation'] },
  { fact: 'process.agreed_on', answer: day },
]
const ofVictim = [
  {
    fact: 'victim.protective_condition',
    answer: 'yes',
    about: { what: 'victim', number: 1 },
  },
]

const decision = {
  chosen: [{ offence: 1, disposal: 'diversionary-activity', reasons: 'He owned up at once.' }],
  lesserOptions: ['no-further-action', 'other-agency-action'].map((disposal) => ({
    offence: 1,
    disposal,
    why: 'He asks for help with his temper.',
  })),
  conditions: [
    {
      offence: 1,
      text: 'Help the caretaker for an afternoon',
      tiedTo: { what: 'harm', which: 'the window' },
      by: 'youth-justice',
      dueOn: '2026-12-20',
    },
  ],
  victimConsidered: 'The home wants him to help.',
  childsWords: 'He is sorry.',
}

const giving = {
  type: 'disposal.given',
  givenOn: day,
  place: 'youth-justice-office',
  givenBy: 'inspector-1',
  rank: 'sergeant-or-above',
  appropriateAdult: 'independent',
  follows: 'delivery',
}
