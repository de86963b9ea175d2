import { demonstrationPeople } from '../../src/access/demonstration.ts'
import { type ApiOptions, createApi } from '../../src/api/app.ts'

export { asDemonstrated } from '../../src/http/who-calls.ts'

import { type RuleBook, ruleBook } from '../../src/api/rule-book.ts'
import type { CaseInput } from '../../src/domain/case.ts'
import { type Evaluate, evaluateByReference } from '../../src/rules/evaluate.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { asAt, is, leaf, policyWith, rule } from './policy-with.ts'

/** A few rules that ask different people, one of them of Derby, one closed in 2026. */
export const fewRules = [
  rule('exclusions/under-ten', {
    title: 'The child was under ten',
    authority: 'statute',
    when: { all: [leaf('child.age_at_offence', 'lessThan', 10)] },
    then: [{ exclude: { route: 'safeguarding', scope: 'offence' } }],
  }),
  rule('disposals/consent', {
    when: is('child.consents_to_conditions', 'no'),
    then: [{ 'rule-out': { disposals: ['youth-conditional-caution'] } }],
  }),
  rule('knife/old-guidance', {
    in_force: { from: '2013-04-08', until: '2026-02-11' },
    when: is('offence.weapon', 'bladed-article'),
    then: [{ consider: { note: 'The guidance of before.' } }],
  }),
  rule('panel/weekly', {
    layer: 'derby',
    authority: 'local-protocol',
    when: is('child.care_status', 'looked-after'),
    then: [{ refer: { to: 'the virtual school' } }],
  }),
]

export const smallPolicy = (): Policy => policyWith(fewRules)

export const smallBook = (evaluate: Evaluate = evaluateByReference): RuleBook =>
  ruleBook(smallPolicy(), evaluate, () => asAt)

/** An officer of the demonstration: may ask for recommendations, as everybody who is signed in. */
export const officer = async () =>
  demonstrationPeople.find(({ person }) => person === 'officer-1') ?? ('absent' as const)

export const smallApi = (options: ApiOptions = {}) =>
  createApi(smallBook(), { identify: officer, ...options })

type App = { request: ReturnType<typeof createApi>['request'] }

/** A referral that all of fewRules can be asked about. */
export const aReferral: CaseInput = {
  partnership: 'derby',
  asAt,
  facts: { 'child.date_of_birth': '2011-05-14', 'child.care_status': 'looked-after' },
  offences: [{ 'offence.code': 'criminal-damage-low', 'offence.date': '2026-10-20' }],
}

/** Posts a body, which is written as JSON unless it is text or bytes already. */
export async function post(
  app: App,
  path: string,
  body: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Response> {
  const raw = typeof body === 'string' || body instanceof Uint8Array
  return app.request(path, {
    method: 'POST',
    headers,
    body: (raw ? body : JSON.stringify(body)) as string | Uint8Array<ArrayBuffer>,
  })
}

export const recommendations = '/v1/recommendations'
export const questions = '/v1/questions'
export const batch = '/v1/recommendations/batch'
