import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { ruleBook } from '../../src/api/rule-book.ts'
import { loadRuleSet, type RuleSetVersions } from '../../src/casework/rule-sets.ts'
import { asDemonstrated } from '../../src/http/who-calls.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { smallPolicy } from '../support/api.ts'
import { callOn } from '../support/call.ts'
import { caseworkOn } from '../support/casework.ts'
import { ruleSetOf } from '../support/real-rules.ts'

const small = smallPolicy()
const derby = small.partnerships.derby
if (!derby) throw new Error('The small rules have no Derby.')
const source = { ref: 'waymark-default', at: 'a test' }
const policy: Policy = {
  ...small,
  partnerships: {
    derby: {
      ...derby,
      panel: { ...derby.panel, rule_changes_signed_by: { value: ['police'], source } },
    },
  },
}
const next = ruleSetOf({ ...policy, rules: policy.rules.slice(1) }, 'derby')

/** A service that was started with rules, and then with others. */
async function site() {
  const work = await caseworkOn(policy)
  const book = ruleBook(policy, evaluateCompiled, () => '2026-11-02')
  const deps = { ...work.deps, ruleSet: book.ruleSet }
  await loadRuleSet(deps, ruleSetOf(policy, 'derby'))
  await loadRuleSet(deps, next)
  const app = createApi(book, { casework: deps, identify: asDemonstrated, demonstration: true })
  const versions = '/v1/rule-sets/derby/versions'
  const call = callOn(app)
  const get = (path = versions, person = 'chair-1') => call({ method: 'GET', path, person })
  return {
    get,
    /** Asks for an event, on what is there now. */
    event: async (person: string, body: object, more: Record<string, string> = {}) => {
      const { headers: now } = await get(versions, 'policy-lead-1')
      return call({
        method: 'POST',
        path: '/v1/rule-sets/derby/events',
        person,
        body: { digest: next.digest, ...body },
        headers: { 'if-match': now.get('etag') ?? '', ...more },
      })
    },
  }
}
const proposal = { type: 'ruleSet.proposed', impact: 'Little.', equality: 'None is met more.' }
const approval = {
  type: 'ruleSet.approved',
  signatories: [{ person: 'inspector-1', agency: 'police' }],
  inForceFrom: '2026-11-02',
}

describe('the versions of the rules, over HTTP', () => {
  it('are proposed, compared, approved, and from then on what every answer is made by', async () => {
    const { get, event } = await site()
    expect((await event('policy-lead-1', proposal)).status).toBe(200)
    const compared = await get(`/v1/rule-sets/derby/versions/${next.digest}/comparison`)
    expect(await compared.json()).toMatchObject({
      ends: [{ id: 'exclusions/under-ten' }],
      drops: [],
      openCases: null,
    })

    const answer = await event('rule-approver-1', approval)
    const after = (await answer.json()) as RuleSetVersions
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, `"${after.version}"`])
    expect(after.inForce).toBe(next.digest)
    const { ruleSets } = (await (await get('/v1/rule-sets')).json()) as { ruleSets: object[] }
    expect(ruleSets).toContainEqual(
      expect.objectContaining({ partnership: 'derby', digest: next.digest }),
    )
  })

  it('are not changed by who may not, nor on what is old, nor without saying on what', async () => {
    const { event } = await site()
    expect((await event('chair-1', proposal)).status).toBe(403)
    expect((await event('policy-lead-2', proposal)).status).toBe(404)
    expect((await event('policy-lead-1', proposal, { 'if-match': '"1"' })).status).toBe(412)
    expect((await event('policy-lead-1', proposal, { 'if-match': '' })).status).toBe(400)
    expect((await event('policy-lead-1', { ...proposal, note: 'x' })).status).toBe(422)
  })

  it('say what blocks an approval', async () => {
    const { event } = await site()
    await event('policy-lead-1', proposal)
    const answer = await event('rule-approver-1', { ...approval, signatories: [] })
    expect([answer.status, ((await answer.json()) as { blockedBy: object }).blockedBy]).toEqual([
      409,
      [
        {
          what: 'condition',
          id: 'everybodySigned',
          says: 'Every agency that the partnership names must have signed.',
        },
      ],
    ])
  })

  it('are absent for those of another partnership, as is one that nobody loaded', async () => {
    const { get } = await site()
    expect((await get(undefined, 'policy-lead-2')).status).toBe(404)
    expect((await get('/v1/rule-sets/derby/versions/sha256-none/comparison')).status).toBe(404)
  })
})
