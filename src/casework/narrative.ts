import { type Part, partsFor } from '../access/fields.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { absent, type Deps, done, type Outcome, type Request, unusable } from './casework.ts'
import { happening } from './history.ts'
import { whatWasDecided, whatWasDepartedFrom } from './narrative/decided.ts'
import { whatHappened } from './narrative/happened.ts'
import {
  whatHappensNext,
  whatIsNotKnown,
  whatIsStillToAnswer,
  whatTheRulesSaid,
} from './narrative/now.ts'
import type { CaseFile, EventRow, FilePart } from './ports.ts'
import { reach, whereOf } from './view.ts'

/** A case as a story: sentences under headings. A heading without sentences is left out. */
export type Narrative = {
  sections: readonly { heading: string; sentences: readonly string[] }[]
}

/**
 * The case in plain words, for a clinic or an inspector: what happened, what was decided and why,
 * what was departed from, what the rules said, what is not known and who could tell, what comes
 * next. It holds what its reader may see, and nobody's name. The reading is logged.
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
  const parts = partsFor(request.caller, whereOf(row))
  const { requestId, purpose } = request
  const access = { actor, at: deps.now(), action: 'case.explain', requestId, purpose }
  const file = await deps.store.read(id, openedFor(parts), access)
  if (!file) return absent
  const events = parts.has('history') ? await deps.store.history(id, access) : []
  return done({ sections: sections(file, events, parts, set.value, deps.today()) })
}

/** Only what will be told is opened. */
const openedFor = (parts: ReadonlySet<Part>): FilePart[] => [
  'tasks',
  'clocks',
  ...(parts.has('words') ? (['notes'] as const) : []),
  ...(parts.has('decision') ? (['decisions', 'departures'] as const) : []),
  ...(parts.has('recommendation') ? (['recommendation'] as const) : []),
]

function sections(
  file: CaseFile,
  events: readonly EventRow[],
  parts: ReadonlySet<Part>,
  { policy }: RuleSet,
  today: string,
): Narrative['sections'] {
  const { recommendation: latest } = file
  const decision = standing(file)
  const goesOn = file.row.snapshot.value !== 'closed'
  const told = events.map((row) => ({ row, shown: happening(row, file, parts, policy) }))
  return [
    { heading: 'What happened', sentences: whatHappened(told, parts, policy) },
    {
      heading: 'What was decided, and why',
      sentences: decision ? whatWasDecided(decision, policy) : undecided(parts),
    },
    {
      heading: 'What was departed from',
      sentences: whatWasDepartedFrom(file.departures, latest, policy),
    },
    { heading: 'What the rules said', sentences: latest ? whatTheRulesSaid(latest) : [] },
    {
      heading: 'What is not known, and who could tell',
      sentences: latest ? whatIsNotKnown(latest) : [],
    },
    {
      heading: 'What is still to be answered as the case goes on',
      sentences: latest && goesOn ? whatIsStillToAnswer(latest) : [],
    },
    { heading: 'What happens next', sentences: whatHappensNext(file, today) },
  ].filter(({ sentences }) => sentences.length > 0)
}

/** The decision that stands, if any; one that was sent back or set aside stands no longer. */
function standing({ row, decisions }: CaseFile) {
  const { decision } = row.snapshot.context as { decision?: { id: string } | null }
  return decisions.find(({ id }) => id === decision?.id)
}

const undecided = (parts: ReadonlySet<Part>): string[] =>
  parts.has('decision') ? ['No decision stands.'] : []
