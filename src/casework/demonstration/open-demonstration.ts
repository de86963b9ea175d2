import type { Case } from '../../domain/case.ts'
import { daysBetween, isPlainDate, laterBy } from '../../domain/plain-date.ts'
import type { Recommendation } from '../../domain/recommendation.ts'
import { recommend } from '../../recommend/recommend.ts'
import { act } from '../act.ts'
import { type Asked, askedSchema } from '../asked.ts'
import type { Deps, Outcome } from '../casework.ts'
import { listCases } from '../list-cases.ts'
import { openCase, referralSchema } from '../open-case.ts'
import type { CaseRow } from '../ports.ts'
import { recordFacts } from '../record-facts.ts'
import { as, clinicOf, places } from './clinic-of-the-day.ts'
import { type DemonstrationStep, type JourneyName, journeys } from './journeys.ts'

/** What is made-up about the forty: the first of them is the worked case of the documentation. */
const order: readonly JourneyName[] = [
  'referred',
  ...(Object.keys(journeys) as JourneyName[]).filter((name) => name !== 'referred'),
]

const fictional = (number: number) => `Example Child ${number}`

/**
 * Fills an empty record with forty plainly fictional cases in every state, two clinics, and all
 * that happened to them. What is there already is left as it is, so that a start that was
 * interrupted is finished by the next.
 * @param ready a case that is fully prepared; its days are moved so that it is a fresh one today
 * @param most how many at most; the first of them is the worked case
 * @returns the references of those that could not be brought as far as was meant
 */
export async function openDemonstration(deps: Deps, ready: Case, most = 40): Promise<string[]> {
  const fresh = movedTo(deps.today(), ready)
  const there = await references(deps)
  const clinics = new Map<number, string | undefined>()
  const short: string[] = []
  for (const number of Array.from({ length: most }, (_, i) => i + 1)) {
    if (there.has(`DEMO-${number}`)) continue
    const place = number === 1 ? 1 : 1 + (number % 2)
    if (!clinics.has(place)) clinics.set(place, await clinicOf(deps, place))
    const journey = order[Math.floor(number / 2) % order.length] ?? 'referred'
    const made = await one(deps, fresh, number, place, clinics.get(place), journey)
    if (!made) short.push(`DEMO-${number}`)
  }
  return short
}

/** The cases of the demonstration that are there already. */
async function references({ store, now }: Deps): Promise<Set<string | null>> {
  const actor = { person: 'sweeper-1', role: 'sweeper', agency: 'partnership' } as const
  const found = await Promise.all(
    places.map((partnership) =>
      store.list(
        { scopes: [{ partnership }], limit: 100 },
        { actor, at: now(), action: 'demonstration.open', requestId: 'demonstration-0' },
      ),
    ),
  )
  return new Set(found.flat().map(({ row }) => row.reference))
}

/** The made-up case of the documentation, as its page shows it. */
export type WorkedCase = {
  reference: string
  partnership: string
  given: Case
  recommendation: Recommendation
}

/** Reads the worked case, and says cheaply which version of it there is. */
export type WorkedCaseReader = {
  /** Rises with every change; undefined where there is no such case. */
  version(): Promise<string | undefined>
  read(): Promise<WorkedCase | undefined>
}

/** The first case of the demonstration with its recommendation. */
export function workedCase(deps: Deps): WorkedCaseReader {
  let id: string | undefined
  const find = async () => {
    id ??= await firstCase(deps)
    return id === undefined ? undefined : deps.store.whereIs(id)
  }
  return {
    version: async () => (await find())?.version.toString(),
    read: async () => {
      const row = await find()
      return row && readWorkedCase(deps, row)
    },
  }
}

async function firstCase(deps: Deps): Promise<string | undefined> {
  const query = { reference: 'DEMO-1', limit: 1, cursor: undefined }
  const listed = await listCases(deps, as('practitioner', 1), query)
  return listed.ok ? listed.value.cases[0]?.id : undefined
}

async function readWorkedCase(
  deps: Deps,
  { id, partnership }: CaseRow,
): Promise<WorkedCase | undefined> {
  const { caller, requestId } = as('practitioner', 1)
  const role = 'youth-justice-practitioner'
  const actor = { person: caller.person, role, agency: 'youth-justice' } as const
  const access = { actor, at: deps.now(), action: 'case.read', requestId }
  const entry = (await deps.store.read(id, ['recommendation'], access))?.recommendation
  const set = deps.ruleSet(partnership)
  if (!entry || !set.ok) return undefined
  const given = entry.given as Case
  const made = await recommend(set.value, given, entry.asAt, deps.evaluate)
  if (!made.ok) return undefined
  return { reference: 'DEMO-1', partnership, given, recommendation: made.value }
}

async function one(
  deps: Deps,
  ready: Case,
  number: number,
  place: number,
  clinic: string | undefined,
  journey: JourneyName,
): Promise<boolean> {
  const { asAt: _asAt, ...given } = ready
  const input = referralSchema.parse({
    ...given,
    partnership: places[place - 1],
    reference: `DEMO-${number}`,
    child: { name: fictional(number) },
  })
  const opened = await openCase(deps, as('officer', place), input)
  if (!opened.ok) return false
  const { id } = opened.value
  for (const step of journeys[journey]) {
    // Requests have their turn between the steps of forty cases.
    await new Promise((turn) => setImmediate(turn))
    const came = await take(deps, place, clinic, id, step)
    if (!came.ok) return false
  }
  return true
}

async function take(
  deps: Deps,
  place: number,
  clinic: string | undefined,
  id: string,
  step: DemonstrationStep,
): Promise<Outcome<unknown>> {
  const version = (await deps.store.whereIs(id))?.version ?? 0
  const request = as(step.who, place)
  if ('asks' in step) {
    // What the act reads and writes is logged with it.
    const file = await deps.store.open(id, ['deliveries'])
    const condition = file?.conditions.at(-1)?.id
    const known = { 'the clinic': clinic, 'the condition': condition }
    const asked = askedSchema.parse(filled(deps.today(), known, step.asks, place)) as Asked
    return act(deps, request, id, version, asked)
  }
  const { about } = step
  const answers = Object.entries(step.answers).map(([fact, answer]) => ({
    about,
    fact,
    answer: typeof answer === 'string' ? answer : [...answer],
  }))
  return recordFacts(deps, request, id, version, { answers })
}

/** A step names its days and what was made on the way by what they are. */
function filled(
  today: string,
  made: Readonly<Record<string, string | undefined>>,
  asked: Asked,
  place: number,
) {
  const known: Readonly<Record<string, string | undefined>> = {
    today,
    'in two weeks': laterBy(today, 14),
    'inspector-1': `inspector-${place}`,
    ...made,
  }
  return Object.fromEntries(
    Object.entries(asked).map(([key, value]) => [
      key,
      typeof value === 'string' ? (known[value] ?? value) : value,
    ]),
  )
}

/** The same case as if it had been handed in as recently today as it was on its own day. */
function movedTo(today: string, ready: Case): Case {
  const days = daysBetween(ready.asAt ?? today, today)
  const moved = <T>(value: T): T =>
    (typeof value === 'string' && isPlainDate(value) ? laterBy(value, days) : value) as T
  const all = (facts: Case['facts']) =>
    Object.fromEntries(Object.entries(facts).map(([id, answer]) => [id, moved(answer)]))
  return {
    ...ready,
    facts: all(ready.facts),
    ...(ready.offences ? { offences: ready.offences.map(all) } : {}),
    ...(ready.victims
      ? { victims: ready.victims.map((one) => ({ ...one, facts: all(one.facts) })) }
      : {}),
  }
}
