import type { Case } from '../domain/case.ts'
import { type FactDefinitions, type Facts, lookUp, readFacts } from '../domain/fact.ts'
import { didYouMean, fine, type Problem, pointer, type Result, refuse } from '../domain/problem.ts'
import { workOut } from '../domain/worked-out.ts'
import { localFacts, type RuleSet } from '../rules/rule-set.ts'
import { miscounted, misplaced, twoChildren } from './contradictions.ts'

/**
 * One offence with one victim: what the rules are run on. A referral with one offence and no more
 * than one victim is a single matter; several offences are never mixed (architecture.md section 4).
 */
export type Matter = { offence: number; victim?: number; facts: Facts }

/** A referral whose answers have been checked. */
export type Referral = {
  asAt: string
  matters: readonly Matter[]
  notKnown: Readonly<Record<string, string>>
}

/**
 * Checks a case against the rule set's facts and works out what follows.
 * @returns the referral, or every problem with a JSON Pointer into the case
 */
export function readReferral(ruleSet: RuleSet, given: Case, asAt: string): Result<Referral> {
  const { facts: definitions } = ruleSet.policy
  const problems: Problem[] = []
  const read = (facts: Record<string, unknown>, ...path: (string | number)[]) => {
    const result = readFacts(definitions, facts, ...path)
    problems.push(...result.problems, ...misplaced(facts, path))
    return result
  }
  const own = read(given.facts, 'facts')
  const shared = { ...counted(given, definitions), ...own.facts }
  problems.push(...miscounted(given, shared))
  const offences = given.offences?.map((one, i) => read(one, 'offences', i)) ?? [nothing]
  const victims = given.victims?.map((one, i) => read(one.facts, 'victims', i, 'facts')) ?? []
  for (const [i, victim] of (given.victims ?? []).entries())
    for (const [j, number] of (victim.offences ?? []).entries())
      if (number > offences.length)
        problems.push({
          message: `There is no offence ${number}: the referral has ${offences.length}.`,
          pointer: pointer('victims', i, 'offences', j),
        })
  for (const id of Object.keys(given.notKnown ?? {}))
    if (!lookUp(definitions, id))
      problems.push({
        message: `I don't know the fact "${id}".${didYouMean(id, Object.keys(definitions))}`,
        pointer: pointer('notKnown', id),
      })
  problems.push(...twoChildren(given))
  if (problems.length > 0) return refuse(...problems)

  const local = localFacts(ruleSet, asAt)
  const matters: Matter[] = []
  for (const [i, offence] of offences.entries()) {
    const mine = victims
      .map((said, j) => ({ said, number: j + 1, of: given.victims?.[j]?.offences }))
      .filter(({ of }) => !of || of.includes(i + 1))
    const withVictims = mine.length > 0 ? mine : [{ said: nothing, number: undefined }]
    for (const victim of withVictims) {
      const place = (id: string) =>
        Object.hasOwn(offence.facts, id) ? pointer('offences', i, id) : pointer('facts', id)
      const worked = followFrom(
        ruleSet,
        overlaid({ ...local, ...shared }, offence, victim.said),
        asAt,
        place,
      )
      problems.push(...worked.problems)
      matters.push({
        offence: i + 1,
        ...(victim.number === undefined ? {} : { victim: victim.number }),
        facts: worked.facts,
      })
    }
  }
  if (problems.length > 0) return refuse(...unique(problems))
  return fine({ asAt, matters, notKnown: given.notKnown ?? {} })
}

/** What was read at one place: what is known there, and what is said not to be. */
type Said = { facts: Facts; unknown: readonly string[] }
const nothing: Said = { facts: {}, unknown: [] }

/** Facts as they stand for one matter: the nearer place wins, also where it says "not known". */
function overlaid(shared: Facts, ...nearer: readonly Said[]): Facts {
  return nearer.reduce((facts, { facts: own, unknown }) => {
    const kept = Object.entries(facts).filter(([id]) => !unknown.includes(id))
    return { ...Object.fromEntries(kept), ...own }
  }, shared)
}

/** What the referral shows by itself: how many offences and victims it lists. */
function counted(given: Case, definitions: FactDefinitions): Facts {
  const counts = {
    'case.number_of_offences': given.offences,
    'case.number_of_victims': given.victims,
  }
  return Object.fromEntries(
    Object.entries(counts).flatMap(([id, list]) =>
      list && lookUp(definitions, id) ? [[id, list.length]] : [],
    ),
  )
}

/** Works out what follows; a problem points at the place where its fact was given. */
function followFrom(ruleSet: RuleSet, facts: Facts, asAt: string, place: (id: string) => string) {
  const { offences, bankHolidays } = ruleSet.policy
  const code = facts['offence.code']
  if (typeof code === 'string' && !offences.has(code))
    return {
      facts,
      problems: [
        {
          message: `I don't know the offence code "${code}".${didYouMean(code, [...offences.keys()])}`,
          mend: 'Codes are listed in rules/offences.csv. Leave it out if none fits, and give offence.category and offence.mode_of_trial.',
          pointer: place('offence.code'),
        },
      ],
    }
  const worked = workOut(facts, { asAt, bankHolidays, offence: (one) => offences.get(one) })
  return {
    facts: worked.facts,
    problems: worked.problems.map((problem) => ({
      ...problem,
      pointer: place(problem.pointer ?? ''),
    })),
  }
}

const unique = (problems: Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]
