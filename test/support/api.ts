import { demonstrationPeople } from '../../src/access/demonstration.ts'
import { type ApiOptions, createApi } from '../../src/api/app.ts'

export { asDemonstrated } from '../../src/http/who-calls.ts'

import { type RuleBook, ruleBook } from '../../src/api/rule-book.ts'
import { type Evaluate, evaluateByReference } from '../../src/rules/evaluate.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { written } from './call.ts'
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

/** Posts a body with just these headers. */
export const post = async (
  app: App,
  path: string,
  body: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Response> => app.request(path, { method: 'POST', headers, body: written(body) })

export const recommendations = '/v1/recommendations'
export const questions = '/v1/questions'
export const batch = '/v1/recommendations/batch'
