import type { IdempotentAnswer, KeptAnswers } from '../../access/ports.ts'
import type { Status } from '../../domain/lists.ts'
import type { ClinicItem, ClinicStore } from './clinics.ts'
import type {
  AnswerEntry,
  CaseRow,
  ChecklistEntry,
  ChildIdentity,
  ClockRow,
  ConditionRow,
  DecisionEntry,
  DeliveryRow,
  DepartureEntry,
  EventRow,
  NewEvent,
  NoteEntry,
  RecommendationEntry,
  TaskRow,
  VictimEntry,
  VictimRow,
} from './record.ts'
import type { RuleSetStore } from './rule-sets.ts'
import type { Access, OutboxMessage, Scope } from './shared.ts'

/**
 * The parts of a case that can be read; what is not named is not opened. Answers about victims are
 * opened with `victims`, not with `answers`; conditions with `deliveries`.
 */
export const fileParts = [
  'identity',
  'answers',
  'recommendation',
  'recommendations',
  'departures',
  'decisions',
  'deliveries',
  'tasks',
  'clocks',
  'notes',
  'checklists',
  'victims',
] as const
export type FilePart = (typeof fileParts)[number]

/** A case as far as it was asked for. Parts that were not asked for are empty. */
export type CaseFile = {
  row: CaseRow
  identity: ChildIdentity | null
  /** Only those that stand: superseded answers are left out. */
  answers: readonly AnswerEntry[]
  /** The latest. */
  recommendation: RecommendationEntry | null
  /** All of them, oldest first, where all were asked for. */
  recommendations: readonly RecommendationEntry[]
  departures: readonly DepartureEntry[]
  decisions: readonly DecisionEntry[]
  deliveries: readonly DeliveryRow[]
  conditions: readonly ConditionRow[]
  tasks: readonly TaskRow[]
  clocks: readonly ClockRow[]
  notes: readonly NoteEntry[]
  /** The latest version of each instrument. */
  checklists: readonly ChecklistEntry[]
  victims: readonly VictimRow[]
  victimEntries: readonly VictimEntry[]
}

/** Everything that one act writes. One transaction: all of it or nothing. */
export type Change = {
  row: CaseRow
  /** The version it was made from; null opens a case. */
  from: number | null
  identity?: ChildIdentity
  events?: readonly NewEvent[]
  answers?: readonly AnswerEntry[]
  notes?: readonly NoteEntry[]
  recommendations?: readonly RecommendationEntry[]
  decisions?: readonly DecisionEntry[]
  departures?: readonly DepartureEntry[]
  checklists?: readonly ChecklistEntry[]
  victims?: readonly VictimRow[]
  victimEntries?: readonly VictimEntry[]
  /** These replace the rows of the same id. */
  deliveries?: readonly DeliveryRow[]
  conditions?: readonly ConditionRow[]
  tasks?: readonly TaskRow[]
  clocks?: readonly ClockRow[]
  /** Where the case now stands on the agenda of a clinic. */
  clinicItems?: readonly ClinicItem[]
  outbox?: readonly OutboxMessage[]
  access: Access
  idempotency?: IdempotentAnswer
}

/** `stale`: somebody changed the case first. `repeated`: the key was used meanwhile. */
export type Committed =
  | { kind: 'done' }
  | { kind: 'stale' }
  | { kind: 'reference-taken' }
  | { kind: 'repeated' }

export type CaseQuery = {
  scopes: readonly Scope[]
  state?: string | undefined
  status?: Status | undefined
  /** Only cases where something is due on or before this day. */
  dueBy?: string | undefined
  reference?: string | undefined
  limit: number
  /** The last row of the page before. */
  after?: { updatedAt: string; id: string } | undefined
}

/** A day on which something falls due, for the sweeper. */
export type Due = { case: string; partnership: string; clock: ClockRow }

/**
 * A row of the access log, with its number in the partnership's log, without gaps. A page of a list
 * is one row that names its cases; what was done to a clinic as a whole may name none.
 */
export type AccessRow = Access & {
  seq: number
  partnership: string
  cases: readonly { case: string; child: string }[]
  clinic: string | null
}

/** A message as it goes out, with its number in the outbox and its instant. */
export type Sent = OutboxMessage & { seq: number; at: string }

/**
 * What casework needs of a store. Coarse and asynchronous: one call, one transaction. Reading logs
 * the reading in the same transaction, before anything is handed over.
 */
export type CaseStore = ClinicStore &
  RuleSetStore &
  KeptAnswers & {
    /** The row alone, unlogged and without any content: enough to say whose case it is. */
    whereIs(id: string): Promise<CaseRow | undefined>
    /** The same for many, in their order; what is not there is left out. */
    whereAre(ids: readonly string[]): Promise<CaseRow[]>
    /**
     * Opens a case for an act whose commit logs it, and logs nothing by itself. Whoever opens so and
     * does not commit must log it with `read` before anything is answered.
     */
    open(id: string, parts: readonly FilePart[]): Promise<CaseFile | undefined>
    read(id: string, parts: readonly FilePart[], access: Access): Promise<CaseFile | undefined>
    /** The same for many, in their order, logged as one act that names them. */
    readMany(
      ids: readonly string[],
      parts: readonly FilePart[],
      access: Access,
    ): Promise<CaseFile[]>
    /** @throws {StoreError} where nothing was written because the store could not */
    commit(change: Change): Promise<Committed>
    list(
      query: CaseQuery,
      access: Access,
    ): Promise<{ row: CaseRow; identity: ChildIdentity | null }[]>
    /** In order. Logs the reading. */
    history(id: string, access: Access): Promise<EventRow[]>
    due(onOrBefore: string, limit: number): Promise<Due[]>
    overdueTasks(onOrBefore: string, limit: number): Promise<{ case: string; task: TaskRow }[]>
    /** Destroys the keys of the child, and of the victims in that child's cases; clears what can be searched. */
    erase(child: string, access: Access): Promise<void>
    /** By partnership, the newest first in each: the numbers of two partnerships have no order. */
    accessLog(query: {
      scopes: readonly Scope[]
      case?: string
      limit: number
      /** The last row of the page before. */
      after?: { partnership: string; seq: number }
    }): Promise<AccessRow[]>
    /**
     * Hands on what waits in the outbox, oldest first, and takes note of it. Nobody else hands the
     * same messages on meanwhile. A failure while sending leaves them waiting, so that each goes out
     * at least once.
     * @param send takes all of them, or throws
     * @param at the instant, once they were taken
     * @returns how many were handed on
     */
    handOn(
      limit: number,
      send: (messages: readonly Sent[]) => Promise<void>,
      at: () => string,
    ): Promise<number>
    /**
     * Clears messages that were handed on before an instant and, where one is given, those that nobody
     * took and that were written before another; looks at the oldest so many.
     * @returns how many were cleared
     */
    clearOutbox(before: {
      delivered: string
      waiting?: string | undefined
      limit: number
      /** The instant of the clearing. */
      at: string
    }): Promise<number>
    /**
     * Runs work that only one may do at a time: the sweeper, the relay, the rules that come into
     * force.
     * @returns what came of it; undefined where somebody is doing it already
     */
    alone<T>(what: string, work: () => Promise<T>): Promise<T | undefined>
    /** Whether writes can be taken. */
    writable(): Promise<boolean>
    /** What is still to be written is written first. */
    close(): Promise<void>
  }
