import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createApi } from '../../src/api/app.ts'
import { ruleBook } from '../../src/api/rule-book.ts'
import { caseSchema } from '../../src/domain/case.ts'
import { recommendationSchema } from '../../src/domain/recommendation.ts'
import { recommend } from '../../src/recommend/recommend.ts'
import { evaluateByReference } from '../../src/rules/evaluate.ts'
import { officer, post, recommendations, smallApi, smallBook } from '../support/api.ts'
import { toRecommend } from '../support/made-up.ts'
import { asAt } from '../support/policy-with.ts'
import { realPolicy, ruleSetOf } from '../support/real-rules.ts'

const workedCase = parse(
  readFileSync(fileURLToPath(new URL('../../docs/worked-case.yaml', import.meta.url)), 'utf8'),
)

describe('POST /v1/recommendations', () => {
  it('answers the worked case byte for byte as the recommendation itself', async () => {
    const policy = realPolicy()
    const app = createApi(
      ruleBook(policy, evaluateByReference, () => '2030-01-01'),
      { identify: officer },
    )
    const answer = await post(app, recommendations, workedCase)
    const given = caseSchema.parse(workedCase)
    const set = ruleSetOf(policy, 'derby')
    const result = await recommend(set, given, '2026-11-02', evaluateByReference)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe(JSON.stringify(result.ok && result.value))
  })

  it('answers nothing that the schema of a recommendation does not know', async () => {
    const answer = await post(smallApi(), recommendations, toRecommend)
    const json: unknown = await answer.json()
    expect(recommendationSchema.parse(json)).toEqual(json)
  })

  it('is JSON, and says that it is advice', async () => {
    const answer = await post(smallApi(), recommendations, toRecommend)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(await answer.json()).toMatchObject({ kind: 'recommendation', advisory: true })
  })

  it('takes the rules of the partnership that is named', async () => {
    const answer = await post(smallApi(), recommendations, toRecommend)
    const { ruleSet, referrals } = recommendationSchema.parse(await answer.json())
    expect(ruleSet).toMatchObject({ partnership: 'derby', asAt })
    expect(referrals.map(({ to }) => to)).toEqual(['the virtual school'])
  })

  it('takes the national rules alone where no partnership is named', async () => {
    const answer = await post(smallApi(), recommendations, { facts: {} })
    const { ruleSet, referrals } = recommendationSchema.parse(await answer.json())
    expect(ruleSet.partnership).toBe('national')
    expect(referrals).toEqual([])
  })

  it('takes today, as the clock of the service says it, where no day is named', async () => {
    const answer = await post(smallApi(), recommendations, {})
    expect(recommendationSchema.parse(await answer.json()).ruleSet.asAt).toBe(asAt)
  })

  it.each([
    ['2026-02-11', ['The guidance of before.']],
    ['2026-02-12', []],
  ])('on %s says what was in force that day', async (day, notes) => {
    const given = { asAt: day, offences: [{ 'offence.weapon': 'bladed-article' }] }
    const answer = await post(smallApi(), recommendations, given)
    const { prompts } = recommendationSchema.parse(await answer.json())
    expect(prompts.map(({ note }) => note)).toEqual(notes)
  })

  it('takes null for what is not known, and not for no', async () => {
    const unknown = await post(smallApi(), recommendations, {
      facts: { 'child.age_at_offence': null },
    })
    const absent = await post(smallApi(), recommendations, { facts: {} })
    expect(await unknown.text()).toBe(await absent.text())
  })

  it('keeps nothing between two requests', async () => {
    const app = smallApi()
    await post(app, recommendations, toRecommend)
    const answer = await post(app, recommendations, {})
    expect(await answer.text()).toBe(await (await post(smallApi(), recommendations, {})).text())
  })

  it('lets others have their turn between the offences of a long referral', async () => {
    const said: string[] = []
    const app = createApi(
      smallBook(async (rules, facts) => {
        said.push('offence')
        return evaluateByReference(rules, facts)
      }),
      { identify: officer },
    )
    const long = post(app, recommendations, { offences: Array(20).fill({}) })
    const other = new Promise<void>((turn) => setImmediate(() => setImmediate(turn)))
    await other.then(() => said.push('another request'))
    await long
    expect(said.indexOf('another request')).toBeGreaterThanOrEqual(0)
    expect(said.indexOf('another request')).toBeLessThan(20)
    expect(said).toHaveLength(21)
  })
})
