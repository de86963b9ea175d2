import { demonstrationPeople } from '../../src/access/demonstration.ts'
import { policy } from '../../src/access/policy.ts'
import { routePolicy } from '../../src/access/routes.ts'
import type { Call } from './call.ts'

export type Route = keyof typeof routePolicy
export const routes = Object.keys(routePolicy) as Route[]

/** What stands in an address where a route has a parameter. */
export type Ids = { case: string; clinic: string; partnership?: string }

/** A route as it is called. */
export function addressOf(route: Route, ids: Ids): { method: string; path: string } {
  const [method = '', pattern = ''] = route.split(' ')
  const path = pattern
    .replace('{id}', pattern.startsWith('/v1/clinics') ? ids.clinic : ids.case)
    .replace('{instrument}', 'ten-points')
    .replace('{number}', '1')
    .replace('{partnership}', ids.partnership ?? 'derby')
    .replace('{area}', 'exclusions')
    .replace('{name}', 'under-ten')
  return { method, path }
}

/** Routes that take JSON. Signing out takes nothing, and a batch takes lines. */
export const jsonRoutes = routes.filter(
  (route) => /^(POST|PUT) \/v1\//.test(route) && !route.endsWith('/batch'),
)

/** Somebody of the demonstration who may come through the door of a route; 1 is derby. */
export function personFor(route: Route, place: 1 | 2 = 1): string | undefined {
  const { who } = policy[routePolicy[route]]
  if (who === 'anyone') return undefined
  const fits = demonstrationPeople.filter(({ person }) => person.endsWith(`-${place}`))
  const found = fits.find(({ grants }) =>
    grants.some(({ role }) => who === 'signed-in' || who.includes(role)),
  )
  return found?.person
}

let keys = 0
/** What every write needs, on a case that nobody has changed. */
export const writing = (version = 1): Record<string, string> => {
  keys += 1
  return { 'if-match': `"${version}"`, 'idempotency-key': `fault-${String(keys).padStart(8, '0')}` }
}

const decision = {
  chosen: [{ offence: 1, disposal: 'diversionary-activity', reasons: 'He owned up.' }],
  lesserOptions: [{ offence: 1, disposal: 'no-further-action', why: 'He wants help.' }],
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
  dissent: [{ agency: 'health', position: 'Wait', why: 'He is ill.' }],
}
const referral = {
  partnership: 'derby',
  area: 'Derby',
  reference: 'FICTION-1',
  child: { name: 'Example Child' },
  facts: { 'child.date_of_birth': '2011-05-14', 'case.entry': 'voluntary-interview' },
  notKnown: { 'child.care_status': 'Nobody asked.' },
  offences: [{ 'offence.code': 'criminal-damage-low', 'offence.date': '2026-10-20' }],
  victims: [{ offences: [1], facts: { 'victim.view': 'They want an apology.' } }],
}
const { area: _area, reference: _reference, child: _child, ...stateless } = referral
const given = [{ fact: 'child.care_status', answer: 'none', evidence: 'A letter.' }]
const ofVictim = [{ fact: 'victim.view', answer: 'Words.', evidence: 'A letter.' }]
const unknown = [{ fact: 'child.care_status', answer: null, because: 'Nobody asked.' }]

/** Bodies of each route that have the right shape, with words in every place that takes words. */
export const bodiesOf: Partial<Record<Route, (ids: Ids) => object[]>> = {
  'POST /v1/recommendations': () => [{ ...stateless, asAt: '2026-11-02' }],
  'POST /v1/questions': () => [stateless],
  'POST /v1/referrals': () => [referral],
  'PUT /v1/cases/{id}/facts': () => [
    { answers: given, correction: { reason: 'other', text: 'It was a mistake.' } },
    { answers: unknown },
  ],
  'POST /v1/cases/{id}/events': (ids) => [
    { type: 'safeguarding.raised', reason: 'missing', text: 'Not seen since.' },
    { type: 'representations.received', from: 'solicitor', text: 'He was elsewhere.' },
    { type: 'case.held', reason: 'exploitation-looked-into', reviewOn: '2026-11-10' },
    { type: 'case.listed', clinicId: ids.clinic },
    { type: 'newOffence.linked', referralId: ids.case },
    { type: 'case.transferred', to: 'west-mercia' },
    { type: 'clinic.decided', decision },
  ],
  'PUT /v1/cases/{id}/checklists/{instrument}': () => [
    { answers: [{ point: '2', answer: 'yes', evidence: 'A letter.', suppliedBy: 'home' }] },
  ],
  'POST /v1/cases/{id}/victims': () => [
    { facts: ofVictim, entry: { kind: 'identity', name: 'Example Victim', reach: 'By letter.' } },
  ],
  'PUT /v1/cases/{id}/victims/{number}': () => [
    { entry: { kind: 'views', on: '2026-11-01', view: 'They want an apology.' } },
    { entry: { kind: 'contact', on: '2026-11-01', how: 'visit', about: 'views', words: 'Home.' } },
  ],
  'POST /v1/clinics': () => [{ partnership: 'derby', heldOn: '2026-11-12', area: 'Derby' }],
  'PUT /v1/clinics/{id}/attendance': () => [
    {
      attendance: [
        {
          person: 'member-1',
          name: 'Example Member',
          role: 'clinic-member',
          agency: 'health',
          way: 'remote',
        },
      ],
    },
  ],
  'PUT /v1/clinics/{id}/conflicts': (ids) => [
    { conflicts: [{ case: ids.case, person: 'member-1' }] },
  ],
  'PUT /v1/clinics/{id}/minutes': () => [{ minutes: 'All were heard.' }],
  'PUT /v1/clinics/{id}/state': () => [{ state: 'open' }],
  'POST /v1/rule-sets/{partnership}/events': () => [
    { type: 'ruleSet.proposed', digest: 'sha256-1', impact: 'Little.', equality: 'None.' },
    { type: 'ruleSet.withdrawn', digest: 'sha256-1', reason: 'other', note: 'A mistake.' },
    {
      type: 'ruleSet.approved',
      digest: 'sha256-1',
      inForceFrom: '2026-11-12',
      signatories: [{ person: 'inspector-1', agency: 'police' }],
    },
  ],
}

const byLeaders = ['case.listed', 'case.transferred']

/** A call of a route with one of its bodies, by somebody who may. */
export const callOf = (route: Route, ids: Ids, body: unknown, version = 1): Call => ({
  ...addressOf(route, ids),
  person: byLeaders.includes(String((body as { type?: string } | undefined)?.type))
    ? 'team-leader-1'
    : personFor(route),
  body,
  headers: writing(version),
})

/** The same body over and over, with each of its texts in turn replaced. */
export function* withEachText(body: unknown, text: string): Generator<unknown> {
  if (typeof body === 'string') yield text
  if (typeof body !== 'object' || body === null) return
  for (const [key, inner] of Object.entries(body))
    for (const changed of withEachText(inner, text)) {
      const copy = structuredClone(body) as Record<string, unknown>
      copy[key] = changed
      yield copy
    }
}
