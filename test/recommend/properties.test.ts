import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
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
import { rulesInForce } from '../../src/rules/rule-set.ts'
import { exampleFacts, runExamples } from '../../src/rules/run-examples.ts'
import { effectsOf, type Rule } from '../../src/rules/schema.ts'
import { allLeaves, factsOf } from '../../src/rules/tests-of.ts'
import { always } from '../support/always.ts'
import { realPolicy, ruleSetOf } from '../support/real-rules.ts'
import {
  answerTo,
  type Drawn,
  knownIn,
  onDays,
  referrals,
  settled,
  someOf,
  without,
} from '../support/referrals.ts'

/** Laws that hold for every referral, on all the rules that Waymark ships. */

const policy = realPolicy()
const ruleSets = new Map(
  ['national', ...Object.keys(policy.partnerships)].map((id) => [id, ruleSetOf(policy, id)]),
)
const drawn = referrals(policy)

type Seen = { recommendation: Recommendation; results: RuleResult[][] }

/** The recommendation, with what every rule said of every matter. */
async function look({ given, asAt }: Drawn): Promise<Seen> {
  const results: RuleResult[][] = []
  const ruleSet = ruleSets.get(given.partnership) ?? ruleSetOf(policy, given.partnership)
  const result = await recommend(ruleSet, given, asAt, async (rules, facts) => {
    results.push(await evaluateCompiled(rules, facts))
    return results.at(-1) ?? []
  })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return { recommendation: result.value, results }
}

const inForce = ({ given, asAt }: Drawn) =>
  rulesInForce(ruleSets.get(given.partnership) ?? ruleSetOf(policy), asAt)

const idOf = ({ layer, id }: Pick<Rule, 'layer' | 'id'>) => `${layer} ${id}`

/** Those of some that are not among others. */
const beyond = (some: readonly string[], others: readonly string[]) => {
  const known = new Set(others)
  return some.filter((one) => !known.has(one))
}

function leavesIn(trace: Trace | undefined): Extract<Trace, { kind: 'leaf' }>[] {
  if (!trace) return []
  return trace.kind === 'leaf' ? [trace] : trace.tests.flatMap(leavesIn)
}
const allLeavesIn = ({ appliesTo, when, doneWhen }: RuleResult) =>
  [appliesTo, when, ...doneWhen.values()].flatMap(leavesIn)

describe('taking a fact away', () => {
  const someTaken = fc
    .tuple(drawn, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }))
    .map(([one, picks]) => {
      const known = knownIn(one.given)
      return { one, ids: known.length > 0 ? picks.map((n) => known[n % known.length] ?? '') : [] }
    })
  const compared = async ({ one, ids }: { one: Drawn; ids: string[] }) => ({
    before: await look(one),
    after: await look({ ...one, given: without(one.given, ids) }),
    taken: `without ${ids}`,
  })

  /** Neither as it was nor unknown. */
  const turned = <T extends string>(before: T | undefined, after: T, unknown: T) =>
    after !== before && after !== unknown

  test('makes every finding need-to-know or leaves it as it was, down to every single test', () =>
    always(someTaken, 80, async (drawn) => {
      const { before, after, taken } = await compared(drawn)
      const wrong = after.results.flatMap((results, matter) =>
        results.filter((result, i) => {
          const was = before.results[matter]?.[i]
          const leaves = was ? allLeavesIn(was) : []
          return (
            turned(was?.verdict, result.verdict, 'need-to-know') ||
            allLeavesIn(result).some(({ verdict }, j) =>
              turned(leaves[j]?.verdict, verdict, 'need-to-know'),
            )
          )
        }),
      )
      expect(
        wrong.map(({ rule }) => idOf(rule)),
        taken,
      ).toEqual([])
    }))

  test('makes the status and every option cannot-tell or leaves them as they were', () =>
    always(someTaken, 100, async (drawn) => {
      const { before, after, taken } = await compared(drawn)
      const was = before.recommendation
      const { status, offences } = after.recommendation
      expect(turned(was.status, status, 'cannot-tell'), `${status}, ${taken}`).toBe(false)
      const wrong = offences.flatMap(({ options }, i) =>
        options.filter(({ standing }, j) =>
          turned(was.offences[i]?.options[j]?.standing, standing, 'cannot-tell'),
        ),
      )
      expect(wrong, taken).toEqual([])
    }))

  test('never brings a starting point that was not one, and never hides one', () =>
    always(someTaken, 100, async (drawn) => {
      const { before, after, taken } = await compared(drawn)
      const listed = ({ recommendation }: Seen, sure: boolean) =>
        recommendation.offences.flatMap(({ offence, startingPoints }) =>
          startingPoints
            .filter(({ state }) => !sure || state === 'starting-point')
            .map(({ rule }) => `${offence} ${idOf(rule)}`),
        )
      expect(beyond(listed(after, true), listed(before, true)), taken).toEqual([])
      expect(beyond(listed(before, false), listed(after, false)), taken).toEqual([])
    }))

  test('only ever adds to what needs to be known, for every offence', () =>
    always(someTaken, 140, async (drawn) => {
      const { before, after, taken } = await compared(drawn)
      const asked = ({ recommendation: { needToKnow } }: Seen) =>
        needToKnow.flatMap(({ fact, offences }) => offences.map((number) => `${fact} ${number}`))
      expect(beyond(asked(before), asked(after)), taken).toEqual([])
    }))

  test('from an example of any rule leaves its verdict or makes it need-to-know', async () => {
    for (const rule of policy.rules)
      for (const example of rule.examples) {
        const { asAt, facts } = exampleFacts(policy, rule, example)
        const [full] = await evaluateByReference([rule], facts)
        const given = (id: string) => ({
          ...example,
          as_at: asAt,
          given: { ...example.given, [id]: null },
        })
        const poorer = [
          // As the example gives it, with what follows from it gone too; and each fact by itself.
          ...Object.keys(example.given).map(
            (id) => [id, exampleFacts(policy, rule, given(id)).facts] as const,
          ),
          ...[...factsOf(rule)]
            .filter((id) => facts[id] !== undefined)
            .map((id) => [id, { ...facts, [id]: undefined }] as const),
        ]
        for (const [id, fewer] of poorer) {
          const known = Object.entries(fewer).filter(([, answer]) => answer !== undefined)
          const [result] = await evaluateByReference(
            [rule],
            Object.fromEntries(known) as typeof facts,
          )
          expect(
            result && turned(full?.verdict, result.verdict, 'need-to-know'),
            `${rule.id}, "${example.name}", without ${id}`,
          ).toBe(false)
        }
      }
  })
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
  return always(
    drawn.chain((one) =>
      fc.record({
        one: fc.constant(one),
        more: fc.shuffledSubarray(ids, { maxLength: 40 }),
        seed: fc.nat(),
      }),
    ),
    100,
    async ({ one, more, seed }) => {
      const { recommendation } = await look(one)
      const asked = new Set(recommendation.needToKnow.flatMap(({ fact }) => inputs(fact)))
      const known = new Set(knownIn(one.given).flatMap(inputs))
      const silent = more.filter((id) => !asked.has(id) && !known.has(id))
      const answers = Object.fromEntries(
        silent.map((id) => {
          const definition = policy.facts[id]
          if (!definition) throw new Error(id)
          return [id, fc.sample(answerTo(id, definition, policy), { numRuns: 1, seed })[0] ?? null]
        }),
      )
      const given = {
        ...one.given,
        facts: { ...one.given.facts, ...onDays(answers, one.asAt) },
      }
      const fuller = await look({ ...one, given: settled(given, one.asAt) })
      expect(settles(fuller.recommendation), `answered: ${silent}`).toEqual(settles(recommendation))
    },
  )
})

describe('facts that may not count against a child', () => {
  const marked = (mark: 'protected' | 'needs') =>
    Object.keys(policy.facts).filter((id) => policy.facts[id]?.[mark] === 'yes')
  const answers = (mark: 'protected' | 'needs') => someOf(policy, marked(mark))

  test('changing a protected characteristic changes nothing at all', () =>
    always(fc.tuple(drawn, answers('protected')), 40, async ([one, told]) => {
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
    always(fc.tuple(drawn, answers('needs')), 80, async ([one, told]) => {
      const before = (await look(one)).recommendation
      const given = {
        ...one.given,
        facts: { ...one.given.facts, ...onDays(told, one.asAt) },
      }
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
  always(drawn, 80, async (one) => {
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
    60,
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
  always(drawn, 60, async (one) => {
    expect(JSON.stringify((await look(one)).recommendation)).not.toMatch(
      /must\s+(be\s+)?charged?\b/i,
    )
  }))

test('every recommendation has the shape that is promised to callers, and nothing besides', () =>
  always(drawn, 40, async (one) => {
    const { recommendation } = await look(one)
    expect(recommendationSchema.parse(recommendation)).toEqual(recommendation)
  }))

describe('every rule', () => {
  test('answers each of its tests for every referral, whether it fires or not', () =>
    always(drawn, 50, async (one) => {
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
