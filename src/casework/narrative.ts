import type { Part } from '../access/fields.ts'
import { inWords } from '../domain/plain-date.ts'
import type { Told } from '../domain/told.ts'
import type { Policy } from '../rules/policy.ts'
import {
  absent,
  accessFor,
  type Deps,
  done,
  type Outcome,
  type Request,
  unusable,
} from './casework.ts'
import { happening, shownTo } from './history.ts'
import { whatStandsNoLonger, whatWasDecided, whatWasDepartedFrom } from './narrative/decided.ts'
import { whatHappened } from './narrative/happened.ts'
import {
  whatHappensNext,
  whatIsNotKnown,
  whatIsStillToAnswer,
  whatTheRulesSaid,
} from './narrative/now.ts'
import { dayOf } from './narrative/words.ts'
import type { Access, CaseFile, CaseRow, EventRow, FilePart, RecommendationEntry } from './ports.ts'
import { erasedSays, partsOf, reach } from './reach.ts'
import type { explanation } from './shapes/story.ts'
import { shownDecision, shownDeparture, standingDecision } from './shown-record.ts'

/** A case as a story: sentences under headings. A heading without sentences is left out. */
export type Narrative = Told<typeof explanation>

/**
 * The case in plain words, for a clinic or an inspector: what happened, what was decided and why,
 * what was departed from, what the rules said, what is not known and who could tell, what comes
 * next. It holds what its reader may see; people stand in it by role and id, and nobody by name. The
 * reading is logged.
 */
export async function narrative(
  deps: Deps,
  request: Request,
  id: string,
): Promise<Outcome<Narrative>> {
  const reached = await reach(deps, request.caller, id, 'case.explain')
  if (!reached.ok) return reached
  const { row, actor } = reached.value
  const set = deps.ruleSet(row.partnership)
  if (!set.ok) return unusable(...set.problems)
  const parts = partsOf(request.caller, row)
  const access = accessFor(deps, request, actor, 'case.explain')
  const file = await deps.store.read(id, openedFor(parts), access)
  if (!file) return absent
  const events = parts.has('history') ? shownTo(parts, await deps.store.history(id, access)) : []
  const decidedBy = await recommendationOf(deps, file, access)
  const look = { file, events, parts, policy: set.value.policy, decidedBy, today: deps.today() }
  return done({ sections: sections(look) })
}

/** The recommendation that the standing decision went by, where a later one was made since. */
async function recommendationOf(
  { store }: Deps,
  { row, decisions, recommendation: latest }: CaseFile,
  access: Access,
): Promise<RecommendationEntry | undefined> {
  const decision = decisions.find(({ id }) => id === standingDecision(row))
  if (!latest || !decision || decision.recommendation === latest.id) return undefined
  const file = await store.read(row.id, ['recommendations'], access)
  return file?.recommendations.find(({ id }) => id === decision.recommendation)
}

/** Only what will be told is opened. */
const openedFor = (parts: ReadonlySet<Part>): FilePart[] => [
  'tasks',
  'clocks',
  ...(parts.has('words') ? (['notes'] as const) : []),
  ...(parts.has('decision') ? (['decisions', 'departures'] as const) : []),
  ...(parts.has('recommendation') ? (['recommendation'] as const) : []),
]

type Look = {
  file: CaseFile
  events: readonly EventRow[]
  parts: ReadonlySet<Part>
  policy: Policy
  decidedBy: RecommendationEntry | undefined
  today: string
}

function sections(look: Look): Narrative['sections'] {
  const { file, events, parts, policy, today } = look
  const { row, recommendation: latest } = file
  const goesOn = row.snapshot.value !== 'closed'
  const told = events.map((one) => ({ row: one, shown: happening(one, file, parts, policy) }))
  return [
    { heading: 'What was erased', sentences: row.erasedAt ? [erasedSays(row.erasedAt)] : [] },
    { heading: 'What happened', sentences: whatHappened(told, parts, policy, file.decisions) },
    ...decided(look),
    ...whatTheRulesSay(look),
    {
      heading: 'What is not known, and who could tell',
      sentences: latest ? whatIsNotKnown(latest, parts) : [],
    },
    {
      heading: 'What is still to be answered as the case goes on',
      sentences: latest && goesOn ? whatIsStillToAnswer(latest) : [],
    },
    { heading: 'What happens next', sentences: whatHappensNext(file, today) },
  ].filter(({ sentences }) => sentences.length > 0)
}

/** What was decided, by the decision that stands and by those before it, and what was departed from. */
function decided({ file, events, parts, policy, decidedBy }: Look): Narrative['sections'] {
  const { row, recommendation: latest } = file
  const shown = file.decisions.map((one) => shownDecision(one, parts, row))
  const stands = shown.find((one) => one.stands)
  const departures = file.departures.map((one) => shownDeparture(one, parts))
  return [
    {
      heading: 'What was decided, and why',
      sentences: stands
        ? whatWasDecided(stands, policy, decidedBy ?? latest)
        : undecided(row, events, parts),
    },
    {
      heading: 'What was decided before, and stands no longer',
      sentences: whatStandsNoLonger(
        shown.filter((one) => !one.stands),
        policy,
      ),
    },
    {
      heading: 'What was departed from',
      sentences: whatWasDepartedFrom(departures, latest, policy),
    },
  ]
}

/** What the rules said when it was decided, where they say something newer now. */
function whatTheRulesSay({ file: { recommendation: latest }, decidedBy }: Look) {
  const said = latest ? whatTheRulesSaid(latest) : []
  if (!decidedBy) return [{ heading: 'What the rules said', sentences: said }]
  return [
    {
      heading: 'What the rules said when it was decided',
      sentences: whatTheRulesSaid(decidedBy),
    },
    { heading: 'What the rules said last', sentences: said },
  ]
}

function undecided(
  { erasedAt }: CaseRow,
  events: readonly EventRow[],
  parts: ReadonlySet<Part>,
): string[] {
  if (!parts.has('decision')) return []
  if (erasedAt !== null && events.some(({ event }) => 'decisionId' in event))
    return [`What was decided was erased on ${inWords(dayOf(erasedAt))}.`]
  return ['No decision stands.']
}
