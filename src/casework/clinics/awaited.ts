import { type FactDefinition, type FactDefinitions, lookUp } from '../../domain/fact.ts'
import type { Agency, Stage } from '../../domain/lists.ts'
import { daysBetween } from '../../domain/plain-date.ts'
import type { NeedToKnow } from '../../domain/recommendation.ts'
import { gatedBy } from '../gate.ts'
import type { DepartureEntry, RecommendationEntry } from '../ports.ts'
import { owedBefore } from './sources.ts'

/** Something that a case waits for. */
export type Awaited = {
  what: 'requirement' | 'question'
  /** The requirement's id or the fact's. */
  id: string
  of: Agency
  says: string
  /** The stage that waits for it, where it is a requirement. */
  before?: Stage
  hard?: boolean
  /** Why it is not known, where somebody said so. */
  because?: string
  /** The day of the recommendation since which it has been awaited without a break. */
  since: string
  days: number
}

const deciding: readonly Stage[] = ['listing', 'decision']

/** What is awaited next, by where a case stands. Later things are not chased before their time. */
const ahead: Readonly<Record<string, readonly Stage[]>> = {
  received: deciding,
  preparing: deciding,
  onHold: deciding,
  withSpecialists: deciding,
  withCps: deciding,
  listed: deciding,
  inClinic: deciding,
  escalated: deciding,
  decided: ['offer'],
  offering: ['giving', 'delivery'],
  delivering: ['closing'],
  completed: ['closing'],
  reconsidering: ['charge-file'],
  returned: ['charge-file'],
}

type Item = Omit<Awaited, 'since' | 'days'>

/**
 * What a case waits for, and since when: what the latest recommendation still asks for, and the
 * questions that can still change what is decided. A question that is worked out is put to whoever can answer
 * what it is worked out from.
 * @param made every recommendation of the case, oldest first
 */
export function awaited(
  state: string,
  made: readonly RecommendationEntry[],
  departures: readonly DepartureEntry[],
  facts: FactDefinitions,
  today: string,
): Awaited[] {
  const stages = ahead[state] ?? []
  const lists = made.map((one) => ({
    asAt: one.asAt,
    items: itemsOf(one, stages, departures, facts),
  }))
  const latest = lists.at(-1)
  return (latest?.items ?? []).map((item) => {
    const before = lists.slice().reverse()
    const broken = before.findIndex(({ items }) => !items.some((one) => sameItem(one, item)))
    const since = before[(broken < 0 ? before.length : broken) - 1]?.asAt ?? today
    return { ...item, since, days: daysBetween(since, today) }
  })
}

const sameItem = (one: Item, other: Item) =>
  one.what === other.what && one.id === other.id && one.of === other.of

function itemsOf(
  made: RecommendationEntry,
  stages: readonly Stage[],
  departures: readonly DepartureEntry[],
  facts: FactDefinitions,
): Item[] {
  const { summary } = made
  const owed = owedBefore(stages, gatedBy(made), departures)
    .filter(({ state }) => state === 'outstanding' || state === 'cannot-tell')
    .map(
      ({ requirement: id, task: says, of, before, hard }): Item => ({
        ...{ what: 'requirement', id, says, of, before, hard },
      }),
    )
  const asked =
    stages === deciding
      ? summary.needToKnow.filter(isDecisive).flatMap((one) => questions(one, facts))
      : []
  return once([...owed, ...asked])
}

/**
 * Whether an answer can still change what is decided. What only changes what is owed is chased as
 * what is owed; much of it, such as who gave the disposal, nobody can answer yet.
 */
const isDecisive = ({ canChange }: NeedToKnow): boolean =>
  (['status', 'options', 'starting points', 'routes'] as const).some((one) =>
    canChange.includes(one),
  )

/** One requirement may stand there for several offences: it is asked for once. */
const once = (items: readonly Item[]): Item[] =>
  items.filter((one, i) => items.findIndex((other) => sameItem(one, other)) === i)

/** What has to be asked for an answer that is not known, and whom: its parts, where it is worked out. */
export function questions(one: NeedToKnow, facts: FactDefinitions): Item[] {
  const because = one.because === undefined ? {} : { because: one.because }
  if (one.answeredBy !== 'worked-out')
    return [{ what: 'question', id: one.fact, of: one.answeredBy, says: one.question, ...because }]
  const inputs = one.workedOutFrom.length > 0 ? one.workedOutFrom : [one.fact]
  return inputs.map((id): Item => {
    const fact = lookUp(facts, id)
    return { what: 'question', id, of: whoCanSay(fact), says: fact?.ask ?? one.question }
  })
}

/** Nothing is left without somebody to ask: where no agency can say, the partnership has to see. */
function whoCanSay(fact: FactDefinition | undefined): Agency {
  if (!fact || fact.answered_by === 'worked-out') return fact?.else_answered_by ?? 'partnership'
  return fact.answered_by
}
