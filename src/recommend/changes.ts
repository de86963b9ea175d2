import type { RequirementState, Standing, Status } from '../domain/lists.ts'
import type { Concern, Recommendation, StartingPoint } from '../domain/recommendation.ts'

/** A recommendation as it is compared: what was looked at on the way does not count. */
export type Compared = Omit<Recommendation, 'findings'>

/** Sure, or not to be told yet. */
type Sureness = Concern['verdict']

/** What is different between two recommendations; in each entry null means that it was not there. */
export type Changes = {
  status: { before: Status; after: Status } | null
  /** The day, or the rules themselves. */
  rules: { before: Compared['ruleSet']; after: Compared['ruleSet'] } | null
  exclusions: readonly Moved<Sureness>[]
  holds: readonly Moved<Sureness>[]
  routes: readonly Moved<Sureness>[]
  options: readonly Moved<Standing>[]
  startingPoints: readonly Moved<StartingPoint['state']>[]
  requirements: readonly Moved<RequirementState | 'may-be-needed'>[]
  /** Each with its due day, where there is one. */
  clocks: readonly Moved<string>[]
  needToKnow: readonly { fact: string; question: string; change: 'new' | 'settled' }[]
}

/** What a recommendation says of some offences and victims, by a key that stays the same. */
export type Said<State extends string> = {
  key: string
  what: string
  rule: { id: string; title: string } | null
  offences: readonly number[]
  victims: readonly number[]
  state: State
}

/** How something moved from one recommendation to the next; null where it was not there. */
export type Moved<State extends string> = Omit<Said<State>, 'key' | 'state'> & {
  before: State | null
  after: State | null
}

/**
 * What moved between two lists. Each entry is compared for each offence and victim by itself, so
 * that a new victim does not make old entries look new; what moved alike is put together again.
 */
export function moves<State extends string>(
  before: readonly Said<State>[],
  after: readonly Said<State>[],
): Moved<State>[] {
  const was = apart(before)
  const is = apart(after)
  const groups = new Map<string, Said<State>[]>()
  const places = [...new Set([...was.keys(), ...is.keys()])].sort()
  for (const place of places) {
    const from = was.get(place)
    const to = is.get(place)
    const one = to ?? from
    if (!one || from?.state === to?.state) continue
    const alike = JSON.stringify([one.key, from?.state ?? null, to?.state ?? null])
    groups.set(alike, [...(groups.get(alike) ?? []), one])
  }
  return [...groups].map(([alike, all]) => {
    const [, from, to] = JSON.parse(alike) as [string, State | null, State | null]
    return { ...together(all), before: from, after: to }
  })
}

/**
 * Each entry once for every offence and victim that it is about. Where entries of one key meet,
 * the one that asks for more counts, and of two days the earlier.
 */
function apart<State extends string>(all: readonly Said<State>[]): Map<string, Said<State>> {
  const places = new Map<string, Said<State>>()
  for (const one of all)
    for (const offence of orNobody(one.offences))
      for (const victim of orNobody(one.victims)) {
        const place = JSON.stringify([one.key, offence, victim])
        const other = places.get(place)
        const stronger = other && outweighs(other.state, one.state) ? other : one
        places.set(place, { ...stronger, offences: only(offence), victims: only(victim) })
      }
  return places
}

const orNobody = (numbers: readonly number[]) => (numbers.length > 0 ? numbers : [0])
const only = (number: number) => (number === 0 ? [] : [number])

/** What is still owed outweighs what is done, and what is sure outweighs what cannot be told. */
const weights = ['done', 'may-be-needed', 'cannot-tell', 'need-to-know', 'outstanding', 'met']
const outweighs = (one: string, other: string): boolean => {
  const more = weights.indexOf(one) - weights.indexOf(other)
  return more > 0 || (more === 0 && one < other)
}

const together = <State extends string>(all: readonly Said<State>[]) => {
  const [first] = all as [Said<State>]
  const numbers = (of: 'offences' | 'victims') =>
    [...new Set(all.flatMap((one) => one[of]))].sort((a, b) => a - b)
  return {
    what: first.what,
    rule: first.rule,
    offences: numbers('offences'),
    victims: numbers('victims'),
  }
}
