import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Case } from '../../src/domain/case.ts'
import { readFolder } from '../../src/rules/read-folder.ts'
import { amount } from '../support/amount.ts'
import { digestOfRecommendations, someReferrals } from '../support/digest-of-recommendations.ts'
import { policyOf } from '../support/policy-with.ts'
import { realPolicy, realRulesFolder } from '../support/real-rules.ts'
import { rewritten, turned } from '../support/rewritten.ts'

/** The same facts, as-at date and rules give the same bytes. */

const policy = realPolicy()
const some = someReferrals(policy)
const digest = await digestOfRecommendations(policy, some)

describe('the same bytes come out', () => {
  test('when the same is asked twice', async () => {
    expect(await digestOfRecommendations(policy, some)).toBe(digest)
  })

  test('in whatever order the rules stand', async () => {
    const shuffled = { ...policy, rules: [...policy.rules].reverse() }
    expect(await digestOfRecommendations(shuffled, some)).toBe(digest)
  })

  test('in whatever order the keys of the rules, the catalogues and the files stand', async () => {
    const files = rewritten(readFolder(realRulesFolder).files).reverse()
    expect(await digestOfRecommendations(policyOf(files), some)).toBe(digest)
  })

  test('in whatever order the facts of a referral stand', async () => {
    const other = some.map(({ given, asAt }) => ({ given: turned<Case>(given), asAt }))
    expect(await digestOfRecommendations(policy, other)).toBe(digest)
  })

  test.each([
    ['Pacific/Kiritimati', 'tr_TR.UTF-8', 'tr-TR'],
    ['America/St_Johns', 'sv_SE.UTF-8', 'sv-SE'],
  ])('in the time zone %s and the locale %s', async (timeZone, locale, tag) => {
    const file = (name: string) => fileURLToPath(new URL(`../support/${name}`, import.meta.url))
    // In full, the rules are parsed there as well.
    const built = amount(1, 0) === 1 ? { BUILT_FOR_TESTS: process.env.BUILT_FOR_TESTS } : {}
    const place = { TZ: timeZone, LC_ALL: locale, LANG: locale, ...built }
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', file('run-typescript.mjs'), file('digest-of-recommendations.ts')],
      { env: { PATH: process.env.PATH, ...place } },
    )
    expect(JSON.parse(stdout)).toEqual({ digest, locale: tag, timeZone })
  })
})
