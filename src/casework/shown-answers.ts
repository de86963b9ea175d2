import type { Part } from '../access/fields.ts'
import type { Told } from '../domain/told.ts'
import type { AnswerEntry } from './ports.ts'
import type { shownAnswerShape } from './shapes/case.ts'

type Parts = ReadonlySet<Part>

/** An answer as its reader sees it. One that is sealed to the reader says so, and no more. */
export type ShownAnswer = Told<typeof shownAnswerShape>

/** Facts that a victim's views are in; the rest that is kept of a victim is for victim liaison. */
const views = ['victim.view', 'victim.supports_informal', 'victim.wants_restorative_justice']

/**
 * Facts that tell who the child is, or when the child was born, to the day. A test holds that no
 * other fact of the shipped rules that is answered in words is shown as an ordinary one.
 */
export const identityFacts: readonly string[] = [
  'child.date_of_birth',
  'child.days_until_eighteen',
  'child.responsible_authority',
]

/** Whether an answer is there for a reader at all. What it says may still be sealed. */
export function maySee({ kept, fact }: AnswerEntry, parts: Parts): boolean {
  if (kept === 'protected') return parts.has('protected')
  if (kept === 'victim')
    return parts.has('victim') || (parts.has('victim-views') && views.includes(fact))
  return parts.has(identityFacts.includes(fact) ? 'identity' : 'facts')
}

/** What a victim thinks is read with the victim, where it also says whether it may be heard. */
const ofTheCase = (one: AnswerEntry, parts: Parts): boolean =>
  one.kept === 'victim' ? parts.has('victim') : maySee(one, parts)

/** The answers of a case that its reader may see, each with as much as the reader may see of it. */
export const shownAnswers = (
  all: readonly AnswerEntry[],
  parts: Parts,
  unsealed: boolean,
): ShownAnswer[] =>
  all.filter((one) => ofTheCase(one, parts)).map((one) => shownAnswer(one, parts, unsealed))

function shownAnswer(one: AnswerEntry, parts: Parts, unsealed: boolean): ShownAnswer {
  const { about, fact, suppliedBy, by, at, sealed, answer, because, evidence } = one
  const says = { about, fact, suppliedBy, by, at, ...(sealed ? { sealed } : {}) }
  if (sealed && !unsealed) return says
  const words = parts.has('words') || (one.kept === 'victim' && parts.has('victim'))
  return { ...says, answer, ...(words ? { because, evidence } : {}) }
}

/** Whether a reader is shown what was sealed: by their role, and where they say why. */
export const isUnsealed = (parts: Parts, purpose: string | undefined): boolean =>
  parts.has('sealed') && (purpose ?? '').trim() !== ''
