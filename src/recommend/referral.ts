import type { Case } from '../domain/case.ts'
import { type FactDefinitions, type Facts, lookUp, readFacts } from '../domain/fact.ts'
import { didYouMean, fine, type Problem, pointer, type Result, refuse } from '../domain/problem.ts'
import { workOut } from '../domain/worked-out.ts'
import { localFacts, type RuleSet } from '../rules/rule-set.ts'

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
    return result.facts
  }
  const shared = { ...counted(given, definitions), ...read(given.facts, 'facts') }
  problems.push(...miscounted(given, shared))
  const offences = given.offences?.map((one, i) => read(one, 'offences', i)) ?? [{}]
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
  if (problems.length > 0) return refuse(...problems)

  const local = localFacts(ruleSet, asAt)
  const matters: Matter[] = []
  for (const [i, offence] of offences.entries()) {
    const mine = victims
      .map((facts, j) => ({ facts, number: j + 1, of: given.victims?.[j]?.offences }))
      .filter(({ of }) => !of || of.includes(i + 1))
    const withVictims = mine.length > 0 ? mine : [{ facts: {}, number: undefined }]
    for (const victim of withVictims) {
      const place = (id: string) =>
        Object.hasOwn(offence, id) ? pointer('offences', i, id) : pointer('facts', id)
      const worked = followFrom(
        ruleSet,
        { ...local, ...shared, ...offence, ...victim.facts },
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

/** A count that was given and is not the number that is listed. */
function miscounted(given: Case, shared: Facts): Problem[] {
  const counts = { offences: given.offences, victims: given.victims }
  return Object.entries(counts).flatMap(([what, list]) => {
    const id = `case.number_of_${what}`
    const said = shared[id]
    if (!list || said === undefined || said === list.length) return []
    return [
      {
        message: `"${id}" was given as ${said}, but the referral lists ${list.length} ${what}.`,
        mend: 'Correct the one that is wrong, or leave the number out.',
        pointer: pointer('facts', id),
      },
    ]
  })
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

/** Victims' facts stand with the referral, an offence or a victim; a victim holds nothing else. */
function misplaced(facts: Record<string, unknown>, path: (string | number)[]): Problem[] {
  if (path[0] !== 'victims') return []
  return Object.keys(facts)
    .filter((id) => !id.startsWith('victim.'))
    .map((id) => ({
      message: `"${id}" is not about a victim.`,
      mend: 'Put it under facts, or under its offence.',
      pointer: pointer(...path, id),
    }))
}

const unique = (problems: Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]
