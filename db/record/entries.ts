import type {
  ChecklistEntry,
  DecisionEntry,
  DepartureEntry,
  NoteEntry,
  RecommendationEntry,
  VictimEntry,
} from '../../src/casework/ports.ts'
import { ordinaryAnswers, protectedAnswers, victimAnswers } from './answer-kinds.ts'
import type { Kind } from './entry-kind.ts'

/**
 * How each kind of entry lies in its table: what stands in columns (ids and codes, for counting
 * and for finding), and what is sealed.
 */

const ofChild = () => null

const notes: Kind<NoteEntry, 'note'> = {
  table: 'note',
  victim: ofChild,
  columns: () => ({}),
  content: ({ about, text }) => ({ about, text }),
  restore: () => ({}),
}

const recommendations: Kind<RecommendationEntry, 'recommendation'> = {
  table: 'recommendation',
  victim: ofChild,
  columns: ({ asAt, ruleSet, status }) => ({ asAt, ruleSet, status }),
  // The digest too is sealed: a digest of few answers can be guessed.
  content: ({ summary, grounds, digest, given }) => ({ summary, grounds, digest, given }),
  restore: ({ asAt, ruleSet, status }) => ({
    asAt,
    ruleSet,
    status: status as RecommendationEntry['status'],
  }),
}

const decisions: Kind<DecisionEntry, 'decision'> = {
  table: 'decision',
  victim: ofChild,
  columns: ({ clinic, recommendation: made }) => ({ clinic, recommendation: made }),
  content: ({ id: _, by: __, at: ___, clinic: ____, recommendation: _____, ...words }) => words,
  restore: ({ clinic, recommendation: made }) => ({
    clinic,
    recommendation: made,
  }),
}

const departures: Kind<DepartureEntry, 'departure'> = {
  table: 'departure',
  victim: ofChild,
  columns: ({ from, reasonCode, recommendation: made }) => ({
    fromWhat: from.what,
    fromWhich: from.what === 'starting-point' ? from.disposal : from.requirement,
    reason: reasonCode,
    recommendation: made,
  }),
  content: ({ text, era, ground }) => ({ text, era, ground }),
  restore: (row) => ({
    from: (row.fromWhat === 'starting-point'
      ? { what: row.fromWhat, disposal: row.fromWhich }
      : { what: row.fromWhat, requirement: row.fromWhich }) as DepartureEntry['from'],
    reasonCode: row.reason,
    recommendation: row.recommendation,
  }),
}

const checklists: Kind<ChecklistEntry, 'checklist'> = {
  table: 'checklist',
  victim: ofChild,
  columns: ({ instrument, version }) => ({ instrument, edition: version }),
  content: ({ answers }) => ({ answers }),
  restore: ({ instrument, edition }) => ({
    instrument,
    version: edition,
  }),
}

const victimEntries: Kind<VictimEntry, 'victim_entry'> = {
  table: 'victim_entry',
  victim: ({ number }) => number,
  columns: ({ number, kind }) => ({ victim: number, kind }),
  content: ({ content }) => ({ content }),
  restore: ({ victim, kind }) => ({
    number: victim,
    kind: kind as VictimEntry['kind'],
  }),
}

/** Every kind, in the order in which the foreign keys allow them to be written. */
export const kinds = {
  answer: ordinaryAnswers,
  protected_answer: protectedAnswers,
  victim_answer: victimAnswers,
  note: notes,
  recommendation: recommendations,
  decision: decisions,
  departure: departures,
  checklist: checklists,
  victim_entry: victimEntries,
} as const
