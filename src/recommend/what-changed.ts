import type { Standing } from '../domain/lists.ts'
import type { Clock, Concern, NeedToKnow } from '../domain/recommendation.ts'
import { type Changes, type Compared, moves, type Said } from './changes.ts'
import { changesInWords } from './changes-in-words.ts'

/**
 * What is different between two recommendations of one case, as data and in plain sentences. Pure.
 * Two that are the same give nothing; turned round, everything new is gone and the other way about.
 * @param before the earlier one
 * @param after the later one
 */
export function whatChanged(before: Compared, after: Compared): Changes & { says: string[] } {
  const both = <State extends string>(of: (one: Compared) => Said<State>[]) =>
    moves(of(before), of(after))
  const changes: Changes = {
    status: before.status === after.status ? null : { before: before.status, after: after.status },
    rules: sameRules(before, after) ? null : { before: before.ruleSet, after: after.ruleSet },
    exclusions: both(exclusions),
    holds: both(holds),
    routes: both(routes),
    options: both(options),
    startingPoints: both(startingPoints),
    requirements: both(requirements),
    clocks: both(clocks),
    needToKnow: [
      ...asked(after, before, 'new' as const),
      ...asked(before, after, 'settled' as const),
    ],
  }
  const several = Math.max(before.offences.length, after.offences.length) > 1
  return { ...changes, says: changesInWords(changes, several) }
}

const sameRules = ({ ruleSet: one }: Compared, { ruleSet: other }: Compared): boolean =>
  one.digest === other.digest && one.asAt === other.asAt && one.partnership === other.partnership

/** An entry by its rule and what it says; what it says may be one of several of that rule. */
const entry = <State extends string>(
  { rule, offences, victims }: Concern,
  what: string,
  state: State,
  ...more: string[]
): Said<State> => ({
  key: JSON.stringify([rule.id, rule.layer, what, ...more]),
  what,
  rule: { id: rule.id, title: rule.title },
  offences,
  victims,
  state,
})

const exclusions = (one: Compared) =>
  one.exclusions.map((each) => entry(each, each.rule.title, each.verdict, each.route, each.scope))
const holds = (one: Compared) =>
  one.holds.map((each) => entry(each, each.until, each.verdict, each.disposals.join(' ')))
const routes = (one: Compared) => one.routes.map((each) => entry(each, each.to, each.verdict))
const clocks = (one: Compared) =>
  one.clocks.map((each) => entry(each, each.what, dayOf(each), each.from))

/** A clock that may not run at all has no day to keep. */
const dayOf = ({ verdict, due }: Clock): string =>
  verdict === 'met' ? (due ?? 'no-day-yet') : 'may-run'

const requirements = (one: Compared) =>
  one.requirements.map((each) =>
    entry(
      each,
      each.task,
      each.verdict === 'met' ? each.state : ('may-be-needed' as const),
      each.before,
      each.of,
    ),
  )

const options = (one: Compared): Said<Standing>[] =>
  one.offences.flatMap(({ offence, options: all }) =>
    all.map(({ disposal, title, standing }) => ({
      key: disposal,
      what: title,
      rule: null,
      offences: [offence],
      victims: [],
      state: standing,
    })),
  )

const startingPoints = (one: Compared) =>
  one.offences.flatMap(({ offence, options: all, startingPoints: points }) =>
    points.map((each) => {
      const title = all.find(({ disposal }) => disposal === each.disposal)?.title
      return entry({ ...each, offences: [offence] }, title ?? each.disposal, each.state)
    }),
  )

/** What one asks that the other does not. */
const asked = <Change extends string>(
  { needToKnow }: Compared,
  other: Compared,
  change: Change,
): { fact: string; question: string; change: Change }[] =>
  needToKnow
    .filter(({ fact }) => !other.needToKnow.some((one: NeedToKnow) => one.fact === fact))
    .map(({ fact, question }) => ({ fact, question, change }))
