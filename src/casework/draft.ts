import type { Effect } from '../domain/effect.ts'
import type { WaymarkEvent } from '../domain/events.ts'
import type { Actor } from '../domain/roles.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import type { Deps, Repeatable } from './casework.ts'
import type {
  AnswerEntry,
  CaseFile,
  Change,
  ClinicFile,
  DeliveryRow,
  NewEvent,
  RecommendationEntry,
  Snapshot,
} from './ports.ts'

type Lists = Required<
  Pick<
    Change,
    | 'notes'
    | 'recommendations'
    | 'decisions'
    | 'departures'
    | 'checklists'
    | 'victims'
    | 'victimEntries'
    | 'deliveries'
    | 'conditions'
    | 'tasks'
    | 'clocks'
    | 'clinicItems'
    | 'outbox'
  >
>
type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer One)[] ? One[] : T[K] }

/** What one act has to write, gathered on the way and committed at its end. */
export type Draft = Writable<Lists> & { events: NewEvent[]; answers: AnswerEntry[] }

export const emptyDraft = (): Draft => ({
  events: [],
  answers: [],
  notes: [],
  recommendations: [],
  decisions: [],
  departures: [],
  checklists: [],
  victims: [],
  victimEntries: [],
  deliveries: [],
  conditions: [],
  tasks: [],
  clocks: [],
  clinicItems: [],
  outbox: [],
})

/** All that an act knows while it is carried out. */
export type Act = {
  deps: Deps
  file: CaseFile
  actor: Actor
  at: string
  draft: Draft
  /** The answers that stand, those of this act among them. */
  answers: AnswerEntry[]
  /** Not opened for what is light. */
  recommendation: RecommendationEntry | undefined
  ruleSet: RuleSet
  /** The clinic on whose agenda the case stands. */
  clinic: ClinicFile | undefined
  delivery: DeliveryRow | undefined
}

/**
 * The recommendation that an act goes by.
 * @throws where the act was begun as a light one, which is a bug: it must not be gated
 */
export function recommended({ recommendation }: Act): RecommendationEntry {
  if (!recommendation) throw new Error('A light act asks for the recommendation.')
  return recommendation
}

/** A case after an act: its new version, and the answer that was stored for a repetition. */
export type Acted = {
  id: string
  version: number
  state: string
  answer?: ReturnType<Repeatable['answer']> | undefined
}

/** Events as the charts take them, in their order, each with its id. */
export type Ready = readonly { id: string; event: WaymarkEvent }[]

/** The charts after the events: what they ask for, and where each stands. */
export type Stepped = {
  chart: 'referral' | 'delivery'
  events: Ready
  before: string
  snapshot: Snapshot
  effects: Effect[]
}
