import fc from 'fast-check'
import type { Case } from '../../src/domain/case.ts'
import { type FactDefinition, fixedAnswersOf, isListFact } from '../../src/domain/fact.ts'
import { daysBetween, endOfPeriod, isPlainDate } from '../../src/domain/plain-date.ts'
import { workedOutFrom } from '../../src/domain/worked-out.ts'
import { readReferral } from '../../src/recommend/referral.ts'
import type { Policy } from '../../src/rules/policy.ts'
import { ruleSetOf } from './real-rules.ts'

/** A referral made up for a property, with the day whose rules apply. */
export type Drawn = { given: Case; asAt: string }

type Given = Case['facts']

/** Days on both sides of what changed: the knife guidance, the Child Information Form, the matrix. */
const days = [
  '2014-06-30',
  '2019-04-01',
  '2022-10-27',
  '2023-08-31',
  '2023-09-01',
  '2025-01-31',
  '2025-02-01',
  '2026-02-11',
  '2026-02-12',
  '2026-11-02',
]

/**
 * Made-up referrals of one to three offences and up to two victims. Facts are drawn from the
 * definitions in facts.yaml, any subset of them known, some of them from the examples of real rules
 * so that rules with many tests are met too. A worked-out fact is given only where nothing it
 * follows from is, and a referral that contradicts itself all the same is left out.
 */
export function referrals(policy: Policy): fc.Arbitrary<Drawn> {
  const partnerships = ['national', ...Object.keys(policy.partnerships).sort()]
  const ruleSets = new Map(partnerships.map((id) => [id, ruleSetOf(policy, id)]))
  const ids = Object.keys(policy.facts).filter((id) => !/^(parameter|provision)\./.test(id))
  const about = (noun: RegExp) =>
    someOf(
      policy,
      ids.filter((id) => noun.test(id)),
    )
  const victim = fc.record({
    facts: about(/^victim\./),
    offences: fc.option(fc.subarray([1, 2, 3], { minLength: 1 }), { nil: undefined }),
  })
  return fc
    .record({
      asAt: fc.constantFrom(...days),
      partnership: fc.constantFrom(...partnerships),
      shared: about(/^(?!offence\.|victim\.)/),
      offences: fc.array(
        fc.tuple(about(/^offence\./), fc.array(exampleFacts(policy), { maxLength: 3 })),
        { minLength: 1, maxLength: 3, size: 'small' },
      ),
      victims: fc.array(victim, { maxLength: 2 }),
    })
    .map(({ asAt, partnership, shared, offences, victims }) => {
      const dated = (facts: Given) => onDays(facts, asAt)
      const given: Case = {
        partnership,
        facts: dated(shared),
        offences: offences.map(([own, examples]) => Object.assign(dated(own), ...examples)),
        victims: victims.map(({ facts, offences: of }) => ({
          facts: dated(facts),
          ...(of ? { offences: of.filter((number) => number <= offences.length) } : {}),
        })),
      }
      return { given: settled(given, asAt), asAt }
    })
    .filter(({ given, asAt }) => {
      const ruleSet = ruleSets.get(given.partnership)
      return ruleSet !== undefined && readReferral(ruleSet, given, asAt).ok
    })
}

/** What the examples of real rules give, so that what belongs together often stands together. */
function exampleFacts(policy: Policy): fc.Arbitrary<Given> {
  const all = policy.rules.flatMap(({ examples }) =>
    examples.map(({ given }) =>
      Object.fromEntries(
        Object.entries(given).filter(
          ([id, answer]) =>
            !/^(parameter|provision)\./.test(id) && !(typeof answer === 'number' && answer < 0),
        ),
      ),
    ),
  )
  return fc.constantFrom(...(all as Given[]))
}

/** Any subset of some facts: nothing, a few, about half, nearly all or all of them. */
export function someOf(policy: Policy, ids: readonly string[]): fc.Arbitrary<Given> {
  const chances = fc.record(
    Object.fromEntries(
      ids.map((id) => {
        const answers = answerTo(id, policy.facts[id] as FactDefinition, policy)
        return [id, fc.tuple(fc.nat(99), answers)]
      }),
    ),
  )
  return fc.tuple(fc.constantFrom(0, 5, 20, 50, 95, 100), chances).map(([percent, drawn]) =>
    Object.fromEntries(
      Object.entries(drawn)
        .filter(([, [chance]]) => chance >= 100 - percent)
        .map(([id, [, answer]]) => [id, answer]),
    ),
  )
}

/** An answer that fits the definition; dates are days after the as-at date, put in later. */
export function answerTo(
  id: string,
  { answers, between }: FactDefinition,
  policy: Policy,
): fc.Arbitrary<Given[string]> {
  const fixed = fixedAnswersOf(answers)
  if (id === 'offence.code') return fc.constantFrom(...policy.offences.keys())
  if (isListFact(answers)) return fixed ? fc.subarray([...fixed]) : fc.constant(['some words'])
  if (fixed) return fc.constantFrom(...fixed)
  if (between) return fc.integer({ min: between[0], max: between[1] })
  if (answers === 'whole-number') return fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 6000 }))
  if (answers === 'text') return fc.constant('some words')
  if (id === 'child.date_of_birth')
    return fc
      .oneof(fc.integer({ min: -6570, max: -3800 }), fc.integer({ min: -7300, max: -2900 }))
      .map((n) => `day ${n}`)
  return fc.integer({ min: -800, max: 0 }).map((n) => `day ${n}`)
}

const anyHolidays = {
  covers: { from: '2000-01-01', until: '2000-01-01' },
  dates: new Set<string>(),
}
const longBefore = '1980-01-01'

/** Puts days in for `day -30` and its like. */
export function onDays(facts: Given, asAt: string): Given {
  const day = (n: number) => {
    const sinceLongBefore = { n: daysBetween(longBefore, asAt) + n, unit: 'day' as const }
    return endOfPeriod(longBefore, sinceLongBefore, anyHolidays) as string
  }
  return Object.fromEntries(
    Object.entries(facts).map(([id, answer]) => [
      id,
      typeof answer === 'string' && answer.startsWith('day ')
        ? day(Number(answer.slice(4)))
        : answer,
    ]),
  )
}

/** The referral shows these by itself. */
const counted = ['case.number_of_offences', 'case.number_of_victims']

/** What one child can answer differently of each offence. */
const ofAnOffence = [
  'child.age_at_offence',
  'child.admits_offence',
  'child.accepts_responsibility',
  'child.agrees_to_take_part',
  'child.consents_to_conditions',
]

/**
 * Takes out what could contradict the rest: impossible dates, what follows from other facts, and
 * what is said of the child in two places.
 */
export function settled(given: Case, asAt: string): Case {
  const places = placesOf(given)
  const births = places.flatMap((facts) => facts['child.date_of_birth'] ?? [])
  const impossible = (date: unknown) =>
    typeof date === 'string' &&
    isPlainDate(date) &&
    (date > asAt || births.some((born) => String(born) > date))
  const [first = {}, ...others] = given.offences ?? []
  const saidOfTheChild = (id: string, facts: Given) =>
    id.startsWith('child.') &&
    !ofAnOffence.includes(id) &&
    facts !== given.facts &&
    [given.facts, first].some((other) => other !== facts && Object.hasOwn(other, id))
  const own = (facts: Given, around: readonly Given[]) =>
    Object.fromEntries(
      Object.entries(facts).filter(
        ([id, answer]) =>
          !counted.includes(id) &&
          !saidOfTheChild(id, facts) &&
          !(answer === 'made-out' && places.some(withoutSigns)) &&
          !(id === 'child.admits_offence' && facts === given.facts && others.length > 0) &&
          !((id === 'offence.date' || id === 'child.date_of_birth') && impossible(answer)) &&
          !inputsOf(id).some((input) => around.some((other) => known(other[input]))),
      ),
    )
  const victims = (given.victims ?? []).map(({ facts }) => facts)
  return {
    ...given,
    facts: own(given.facts, places),
    offences: (given.offences ?? []).map((facts) => own(facts, [given.facts, facts, ...victims])),
  }
}

/** A defence that rests on exploitation does not stand beside "no sign of it". */
const withoutSigns = (facts: Given) => facts['child.exploitation_indicators'] === 'no'

const known = (answer: unknown) => answer !== undefined && answer !== null

/** All the facts that a worked-out fact follows from, near and far. */
function inputsOf(id: string): string[] {
  const near = Object.hasOwn(workedOutFrom, id) ? (workedOutFrom[id] ?? []) : []
  return near.flatMap((input) => [input, ...inputsOf(input)])
}

/** Every place of a referral where facts stand. */
export const placesOf = ({ facts, offences = [], victims = [] }: Case): Given[] => [
  facts,
  ...offences,
  ...victims.map((victim) => victim.facts),
]

/** The facts that a referral gives, anywhere in it. */
export const knownIn = (given: Case): string[] => [
  ...new Set(
    placesOf(given).flatMap((facts) =>
      Object.keys(facts).filter((id) => known(facts[id]) && facts[id] !== 'unknown'),
    ),
  ),
]

/** The referral with the facts of each place changed. */
export const withFacts = (given: Case, change: (facts: Given) => Given): Case => ({
  ...given,
  facts: change(given.facts),
  offences: given.offences?.map(change),
  victims: given.victims?.map((victim) => ({ ...victim, facts: change(victim.facts) })),
})

/** The referral as it would be if some facts were not known. */
export const without = (given: Case, ids: readonly string[]): Case =>
  withFacts(given, (facts) =>
    Object.fromEntries(Object.entries(facts).filter(([id]) => !ids.includes(id))),
  )
