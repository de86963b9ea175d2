import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { CaseStore } from '../../src/casework/ports.ts'
import {
  compareRecommendations,
  latestRecommendation,
  recommendations,
} from '../../src/casework/recommendations.ts'
import { readCase } from '../../src/rules/read-case.ts'
import { composeRuleSet } from '../../src/rules/rule-set.ts'
import { caseworkOn, granted } from '../support/casework.ts'
import { realPolicy } from '../support/real-rules.ts'

const policy = realPolicy()
const read = readCase({ path: 'worked-case.yaml', bytes: readFileSync('docs/worked-case.yaml') })
if (!read.ok) throw new Error('The worked case cannot be read.')
const worked = read.value
const held = 'children-in-care/care-evidence-incomplete'

async function aCase() {
  const casework = await caseworkOn(policy)
  const { id } = granted(await casework.open('officer-1', worked))
  const latest = async (person = 'chair-1', store: CaseStore = casework.store) =>
    granted(await latestRecommendation({ ...casework.deps, store }, casework.as(person), id))
  return { ...casework, id, latest }
}

describe('the recommendations of a case', () => {
  test('are listed oldest first, and each stays when the rules run again', async () => {
    const { deps, as, id, answer } = await aCase()
    const list = async () => granted(await recommendations(deps, as('chair-1'), id))
    const [first] = await list()
    granted(
      await answer('social-worker-1', id, [{ fact: 'home.social_worker_view', answer: 'yes' }]),
    )
    const both = await list()
    expect(both[0]).toEqual(first)
    expect(both).toHaveLength(2)
    expect(first).toMatchObject({ asAt: '2026-11-02', status: 'on-hold' })
    expect(first?.digest).toMatch(/^sha256-[0-9a-f]{64}$/)
  })

  test('say what changed from the last but one to the latest', async () => {
    const { deps, as, id, answer } = await aCase()
    expect(await compareRecommendations(deps, as('chair-1'), id)).toEqual({
      ok: false,
      why: 'absent',
    })
    granted(
      await answer('social-worker-1', id, [{ fact: 'home.social_worker_view', answer: 'yes' }]),
    )
    const changed = granted(await compareRecommendations(deps, as('chair-1'), id))
    expect(changed.status).toEqual({ before: 'on-hold', after: 'open' })
    expect(changed.says[0]).toBe('The referral was "on hold" and is now "open to the clinic".')
    const back = granted(
      await compareRecommendations(deps, as('chair-1'), id, changed.after, changed.before),
    )
    expect(back.status).toEqual({ before: 'open', after: 'on-hold' })
  })

  test('are not for a victim liaison officer, and not there for another partnership', async () => {
    const { deps, as, id } = await aCase()
    for (const ask of [recommendations, latestRecommendation, compareRecommendations]) {
      expect(await ask(deps, as('victim-liaison-1'), id)).toMatchObject({ why: 'not-allowed' })
      expect(await ask(deps, as('chair-2'), id)).toEqual({ ok: false, why: 'absent' })
    }
  })
})

describe('the latest recommendation', () => {
  test('has its findings made again, and is the same letter for letter', async () => {
    const { latest } = await aCase()
    const { recommendation, madeAgain } = await latest()
    expect(madeAgain).toEqual({
      same: true,
      says: 'Made again with the rules and the facts of 2 November 2026, it is the same, letter for letter.',
    })
    expect(recommendation.findings.find(({ rule }) => rule.id === held)?.explanation[0]).toBe(
      'This rule is met.',
    )
  })

  test('of yesterday is explained with yesterday’s rules after the rules changed', async () => {
    const { deps, as, id } = await aCase()
    const without = { ...policy, rules: policy.rules.filter((rule) => rule.id !== held) }
    const now = {
      ...deps,
      today: () => '2026-11-03',
      ruleSet: () => composeRuleSet(without, 'derby'),
    }
    const { recommendation, madeAgain } = granted(
      await latestRecommendation(now, as('chair-1'), id),
    )
    expect(madeAgain.same).toBe(true)
    expect(recommendation.holds.map(({ rule }) => rule.id)).toEqual([held])
    expect(recommendation.findings.map(({ rule }) => rule.id)).toContain(held)
    expect(recommendation.ruleSet.asAt).toBe('2026-11-02')
  })

  test('that comes out otherwise is said to, and is shown as it was given', async () => {
    const { latest, store } = await aCase()
    const forged: CaseStore = {
      ...store,
      read: async (...asked) => {
        const file = await store.read(...asked)
        return file?.recommendation
          ? { ...file, recommendation: { ...file.recommendation, digest: 'sha256-0' } }
          : file
      },
    }
    const { recommendation, madeAgain } = await latest('chair-1', forged)
    expect(madeAgain).toEqual({
      same: false,
      says: 'Made again with the rules and the facts of 2 November 2026, the recommendation is another one. What was given on 2 November 2026 is shown, without its findings. Have the record checked.',
    })
    expect(recommendation.status).toBe('on-hold')
    expect(recommendation.findings).toEqual([])
  })

  test('whose rules are lost or were changed says so', async () => {
    const { latest, store } = await aCase()
    const lost = { ...store, ruleSet: async () => undefined }
    expect((await latest('chair-1', lost)).madeAgain.says).toMatch(
      /^The recommendation cannot be made again\. The rule set sha256-\w+ is not kept\./,
    )
    const changed = {
      ...store,
      ruleSet: async (digest: string) =>
        (await store.ruleSet(digest))?.replace('"looked-after"', '"care-leaver"'),
    }
    expect((await latest('chair-1', changed)).madeAgain.says).toContain('is not what was kept')
  })

  test('shows nothing that a rule looked at about a victim', async () => {
    const { latest } = await aCase()
    const { recommendation } = await latest()
    const about = recommendation.findings.filter(({ victims }) => victims.length > 0)
    expect(about.length).toBeGreaterThan(5)
    for (const { tests, explanation } of about) {
      expect(tests).toEqual([])
      expect(explanation[1]).toBe(
        'What it looked at is about a victim, and is kept apart from the case.',
      )
    }
    expect(JSON.stringify(recommendation.findings)).not.toMatch(/"fact":"victim\.[^}]*"given"/)
  })
})
