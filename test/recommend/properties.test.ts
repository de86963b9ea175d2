import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Console } from '../../src/cli/output.ts'
import { recommendationText } from '../../src/cli/recommendation-text.ts'
import { type Disposal, disposals, type Standing, verdicts } from '../../src/domain/lists.ts'
import {
  type Option,
  type Recommendation,
  recommendationSchema,
} from '../../src/domain/recommendation.ts'
import { workedOutFrom } from '../../src/domain/worked-out.ts'
import { recommend } from '../../src/recommend/recommend.ts'
import { evaluateCompiled } from '../../src/rules/compile.ts'
import { evaluateByReference, type RuleResult, type Trace } from '../../src/rules/evaluate.ts'
import { type RuleSet, rulesInForce } from '../../src/rules/rule-set.ts'
import { exampleFacts, runExamples } from '../../src/rules/run-examples.ts'
import { type Example, effectsOf, type Rule } from '../../src/rules/schema.ts'
import { allLeaves, factsOf } from '../../src/rules/tests-of.ts'
import { always } from '../support/always.ts'
import { partOf } from '../support/amount.ts'
import { realPolicy, ruleSetOf } from '../support/real-rules.ts'
import { type Drawn, knownIn, onDays, referrals, someOf, without } from '../support/referrals.ts'

/** Laws that hold for every referral, on all the rules that Waymark ships. */

const policy = realPolicy()
const ruleSets = new Map(
  ['national', ...Object.keys(policy.partnerships)].map((id) => [id, ruleSetOf(policy, id)]),
)
const drawn = referrals(policy)

type Seen = { recommendation: Recommendation; results: RuleResult[][] }

/** The recommendation, with what every rule said of every matter; nothing where it is refused. */
async function lookAt(ruleSet: RuleSet, { given, asAt }: Drawn): Promise<Seen | undefined> {
  const results: RuleResult[][] = []
  const result = await recommend(ruleSet, given, asAt, async (rules, facts) => {
    results.push(await evaluateCompiled(rules, facts))
    return results.at(-1) ?? []
  })
  return result.ok ? { recommendation: result.value, results } : undefined
}

async function look(one: Drawn): Promise<Seen> {
  const seen = await lookAt(ruleSetFor(one), one)
  if (!seen) throw new Error(`refused: ${JSON.stringify(one)}`)
  return seen
}

const ruleSetFor = ({ given: { partnership } }: Drawn) =>
  ruleSets.get(partnership) ?? ruleSetOf(policy, partnership)
const inForce = (one: Drawn) => rulesInForce(ruleSetFor(one), one.asAt)

const idOf = ({ layer, id }: Pick<Rule, 'layer' | 'id'>) => `${layer} ${id}`

function leavesIn(trace: Trace | undefined): Extract<Trace, { kind: 'leaf' }>[] {
  if (!trace) return []
  return trace.kind === 'leaf' ? [trace] : trace.tests.flatMap(leavesIn)
}
const allLeavesIn = ({ appliesTo, when, doneWhen }: RuleResult) =>
  [appliesTo, when, ...doneWhen.values()].flatMap(leavesIn)

describe('taking facts away', () => {
  /** Neither as it was nor unknown. */
  const turned = <T extends string>(before: T | undefined, after: T, unknown: T) =>
    after !== before && after !== unknown

  /** Those of some that are not among others. */
  const beyond = (some: readonly string[], others: readonly string[]) => {
    const known = new Set(others)
    return some.filter((one) => !known.has(one))
  }

  /** Each law with what breaks it, given what was said before and after. */
  const laws: Record<string, (before: Seen, after: Seen) => string[]> = {
    'makes every finding need-to-know or leaves it as it was, down to every single test': (
      before,
      after,
    ) =>
      after.results.flatMap((results, matter) =>
        results.flatMap((result, i) => {
          const was = before.results[matter]?.[i]
          const leaves = was ? allLeavesIn(was) : []
          const wrong =
            turned(was?.verdict, result.verdict, 'need-to-know') ||
            allLeavesIn(result).some(({ verdict }, j) =>
              turned(leaves[j]?.verdict, verdict, 'need-to-know'),
            )
          return wrong ? [idOf(result.rule)] : []
        }),
      ),

    'makes the status cannot-tell or leaves it as it was': (before, after) => {
      const [was, is] = [before.recommendation.status, after.recommendation.status]
      return turned(was, is, 'cannot-tell') ? [`${was} became ${is}`] : []
    },

    'makes every option cannot-tell or leaves it as it was': (before, after) =>
      after.recommendation.offences.flatMap(({ offence, options }, i) =>
        options.flatMap(({ disposal, standing }, j) => {
          const was = before.recommendation.offences[i]?.options[j]?.standing
          const wrong = turned(was, standing, 'cannot-tell')
          return wrong ? [`${offence} ${disposal}: ${was} became ${standing}`] : []
        }),
      ),

    'never brings a starting point that was not one, and never hides one': (before, after) => {
      const listed = ({ recommendation }: Seen, sure: boolean) =>
        recommendation.offences.flatMap(({ offence, startingPoints }) =>
          startingPoints
            .filter(({ state }) => !sure || state === 'starting-point')
            .map(({ rule }) => `${offence} ${idOf(rule)}`),
        )
      return [
        ...beyond(listed(after, true), listed(before, true)),
        ...beyond(listed(before, false), listed(after, false)),
      ]
    },

    'only ever adds to what needs to be known, for every offence': (before, after) => {
      const asked = ({ recommendation: { needToKnow } }: Seen) =>
        needToKnow.flatMap(({ fact, offences }) => offences.map((number) => `${fact} ${number}`))
      return beyond(asked(before), asked(after))
    },
  }

  // One to three facts, or a good part of all that is known.
  const picked = fc.oneof(
    fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    fc.array(fc.nat(), { minLength: 10, maxLength: 100 }),
  )
  const someTaken = fc.tuple(drawn, picked).map(([one, picks]) => {
    const known = knownIn(one.given)
    return { one, ids: known.length > 0 ? picks.map((n) => known[n % known.length] ?? '') : [] }
  })

  test.each(Object.entries(laws))('%s', (_law, broken) =>
    always(someTaken, partOf(100), async ({ one, ids }) => {
      const fewer = await look({ ...one, given: without(one.given, ids) })
      expect(broken(await look(one), fewer), `without ${ids}`).toEqual([])
    }),
  )

  test('one by one, from every example of every rule by itself, breaks none of these laws', async () => {
    const wrong: string[] = []
    for (const rule of policy.rules)
      for (const example of rule.examples)
        wrong.push(...(await brokenBy([rule], caseOf(rule, example.given, example))))
    expect(wrong).toEqual([])
  })

  test('one by one, where one starting point goes before another, breaks none of these laws', async () => {
    const met = (rule: Rule) => rule.examples.filter(({ expect }) => expect === 'met')
    const wrong: string[] = []
    for (const first of policy.rules)
      for (const other of policy.rules) {
        const { id } = other
        if (!effectsOf(first, 'start-at').some(({ over }) => over?.includes(id))) continue
        for (const before of met(first).slice(0, 3))
          for (const behind of met(other).slice(0, 3)) {
            const given = { ...behind.given, ...before.given }
            wrong.push(...(await brokenBy([first, other], caseOf(first, given, before))))
          }
      }
    expect(wrong).toEqual([])
  })

  test('parameters too, from every example of every rule, leaves its verdict or makes it need-to-know', async () => {
    for (const rule of policy.rules)
      for (const example of rule.examples) {
        const { facts } = exampleFacts(policy, rule, example)
        const [full] = await evaluateByReference([rule], facts)
        for (const id of factsOf(rule)) {
          const fewer = Object.fromEntries(Object.entries(facts).filter(([other]) => other !== id))
          const [result] = await evaluateByReference([rule], fewer)
          expect(
            result && turned(full?.verdict, result.verdict, 'need-to-know'),
            `${rule.id}, "${example.name}", without ${id}`,
          ).toBe(false)
        }
      }
  })

  /** What breaks a law when the facts of a case are taken away one by one, by some rules alone. */
  async function brokenBy(rules: readonly Rule[], one: Drawn): Promise<string[]> {
    const alone = { ...ruleSetFor(one), rules }
    const before = await lookAt(alone, one)
    const wrong: string[] = []
    for (const id of before ? Object.keys(one.given.facts) : []) {
      const after = await lookAt(alone, { ...one, given: without(one.given, [id]) })
      for (const [law, broken] of Object.entries(laws))
        for (const what of before && after ? broken(before, after) : [])
          wrong.push(`${rules.map(idOf)}, without ${id}: ${law} (${what})`)
    }
    return wrong
  }

  /** What an example gives as a referral, without what only the partnership can say. */
  function caseOf(rule: Rule, given: Example['given'], example: Example): Drawn {
    const facts = Object.entries(given).filter(([id]) => !/^(parameter|provision)\./.test(id))
    return {
      given: {
        partnership: rule.layer,
        facts: Object.fromEntries(facts) as Drawn['given']['facts'],
      },
      asAt: exampleFacts(policy, rule, example).asAt,
    }
  }
})

test('a fact that nobody asks for changes no status, no option and no starting point', () => {
  const inputs = (id: string): string[] => [
    id,
    ...(workedOutFrom[id] ?? []).flatMap((input) => inputs(input)),
  ]
  const settles = ({ status, offences }: Recommendation) => [
    status,
    ...offences.map(({ options, startingPoints }) => [
      options.map(({ disposal, standing }) => [disposal, standing]),
      startingPoints.map(({ rule, state }) => [rule.id, state]),
    ]),
  ]
  const ids = Object.keys(policy.facts).filter(
    (id) => !/^(parameter|provision)\./.test(id) && !Object.hasOwn(workedOutFrom, id),
  )
  return always(fc.tuple(drawn, someOf(policy, ids)), partOf(120), async ([one, told]) => {
    const { recommendation } = await look(one)
    const asked = recommendation.needToKnow.flatMap(({ fact }) => inputs(fact))
    const settled = new Set([...asked, ...knownIn(one.given).flatMap(inputs)])
    const silent = Object.entries(onDays(told, one.asAt)).filter(([id]) => !settled.has(id))
    const facts = { ...one.given.facts, ...Object.fromEntries(silent) }
    // What nobody asked for may still contradict the rest; then there is nothing to compare.
    const fuller = await lookAt(ruleSetFor(one), { ...one, given: { ...one.given, facts } })
    if (fuller)
      expect(settles(fuller.recommendation), silent.join()).toEqual(settles(recommendation))
  })
})

describe('facts that may not count against a child', () => {
  const marked = (mark: 'protected' | 'needs') =>
    Object.keys(policy.facts).filter((id) => policy.facts[id]?.[mark] === 'yes')
  const answers = (mark: 'protected' | 'needs') => someOf(policy, marked(mark))

  test('changing a protected characteristic changes nothing at all', () =>
    always(fc.tuple(drawn, answers('protected')), partOf(40), async ([one, told]) => {
      const others = {
        ...one,
        given: {
          ...one.given,
          facts: { ...one.given.facts, ...told },
          offences: one.given.offences?.map((facts) => ({ ...facts, ...told })),
        },
      }
      const plain = without(one.given, marked('protected'))
      const bytes = JSON.stringify((await look(one)).recommendation)
      expect(JSON.stringify((await look(others)).recommendation)).toBe(bytes)
      expect(JSON.stringify((await look({ ...one, given: plain })).recommendation)).toBe(bytes)
    }))

  test('a need of the child, told or changed, closes no lesser option and raises no start', () =>
    always(fc.tuple(drawn, answers('needs')), partOf(80), async ([one, told]) => {
      const before = (await look(one)).recommendation
      const other = without(one.given, Object.keys(told))
      const given = { ...other, facts: { ...other.facts, ...onDays(told, one.asAt) } }
      const after = (await look({ ...one, given })).recommendation
      if (before.status === 'open') expect(after.status).toBe('open')
      for (const [i, offence] of after.offences.entries()) {
        const was = before.offences[i]
        const lost = offence.options.findIndex(
          (option, j) => closer(option) > closer(was?.options[j]),
        )
        if (lost >= 0)
          for (const option of offence.options.slice(lost))
            expect(option.standing, `${option.disposal} after ${JSON.stringify(told)}`).toBe(
              'ruled-out',
            )
        expect(highest(offence)).toBeLessThanOrEqual(
          Math.max(highest(was), was?.startingPoints.length ? 0 : informal),
        )
      }
    }))

  const informal = disposals.indexOf('community-resolution')
  const closer = (option: Option | undefined) =>
    (['open', 'cannot-tell', 'ruled-out'] satisfies Standing[]).indexOf(option?.standing ?? 'open')
  const highest = (offence: Recommendation['offences'][number] | undefined) =>
    Math.max(
      0,
      ...(offence?.startingPoints ?? []).map(({ disposal }) => disposals.indexOf(disposal)),
    )
})

test('what a met statute rule rules out is never open, for the offence it is met for', () =>
  always(drawn, partOf(80), async (one) => {
    const { recommendation } = await look(one)
    const rules = new Map(inForce(one).map((rule) => [idOf(rule), rule]))
    const closed = (offence: number): Disposal[] =>
      recommendation.findings
        .filter(({ verdict, offences }) => verdict === 'met' && offences.includes(offence))
        .filter(({ rule: { authority } }) => authority === 'statute')
        .flatMap(({ rule }) => rules.get(idOf(rule)) ?? [])
        .flatMap((rule) => effectsOf(rule, 'rule-out').flatMap(({ disposals }) => disposals))
    for (const { offence, options } of recommendation.offences) {
      const ruledOut = closed(offence)
      for (const { disposal, standing } of options)
        if (ruledOut.includes(disposal)) expect(standing).toBe('ruled-out')
    }
  }))

test('an offence added changes nothing that is said of the others', () =>
  always(
    drawn.filter(({ given }) => (given.offences?.length ?? 0) > 1),
    partOf(60),
    async ({ given, asAt }) => {
      const offences = given.offences?.slice(0, -1) ?? []
      const fewer = {
        ...given,
        offences,
        victims: (given.victims ?? []).map(({ facts, offences: of }) => ({
          facts,
          ...(of ? { offences: of.filter((number) => number <= offences.length) } : {}),
        })),
      }
      const before = (await look({ given: fewer, asAt })).recommendation
      const after = (await look({ given, asAt })).recommendation
      expect(after.offences.slice(0, -1)).toEqual(before.offences)
    },
  ))

test('no recommendation says that a child must be charged', () =>
  always(drawn, partOf(60), async (one) => {
    const { recommendation } = await look(one)
    const ruleSet = ruleSetOf(policy, one.given.partnership)
    const colourless = { colour: false } as Console
    const printed = recommendationText(colourless, ruleSet, recommendation, true)
    for (const text of [JSON.stringify(recommendation), printed.replace(/\s+/g, ' ')])
      expect(text).not.toMatch(/\b(must|has to|have to|shall) (always )?(be )?charged?\b/i)
  }))

test('every recommendation has the shape that is promised to callers, and nothing besides', () =>
  always(drawn, partOf(40), async (one) => {
    const { recommendation } = await look(one)
    expect(recommendationSchema.parse(recommendation)).toEqual(recommendation)
  }))

describe('every rule', () => {
  test('answers each of its tests for every referral, whether it fires or not', () =>
    always(drawn, partOf(50), async (one) => {
      const { results, recommendation } = await look(one)
      expect(results.length).toBeGreaterThan(0)
      for (const each of results) {
        expect(each.map(({ rule }) => rule)).toEqual(inForce(one))
        const silent = each.filter((result) => {
          const answers = allLeavesIn(result).filter(({ verdict }) => verdicts.includes(verdict))
          return answers.length !== allLeaves(result.rule).length
        })
        expect(silent.map(({ rule }) => idOf(rule))).toEqual([])
      }
      const found = recommendation.findings.map(({ rule }) => idOf(rule))
      expect(new Set(found)).toEqual(new Set(inForce(one).map(idOf)))
    }))

  test('fires in one of its examples and fails in another', async () => {
    const said = new Map<string, Set<string>>()
    for (const { rule, example, passed } of await runExamples(policy, evaluateByReference)) {
      expect(passed, `${rule.id}: ${example.name}`).toBe(true)
      said.set(rule.file, (said.get(rule.file) ?? new Set()).add(example.expect))
    }
    for (const [rule, verdicts] of said) {
      expect(verdicts, rule).toContain('met')
      expect(verdicts.has('not-met') || verdicts.has('does-not-apply'), rule).toBe(true)
    }
    expect(said.size).toBe(policy.rules.length)
  })
})
