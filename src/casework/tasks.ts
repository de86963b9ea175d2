import type { Effect } from '../domain/effect.ts'
import type { Agency } from '../domain/lists.ts'
import type { AnswerEntry, TaskRow } from './ports.ts'

type Task = Extract<Effect, { kind: 'task' }>['task']

/** What shows that a task is done: an event, or a fact that was answered so. */
type Ends = { events?: readonly string[]; facts?: Readonly<Record<string, readonly string[]>> }

/** Nobody ticks a task off: it is done when the record shows it. */
const ends: Readonly<Record<Task, Ends>> = {
  'decide-whether-to-accept': { events: ['referral.accepted', 'referral.rejected'] },
  'make-child-safe': { facts: { 'process.safety_concerns_resolved': ['yes'] } },
  'gather-facts': { events: ['case.listed'] },
  assess: { facts: { 'process.assessment_complete': ['yes'] } },
  'ask-for-victims-views': { facts: { 'victim.views_sought': ['yes'], 'victim.kind': ['none'] } },
  'review-assessment-and-plan': { facts: { 'process.assessment_complete': ['yes'] } },
  'review-hold': { events: ['hold.reviewed', 'hold.lifted'] },
  'prepare-papers-for-specialists': { events: ['specialists.reported', 'specialists.kept'] },
  'prepare-papers-for-prosecutors': {
    events: ['cps.authorised', 'cps.refused', 'cps.returnedForResolution', 'cps.charged'],
  },
  'send-papers-to-clinic-members': { events: ['clinic.opened', 'case.postponed'] },
  'get-what-the-clinic-asked-for': { events: ['case.listed'] },
  'move-up-the-ladder': { events: ['escalation.passedUp', 'escalation.resolved'] },
  'confirm-decision': { events: ['decision.confirmed', 'decision.returned'] },
  countersign: { events: ['decision.countersigned', 'decision.returned'] },
  ratify: { events: ['decision.ratified', 'decision.returned'] },
  'answer-representations': { events: ['representations.answered'] },
  'explain-offer-to-the-child': {
    events: ['disposal.given', 'disposal.declined', 'offence.notAdmitted', 'offer.lapsed'],
  },
  'prepare-charge-file': { events: ['police.reported'] },
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
  'correct-records': { events: ['record.corrected'] },
  'report-what-came-of-it': { events: ['police.reported'] },
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

/** The open tasks that an event or an answer shows to be done. */
export function doneBy(
  open: readonly TaskRow[],
  events: readonly { type: string; agency: Agency }[],
  answers: readonly AnswerEntry[],
  at: string,
): TaskRow[] {
  const closed = events.some(({ type }) => ['case.closed', 'police.reported'].includes(type))
  return open
    .filter(({ doneAt }) => doneAt === null)
    .filter(({ task, of }) => {
      const end: Ends = ends[task as Task] ?? {}
      const mine = (one: { type: string; agency: Agency }) =>
        end.events?.includes(one.type) && (task !== 'confirm-decision' || one.agency === of)
      return closed || events.some(mine) || answers.some((one) => shows(end, one))
    })
    .map((task) => ({ ...task, doneAt: at }))
}

const shows = ({ facts }: Ends, { fact, answer }: AnswerEntry): boolean =>
  facts?.[fact]?.includes(String(answer)) ?? false

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
