import { readFileSync } from 'node:fs'
import { type Part, partsOfRole } from '../../src/access/fields.ts'
import { createApi } from '../../src/api/app.ts'
import { ruleBook } from '../../src/api/rule-book.ts'
import { fillChecklist } from '../../src/casework/checklists.ts'
import type { AnswerEntry, CaseFile, Change } from '../../src/casework/ports.ts'
import type { Role } from '../../src/domain/roles.ts'
import type { Identify } from '../../src/http/guard.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { caseworkOn, granted } from './casework.ts'
import { realPolicy } from './real-rules.ts'

const policy = realPolicy()
const day = '2026-11-02'
const read = readCase({ path: 'worked-case.yaml', bytes: readFileSync('docs/worked-case.yaml') })
if (!read.ok) throw new Error('The worked case cannot be read.')
const { asAt: _asAt, ...worked } = read.value

/** Something that stands in one place of the record alone, and who may find it in an answer. */
export type Canary = { name: string; found: RegExp; may(parts: ReadonlySet<Part>): boolean }

const canary = (name: string, ...any: Part[]): Canary => ({
  name,
  found: new RegExp(`canary ${name}\\b`),
  may: (parts) => any.some((part) => parts.has(part)),
})
const days = (year: number) => `${year}-05-14|14 May ${year}`

export const canaries: readonly Canary[] = [
  canary('name', 'identity'),
  { name: 'birth', found: new RegExp(days(2011)), may: (parts) => parts.has('identity') },
  { name: 'eighteenth', found: new RegExp(days(2029)), may: (parts) => parts.has('identity') },
  canary('council', 'identity'),
  canary('evidence', 'words'),
  canary('because', 'words'),
  canary('religion', 'protected'),
  canary('reasons', 'words'),
  canary('lesser', 'words'),
  canary('condition', 'conditions'),
  canary('tied', 'words'),
  canary('childswords', 'words'),
  canary('position', 'words'),
  canary('dissent', 'words'),
  canary('departure', 'words'),
  canary('note', 'words'),
  canary('staff', 'history'),
  canary('considered', 'victim', 'victim-views'),
  canary('view', 'victim', 'victim-views'),
  canary('victimfact', 'victim'),
  canary('entry', 'victim'),
]

/** The service with a case that holds every canary, wherever it stands, and a way to ask as a role. */
export async function plantedCase(state: 'preparing' | 'delivering' | 'closed') {
  const work = await caseworkOn(policy, day)
  const facts = { ...worked.facts, 'child.responsible_authority': 'canary council' }
  const child = { name: 'canary name' }
  // The one is owed as a requirement; the other is a question, and is chased.
  const asked = ['home.social_worker_view', 'child.consents_to_conditions']
  const notKnown = Object.fromEntries(asked.map((fact) => [fact, 'canary because']))
  const nobodyKnows = Object.fromEntries(asked.map((fact) => [fact, null]))
  const referral = { ...worked, facts: { ...facts, ...nobodyKnows } }
  const opened = { ...referral, notKnown, child, reference: 'PLANTED-1' }
  const { id } = granted(await work.open('officer-1', opened as never))
  const sealed = { point: '8', answer: 'no', evidence: 'canary sealed', sealed: true }
  const filled = { point: '7', answer: 'yes', evidence: 'canary form' }
  const answers = { answers: [sealed, filled] } as never
  granted(await fillChecklist(work.deps, work.as('team-leader-1'), id, 1, 'ten-points', answers))
  await work.store.commit(plants(await work.file(id), state))
  const app = createApi(
    ruleBook(policy, evaluateCompiled, () => day),
    { casework: work.deps, identify: asRole },
  )
  const ask = async (role: Role, path: string, purpose?: string) => {
    const headers = { authorization: role, ...(purpose ? { 'x-purpose': purpose } : {}) }
    const answer = await app.request(path, { headers })
    return { status: answer.status, text: await answer.text() }
  }
  return { work, id, ask }
}

/** Somebody who holds the role that the header names, in Derby. */
const asRole: Identify = async (c) => ({
  person: 'reader-1',
  grants: [
    { role: c.req.header('authorization') as Role, agency: 'partnership', partnership: 'derby' },
  ],
  by: 'demonstration',
})

/** What a role is promised, of a case that is closed or open. */
export const promised = (role: Role, closed: boolean): ReadonlySet<Part> =>
  new Set(role === 'scrutiny-member' && !closed ? [] : partsOfRole[role])

const by = { person: 'member-1', role: 'clinic-chair', agency: 'chair' } as const
const at = '2026-11-02T10:00:00.000Z'
const said = (id: string, more: Partial<AnswerEntry>): AnswerEntry => ({
  ...{ id, by, at, about: { what: 'referral' }, fact: 'child.self_harm_concern' },
  ...{ answer: 'yes', suppliedBy: 'health', supersedes: null, kept: 'ordinary' },
  ...more,
})

/** One act that writes a canary into every place where words can stand. */
function plants({ row, recommendation, answers }: CaseFile, state: string): Change {
  const victim = { about: { what: 'victim', number: 1 }, kept: 'victim' } as const
  const instead = (fact: string) => answers.find((one) => one.fact === fact)?.id ?? null
  const decision = {
    ...{ id: 'decision-1', disposals: ['diversionary-activity'], chair: null, police: null },
    ...{ countersignature: 'not-needed', ratification: 'not-needed' },
  }
  const event = (id: string, more: object) => ({
    ...{ id, chart: 'referral' as const, delivery: null },
    event: { by, at, ...more } as never,
  })
  const chosen = [{ offence: 1, disposal: 'diversionary-activity', standing: 'open' }]
  const given = {
    ...{ givenOn: day, place: 'home', givenBy: 'officer-9', rank: 'sergeant-or-above' },
    ...{ appropriateAdult: 'independent', follows: 'delivery', chosen },
    ...{ recommendationId: 'r-1', outstanding: [], decisionId: 'decision-1' },
  }
  return {
    row: {
      ...row,
      version: row.version + 1,
      snapshot: { ...row.snapshot, value: state, context: { ...row.snapshot.context, decision } },
    },
    from: row.version,
    access: { actor: by, at, action: 'case.read', requestId: 'request-1' },
    answers: [
      said('answer-1', {
        evidence: 'canary evidence',
        supersedes: instead('child.self_harm_concern'),
      }),
      said('answer-2', { fact: 'child.religion', kept: 'protected', answer: 'canary religion' }),
      said('answer-3', {
        ...victim,
        fact: 'victim.view',
        answer: 'canary view',
        supersedes: instead('victim.view'),
      }),
      said('answer-4', {
        ...victim,
        fact: 'victim.offered_support',
        evidence: 'canary victimfact',
      }),
    ],
    notes: [{ id: 'note-1', by, at, about: 'event-2', text: 'canary note' }],
    victimEntries: [
      {
        ...{ id: 'entry-1', by, at, number: 1, kind: 'safety' },
        content: { concerns: 'canary entry' },
      },
    ],
    departures: [
      {
        ...{ id: 'departure-1', by, at, reasonCode: 'other', text: 'canary departure' },
        from: { what: 'requirement', requirement: 'safety/safety-summary-shared' },
        recommendation: recommendation?.id ?? '',
        ...{ era: 'derby 0', ground: 'met 1' },
      },
    ],
    decisions: [
      {
        ...{ id: 'decision-1', by, at, clinic: null, recommendation: recommendation?.id ?? '' },
        chosen: [{ ...(chosen[0] as never as object), reasons: 'canary reasons' } as never],
        left: [],
        lesserOptions: [{ offence: 1, disposal: 'no-further-action', why: 'canary lesser' }],
        conditions: [
          {
            ...{ id: 'condition-1', offence: 1, text: 'canary condition' },
            tiedTo: { what: 'need', which: 'canary tied' },
            ...{ by: 'youth-justice', startBy: null, dueOn: '2026-12-20' },
          },
        ],
        victimConsidered: 'canary considered',
        childsWords: 'canary childswords',
        dissent: [{ agency: 'health', position: 'canary position', why: 'canary dissent' }],
        notKnown: ['home.social_worker_view'],
        attendance: [{ ...by, name: 'canary staff', way: 'remote' }],
        withdrew: [],
        settled: 'at-the-clinic',
        departures: ['departure-1'],
      },
    ],
    events: [
      event('event-1', {
        ...{ type: 'clinic.decided', clinicId: 'clinic-1', quorum: 'met', chosen, left: [] },
        ...{ decisionId: 'decision-1', departures: [], outstanding: [], recommendationId: 'r-1' },
        ...{ countersignature: 'not-needed', ratification: 'not-needed' },
      }),
      event('event-2', {
        type: 'safeguarding.raised',
        reason: { code: 'other', noteId: 'note-1' },
      }),
      event('event-3', {
        ...{ type: 'departure.recorded', departureId: 'departure-1', recommendationId: 'r-1' },
        reason: { code: 'other', noteId: 'departure-1' },
        from: {
          ...{ what: 'requirement', requirement: 'safety/safety-summary-shared' },
          ...{ authority: 'local-default', hard: true },
        },
      }),
      event('event-4', { type: 'disposal.given', ...given }),
      event('event-6', { type: 'child.turnedEighteen', at: '2029-05-14T00:05:00.000Z' }),
      {
        ...event('event-5', { type: 'condition.met', conditionId: 'condition-1' }),
        chart: 'delivery',
        delivery: 'delivery-1',
      },
    ],
  } as Change
}
