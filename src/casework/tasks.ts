import type { Effect } from '../domain/effect.ts'
import type { EventType, WaymarkEvent } from '../domain/events.ts'
import type { Agency } from '../domain/lists.ts'
import type { AnswerEntry, TaskRow } from './ports.ts'

type Task = Extract<Effect, { kind: 'task' }>['task']

/** What shows that a task is done: an event, or a fact that was answered so. */
type Ends = {
  events?: readonly EventType[]
  /** Whether an event of that type is about this task, where it may be about another. */
  fits?: (event: WaymarkEvent, task: TaskRow) => boolean
  facts?: Readonly<Record<string, readonly string[]>>
  /** Only an answer given after it began shows it: what was said before was before. */
  anew?: true
}

const sideOf = ({ by }: WaymarkEvent): Agency => (by.role === 'clinic-chair' ? 'chair' : 'police')

/** Nobody ticks a task off: it is done when the record shows it, or ends when nobody owes it. */
const ends: Readonly<Record<Task, Ends>> = {
  'decide-whether-to-accept': { events: ['referral.accepted', 'referral.rejected'] },
  'make-child-safe': { facts: { 'process.safety_concerns_resolved': ['yes'] }, anew: true },
  'gather-facts': { events: ['case.listed'] },
  assess: { facts: { 'process.assessment_complete': ['yes'] } },
  'ask-for-victims-views': { facts: { 'victim.views_sought': ['yes'], 'victim.kind': ['none'] } },
  'review-assessment-and-plan': {
    facts: { 'process.assessment_complete': ['yes'] },
    anew: true,
  },
  'review-hold': {
    events: ['hold.reviewed', 'hold.lifted'],
    fits: (event, { id }) => 'holdId' in event && event.holdId === id,
  },
  'prepare-papers-for-specialists': { events: ['specialists.reported', 'specialists.kept'] },
  'prepare-papers-for-prosecutors': {
    events: ['cps.authorised', 'cps.refused', 'cps.returnedForResolution', 'cps.charged'],
  },
  'send-papers-to-clinic-members': { events: ['clinic.opened', 'case.postponed'] },
  'get-what-the-clinic-asked-for': { events: ['case.listed'] },
  'move-up-the-ladder': { events: ['escalation.passedUp', 'escalation.resolved'] },
  'confirm-decision': {
    events: ['decision.confirmed'],
    fits: (event, { of }) => sideOf(event) === of,
  },
  countersign: { events: ['decision.countersigned'] },
  ratify: { events: ['decision.ratified'] },
  'answer-representations': {
    events: ['representations.answered'],
    fits: (event, { id }) => 'representationsId' in event && event.representationsId === id,
  },
  'explain-offer-to-the-child': {
    events: ['disposal.given', 'disposal.declined', 'offence.notAdmitted', 'offer.lapsed'],
  },
  'prepare-charge-file': { events: ['police.reported', 'case.referredAgain'] },
  'agree-first-steps-with-the-child': { events: ['delivery.started'] },
  'try-to-bring-the-child-back': { events: ['reengagement.tried', 'contact.made'] },
  'review-as-manager': { events: ['manager.reviewed'] },
  'agree-varied-conditions': { events: ['conditions.varied', 'delivery.started'] },
  'decide-what-follows': {
    events: ['police.tookNoAction', 'disposal.varied', 'prosecution.started'],
  },
  'write-exit-plan': { facts: { 'process.exit_planned': ['yes'] } },
  'confirm-deferred-prosecution-after-eighteen': {
    events: ['disposal.given', 'decision.returned'],
  },
  'hand-over-to-adult-services': { events: ['case.closed'] },
  'hand-over-to-the-other-partnership': { events: ['referral.accepted', 'case.closed'] },
  'correct-records': {
    events: ['record.corrected'],
    fits: (event) => event.type === 'record.corrected' && event.reason.code === 'set-aside',
  },
  'report-what-came-of-it': { events: ['police.reported', 'case.referredAgain'] },
  'find-other-help': { events: ['case.closed', 'police.reported'] },
  'bring-into-force': {},
  'compare-with-the-set-before': {},
}

/** The clock whose day a task has to keep, where there is one. No other day is made up. */
const clockOf: Partial<Record<Task, string>> = {
  assess: 'assessment',
  'review-hold': 'hold-review',
  'get-what-the-clinic-asked-for': 'adjournment-ends',
  'explain-offer-to-the-child': 'caution-after-clinic',
}

/** What was owed for a decision and for what it asked for: owed no more when it is superseded. */
const forTheDecision: readonly string[] = [
  'confirm-decision',
  'countersign',
  'ratify',
  'explain-offer-to-the-child',
  'confirm-deferred-prosecution-after-eighteen',
  'agree-first-steps-with-the-child',
  'try-to-bring-the-child-back',
  'review-as-manager',
  'agree-varied-conditions',
  'decide-what-follows',
  'write-exit-plan',
  'prepare-charge-file',
] satisfies Task[]

/** Of these, what is owed also where the case has gone back to the police. */
const alsoAtThePolice: readonly string[] = [
  'write-exit-plan',
  'prepare-charge-file',
] satisfies Task[]

/** Representations are answered also when the case is closed, and a child is made safe before. */
const neverClosedOver: readonly string[] = [
  'answer-representations',
  'make-child-safe',
] satisfies Task[]

/** What happened in an act, as far as tasks go by it. */
export type Happened = {
  events: readonly WaymarkEvent[]
  /** The answers that stand, and those of this act. */
  answers: readonly AnswerEntry[]
  fresh: readonly AnswerEntry[]
  /** Whether a decision was superseded, and where the case stands now. */
  superseded: boolean
  state: string
}

/** The open tasks that are done by what happened, or no longer owed. */
export const ended = (open: readonly TaskRow[], happened: Happened, at: string): TaskRow[] =>
  open
    .filter(({ doneAt }) => doneAt === null)
    .filter((task) => isDone(task, happened) || isOver(task, happened))
    .map((task) => ({ ...task, doneAt: at }))

function isDone(task: TaskRow, { events, answers, fresh }: Happened): boolean {
  const end: Ends = ends[task.task as Task] ?? {}
  const shown = end.anew ? fresh : answers
  return (
    events.some((one) => end.events?.includes(one.type) && (end.fits?.(one, task) ?? true)) ||
    shown.some((one) => shows(end, one))
  )
}

function isOver({ task }: TaskRow, { superseded, state }: Happened): boolean {
  if (state === 'closed') return !neverClosedOver.includes(task)
  if (!forTheDecision.includes(task)) return false
  return superseded || (state === 'returned' && !alsoAtThePolice.includes(task))
}

/** Whether the answers that stand show a new task to be done before it has begun. */
export const isDoneAlready = ({ task }: TaskRow, answers: readonly AnswerEntry[]): boolean => {
  const end: Ends = ends[task as Task] ?? {}
  return !end.anew && answers.some((one) => shows(end, one))
}

const shows = ({ facts }: Ends, { fact, answer }: AnswerEntry): boolean =>
  facts?.[fact]?.includes(String(answer)) ?? false

/** Facts that open tasks ask to be looked at again: the same answer ends such a task. */
export const askedAnew = (open: readonly TaskRow[]): ReadonlySet<string> =>
  new Set(
    open
      .filter(({ doneAt }) => doneAt === null)
      .map(({ task }): Ends => ends[task as Task] ?? {})
      .flatMap(({ anew, facts }) => (anew ? Object.keys(facts ?? {}) : [])),
  )

/** What a task is about, where there may be several: it has the id of its subject. */
export const subjectOf = (task: string, events: readonly WaymarkEvent[]): string | undefined =>
  events.flatMap((event) => {
    if (task === 'review-hold' && event.type === 'case.held') return [event.holdId]
    if (task === 'answer-representations' && event.type === 'representations.received')
      return [event.representationsId]
    return []
  })[0]

/** A new task, with a day only where a clock gives one. */
export const newTask = (
  id: string,
  { task, of }: Extract<Effect, { kind: 'task' }>,
  at: string,
  dueOf: (clock: string) => string | undefined,
): TaskRow => ({
  id,
  task,
  of,
  dueOn: (clockOf[task] && dueOf(clockOf[task])) ?? null,
  since: at,
  doneAt: null,
  toldAt: null,
})
