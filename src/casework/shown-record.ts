import type { Part } from '../access/fields.ts'
import type { Told } from '../domain/told.ts'
import type {
  Attendance,
  CaseRow,
  DecidedCondition,
  DecisionEntry,
  DepartureEntry,
  NoteEntry,
} from './ports.ts'
import type { shownNote } from './shapes/case.ts'
import type { decidedCondition, decision, departure } from './shapes/decision.ts'

type Parts = ReadonlySet<Part>

/**
 * A decision as its reader sees it: the codes and days of it for whoever sees decisions, what
 * people wrote for those alone who may read it. How the victim was considered is not in it.
 */
export type ShownDecision = Told<typeof decision>

export type ShownCondition = Told<typeof decidedCondition>

/** The decision that stands, by the chart; null before one is made, and after it fell. */
export const standingDecision = ({ snapshot }: Pick<CaseRow, 'snapshot'>): string | null =>
  (snapshot.context as { decision?: { id: string } | null }).decision?.id ?? null

/** A decision with what its reader may see of it. */
export function shownDecision(one: DecisionEntry, parts: Parts, row: CaseRow): ShownDecision {
  const { id, by, at, clinic, recommendation, left, notKnown, settled, departures } = one
  const words = parts.has('words')
  return {
    ...{ id, by, at, stands: id === standingDecision(row), clinic, recommendation },
    chosen: one.chosen.map(({ reasons, ...code }) => (words ? { ...code, reasons } : code)),
    left,
    lesserOptions: one.lesserOptions.map(({ why, ...code }) => (words ? { ...code, why } : code)),
    conditions: one.conditions.map((each) => shownCondition(each, parts)),
    ...(words ? { childsWords: one.childsWords } : {}),
    dissent: one.dissent.map(({ agency, ...said }) => (words ? { agency, ...said } : { agency })),
    notKnown,
    attendance: one.attendance.map((each) => shownAttendance(each, parts)),
    withdrew: one.withdrew.map((each) => shownAttendance(each, parts)),
    settled,
    departures,
  }
}

/** What a condition is tied to may tell what the child confided; its text is what is asked. */
function shownCondition(one: DecidedCondition, parts: Parts): ShownCondition {
  const { text, tiedTo, ...codes } = one
  return {
    ...codes,
    ...(parts.has('conditions') ? { text } : {}),
    tiedTo: parts.has('words') ? tiedTo : { what: tiedTo.what },
  }
}

/** Who was there; by name only for those who see who did what. */
function shownAttendance({ name, ...one }: Attendance, parts: Parts): Attendance {
  return parts.has('history') && name !== undefined ? { ...one, name } : one
}

/** A departure with its coded reason, and the words of it where its reader may see them. */
export type ShownDeparture = Told<typeof departure>
export function shownDeparture(one: DepartureEntry, parts: Parts): ShownDeparture {
  const { id, by, at, from, reasonCode, recommendation, text } = one
  const codes = { id, by, at, from, reasonCode, recommendation }
  return parts.has('words') ? { ...codes, text } : codes
}

/** What a note is about: an event, and said so where it tells of a victim, who is kept apart. */
export const noteAbout = (event: string, facts: readonly { fact: string }[]): string =>
  facts.some(({ fact }) => fact.startsWith('victim.')) ? `${ofVictims}${event}` : event
const ofVictims = 'victims '

/** What people wrote of a case, but for what they wrote of its victims. */
export const shownNotes = (notes: readonly NoteEntry[]): ShownNote[] =>
  notes
    .filter(({ about }) => !about.startsWith(ofVictims))
    .map(({ about, text, by, at }) => ({ about, text, by, at }))
export type ShownNote = Told<typeof shownNote>
