import type { Chosen } from '../../domain/events/parts.ts'
import type { EventType, WaymarkEvent } from '../../domain/events.ts'
import type { Agency, Disposal, Status } from '../../domain/lists.ts'
import type { Recommendation } from '../../domain/recommendation.ts'
import type { Actor } from '../../domain/roles.ts'

/** A snapshot of a chart as it is kept: which chart, which version of it, where, and its context. */
export type Snapshot = {
  machine: 'referral' | 'delivery' | 'policy'
  version: number
  value: string
  context: Record<string, unknown>
}

/** One case: what lists show and what the next event is stepped from. The only row that changes. */
export type CaseRow = {
  id: string
  partnership: string
  area: string | null
  child: string
  /** The police's own reference; cleared when the child is erased. */
  reference: string | null
  snapshot: Snapshot
  /** Rises by one with every change; the ETag of the case. */
  version: number
  /** Instants, UTC. */
  openedAt: string
  updatedAt: string
  /** How many offences the referral has. */
  offences: number
  /** By the latest recommendation; null before the first. */
  status: Status | null
  recommendation: string | null
  /** The nearest day by which somebody owes something. */
  dueOn: string | null
  /** The clinic on whose agenda it stands. */
  clinic: string | null
  /** People with a conflict of interest: for them the case is not there, also in lists. */
  barred: readonly string[]
  erasedAt: string | null
}

/** Who the child is. Sealed with the child's own key; nothing of it stands in an event. */
export type ChildIdentity = { name?: string | undefined; dateOfBirth?: string | undefined }

/** Whom an answer is about. Victims are kept apart from the child. */
export type About =
  | { what: 'referral' }
  | { what: 'offence'; number: number }
  | { what: 'victim'; number: number }

/** What every entry of the record carries. Entries are never changed; a later one supersedes. */
type Entry = { id: string; by: Actor; at: string }

/** A fact as somebody answered it, or why it is not known. */
export type AnswerEntry = Entry & {
  about: About
  fact: string
  answer: string | number | readonly string[] | null
  /** Why it is not known, where `answer` is null. */
  because?: string | undefined
  /** What the answer rests on, in words. */
  evidence?: string | undefined
  suppliedBy: Agency
  /** Given through a sealed point of a checklist: what it says is shown to few, with a purpose. */
  sealed?: true | undefined
  supersedes: string | null
  /** Monitoring answers and answers about victims lie in tables of their own. */
  kept: 'ordinary' | 'protected' | 'victim'
}

/** Words that somebody wrote: the text of a reason, a report, a review. */
export type NoteEntry = Entry & { about: string; text: string }

/** A recommendation as it was made, frozen, with the facts it was made from. */
export type RecommendationEntry = Entry & {
  asAt: string
  ruleSet: string
  status: Status
  /** Without the findings, which are made again from the facts and the rule set of that day. */
  summary: Omit<Recommendation, 'findings'>
  /**
   * For each rule that asks for something, a digest of the answers that its tests looked at: so that
   * a departure counts no longer once they are others. Never shown: few answers can be guessed.
   */
  grounds: Readonly<Record<string, string>>
  /** The whole recommendation's SHA-256, findings too, so that what is made again can be checked. */
  digest: string
  /** The case as it was handed to the rules. */
  given: unknown
}

/** What named people decided, in their own words. */
export type DecisionEntry = Entry & {
  clinic: string | null
  recommendation: string
  chosen: readonly (Chosen & { reasons: string })[]
  /** Offences that stay with the police: excluded, or taken out of the case before. */
  left: readonly number[]
  /** Why each less criminalising option was not used. */
  lesserOptions: readonly { offence: number; disposal: Disposal; why: string }[]
  conditions: readonly DecidedCondition[]
  victimConsidered: string
  childsWords: string
  dissent: readonly { agency: Agency; position: string; why: string }[]
  notKnown: readonly string[]
  /** Those who were there and took part. */
  attendance: readonly Attendance[]
  /** Those who were there and withdrew from this case for a conflict of interest. */
  withdrew: readonly Attendance[]
  /** Whether the clinic agreed, or the agencies differed and a rung of the ladder settled it. */
  settled: 'at-the-clinic' | 'on-the-ladder'
  departures: readonly string[]
}

/** A condition that the child is asked to keep, tied to a need or a harm. */
export type DecidedCondition = {
  id: string
  offence: number
  text: string
  tiedTo: { what: 'need' | 'harm'; which: string }
  by: Agency
  startBy: string | null
  dueOn: string | null
}

export type DepartureEntry = Entry & {
  from:
    | { what: 'starting-point'; disposal: Disposal }
    | { what: 'requirement'; requirement: string }
  reasonCode: string
  text: string
  recommendation: string
  /** The decision and the partnership that it is for, and what was known of what it departs from. */
  era: string
  ground: string
}

/** One version of a checklist for one case. */
export type ChecklistEntry = Entry & {
  instrument: string
  version: number
  answers: readonly ChecklistAnswer[]
}
export type ChecklistAnswer = {
  point: string
  answer: string
  evidence?: string | undefined
  suppliedBy: Agency
  suppliedOn?: string | undefined
  /** Shown only to those who may read sealed parts. */
  sealed?: boolean | undefined
}

/** A victim of the case, by number. What is known of them is sealed with a key of their own. */
export type VictimRow = { number: number; offences: readonly number[] | null }

/** What was recorded about a victim beside the facts: consent, views, safety, what was asked for. */
export type VictimEntry = Entry & {
  number: number
  kind: 'identity' | 'consent' | 'views' | 'safety' | 'request' | 'contact'
  content: Record<string, unknown>
}

/** The carrying out of a disposal, a row of its own. */
export type DeliveryRow = { id: string; decision: string; snapshot: Snapshot }

/** A condition while it is carried out. */
export type ConditionRow = {
  id: string
  delivery: string
  decision: string
  state: 'open' | 'met' | 'varied'
  startBy: string | null
  dueOn: string | null
}

/** What somebody owes, by when. Without a day of its own source, none is invented. */
export type TaskRow = {
  id: string
  task: string
  of: Agency
  dueOn: string | null
  since: string
  /** When it was done, or ended because nobody owed it any more. */
  doneAt: string | null
  /** When those who owe it were told that the day has passed. */
  toldAt: string | null
}

/** A due date. The sweeper turns it into an event or a notice, once. */
export type ClockRow = {
  id: string
  what: string
  rule: string | null
  /** The offence or the hold that it is about, where there are several. */
  about: string
  dueOn: string
  hard: boolean
  state: 'running' | 'stopped' | 'fired'
}

/** An event with its place in the history. */
export type EventRow = {
  /** Its number in the partnership's history, without gaps. */
  seq: number
  id: string
  chart: 'referral' | 'delivery'
  /** The delivery that it happened to. */
  delivery: string | null
  event: WaymarkEvent
  type: EventType
  at: string
}
export type NewEvent = Pick<EventRow, 'id' | 'chart' | 'delivery' | 'event'>

export type Attendance = {
  person: string
  name?: string | undefined
  role: Actor['role']
  agency: Agency
  way: 'in-person' | 'remote'
}
