import type { Part } from '../access/fields.ts'
import type {
  Attendance,
  CaseRow,
  DecidedCondition,
  DecisionEntry,
  DepartureEntry,
  NoteEntry,
} from './ports.ts'

type Parts = ReadonlySet<Part>

/**
 * A decision as its reader sees it: the codes and days of it for whoever sees decisions, what
 * people wrote for those alone who may read it. How the victim was considered is not in it.
 */
export type ShownDecision = {
  id: string
  by: DecisionEntry['by']
  at: string
  /** Whether it is the decision that stands; a superseded one is never edited. */
  stands: boolean
  clinic: string | null
  /** The recommendation that lay before those who decided. */
  recommendation: string
  chosen: readonly (Omit<DecisionEntry['chosen'][number], 'reasons'> & { reasons?: string })[]
  left: readonly number[]
  lesserOptions: readonly (Omit<DecisionEntry['lesserOptions'][number], 'why'> & { why?: string })[]
  conditions: readonly ShownCondition[]
  childsWords?: string
  dissent: readonly (Pick<DecisionEntry['dissent'][number], 'agency'> & {
    position?: string
    why?: string
  })[]
  /** The questions that nobody had an answer to on that day, by their ids. */
  notKnown: readonly string[]
  attendance: readonly Attendance[]
  withdrew: readonly Attendance[]
  settled: DecisionEntry['settled']
  departures: readonly string[]
}

export type ShownCondition = Omit<DecidedCondition, 'text' | 'tiedTo'> & {
  text?: string
  tiedTo: { what: DecidedCondition['tiedTo']['what']; which?: string }
}

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
export type ShownDeparture = Pick<
  DepartureEntry,
  'id' | 'by' | 'at' | 'from' | 'reasonCode' | 'recommendation'
> & { text?: string }
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
export type ShownNote = Pick<NoteEntry, 'about' | 'text' | 'by' | 'at'>
